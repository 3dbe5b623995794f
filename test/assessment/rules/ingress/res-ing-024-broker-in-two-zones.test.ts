import { brokerInTwoZones } from '../../../../src/assessment/rules/ingress/res-ing-024-broker-in-two-zones';
import { testRule } from '../../../support/rules';
import { ref, resource, templateOf } from '../network/subnets';

const it = (properties: Record<string, unknown>) => templateOf({ It: resource('AWS::AmazonMQ::Broker', properties) });

testRule(brokerInTwoZones, [
  {
    name: 'a standby',
    verdict: 'pass',
    template: it({ EngineType: 'ACTIVEMQ', DeploymentMode: 'ACTIVE_STANDBY_MULTI_AZ' }),
  },
  { name: 'a cluster', verdict: 'pass', template: it({ EngineType: 'RABBITMQ', DeploymentMode: 'CLUSTER_MULTI_AZ' }) },
  {
    name: 'a single broker',
    verdict: 'fail',
    template: it({ EngineType: 'RABBITMQ', DeploymentMode: 'SINGLE_INSTANCE' }),
  },
  { name: 'a parameter decides', verdict: 'unknown', template: it({ DeploymentMode: ref('P') }) },
]);
