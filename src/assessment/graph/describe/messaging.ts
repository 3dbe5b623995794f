import { numberOf, textOf } from '../../model';
import { Component } from '../component';
import { isOn } from './compute';
import type { Describe, Family } from './describe';
import { spread } from './spread';

const UNITS_BY_MODE: Readonly<Record<string, number>> = { ACTIVE_STANDBY_MULTI_AZ: 2, CLUSTER_MULTI_AZ: 3 };

const broker: Describe = (resource, graph) => {
  const count = UNITS_BY_MODE[textOf(resource.property('DeploymentMode')) ?? ''] ?? 1;
  return new Component({
    resource,
    noun: 'message broker',
    role: 'broker',
    mechanism: 'broker',
    units: () => spread(count, graph.network.places(resource.property('SubnetIds')), { noun: 'broker' }),
    facts: () => ({ automaticFailover: count > 1, restarts: 'same zone' }),
  });
};

const kafka: Describe = (resource, graph) =>
  new Component({
    resource,
    noun: 'Kafka cluster',
    role: 'broker',
    mechanism: 'broker',
    units: () =>
      spread(
        numberOf(resource.property('NumberOfBrokerNodes')) ?? 1,
        graph.network.places(resource.property('BrokerNodeGroupInfo', 'ClientSubnets')),
        { noun: 'broker' },
      ),
    facts: () => ({ automaticFailover: true, restarts: 'same zone' }),
  });

const search: Describe = (resource, graph) => {
  const config = resource.type === 'AWS::Elasticsearch::Domain' ? 'ElasticsearchClusterConfig' : 'ClusterConfig';
  const aware = isOn(resource.property(config, 'ZoneAwarenessEnabled'));
  const nodes = numberOf(resource.property(config, 'InstanceCount')) ?? 1;
  return new Component({
    resource,
    noun: 'search domain',
    role: 'cache', // an index of records that are kept elsewhere
    mechanism: 'search',
    units: () => {
      const places = graph.network.places(resource.property('VPCOptions', 'SubnetIds'));
      return spread(nodes, aware === false ? places.slice(0, 1) : places, { noun: 'data node' });
    },
    facts: () => ({ automaticFailover: aware, restarts: 'same zone' }),
  });
};

/** AWS spreads it over the zones of its Region. */
const regional =
  (noun: string): Describe =>
  (resource) =>
    new Component({ resource, noun, role: 'broker', mechanism: 'managed' });

export const MESSAGING: Family = {
  'AWS::AmazonMQ::Broker': broker,
  'AWS::MSK::Cluster': kafka,
  'AWS::OpenSearchService::Domain': search,
  'AWS::Elasticsearch::Domain': search,
  'AWS::SQS::Queue': regional('queue'),
  'AWS::SNS::Topic': regional('topic'),
  'AWS::Kinesis::Stream': regional('stream'),
  'AWS::KinesisFirehose::DeliveryStream': regional('delivery stream'),
};
