import { entryOf, itemsOf, textOf } from '../../model';
import { Component } from '../component';
import type { Describe, Family } from './describe';
import { onePerZone, spread, unitIn } from './spread';

const natGateway: Describe = (resource, graph) =>
  new Component({
    resource,
    noun: 'NAT gateway',
    role: 'path',
    mechanism: 'nat',
    units:
      textOf(resource.property('AvailabilityMode')) === 'regional'
        ? undefined
        : () =>
            graph.network
              .places(resource.property('SubnetId'))
              .map((place) => unitIn(place, 1, { noun: 'NAT gateway' })),
  });

/** Gateway endpoints are routes: AWS spreads them over the Region. */
const endpoint: Describe = (resource, graph) =>
  new Component({
    resource,
    noun: 'VPC endpoint',
    role: 'path',
    mechanism: 'endpoint',
    units:
      itemsOf(resource.property('SubnetIds')).length === 0
        ? undefined
        : () =>
            onePerZone(graph.network.places(resource.property('SubnetIds'))).map((place) =>
              unitIn(place, 1, { noun: 'network interface' }),
            ),
  });

/** Routes lead to its endpoint in their own zone. */
const firewall: Describe = (resource, graph) =>
  new Component({
    resource,
    noun: 'network firewall',
    role: 'path',
    mechanism: 'managed',
    units: () =>
      onePerZone(
        itemsOf(resource.property('SubnetMappings'))
          .map((mapping) => entryOf(mapping, 'SubnetId'))
          .flatMap((subnet) => graph.network.places(subnet)),
      ).map((place) => unitIn(place, 1, { noun: 'firewall endpoint' })),
  });

const databaseProxy: Describe = (resource, graph) =>
  new Component({
    resource,
    noun: 'database proxy',
    role: 'path',
    mechanism: 'managed',
    units: () => {
      const places = onePerZone(graph.network.places(resource.property('VpcSubnetIds')));
      return spread(places.length, places, { noun: 'proxy node' });
    },
    dependencies: () =>
      graph
        .referring('AWS::RDS::DBProxyTargetGroup', 'DBProxyName', resource)
        .flatMap((group) => [
          ...graph.usedIn(group.property('DBClusterIdentifiers')),
          ...graph.usedIn(group.property('DBInstanceIdentifiers')),
        ]),
  });

export const NETWORK_PATHS: Family = {
  'AWS::EC2::NatGateway': natGateway,
  'AWS::EC2::VPCEndpoint': endpoint,
  'AWS::NetworkFirewall::Firewall': firewall,
  'AWS::RDS::DBProxy': databaseProxy,
};
