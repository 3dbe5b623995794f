import { natInOwnZone } from '../../../../src/assessment/rules/network/res-net-004-nat-in-own-zone';
import { testRule } from '../../../support/rules';
import { ref, resource, templateOf } from './subnets';

const template = (home: unknown, user: unknown, gateway: unknown = ref('Nat')) =>
  templateOf({
    It: resource('AWS::EC2::Route', { RouteTableId: ref('Table'), NatGatewayId: gateway }),
    Table: resource('AWS::EC2::RouteTable'),
    Association: resource('AWS::EC2::SubnetRouteTableAssociation', { RouteTableId: ref('Table'), SubnetId: user }),
    Nat: resource('AWS::EC2::NatGateway', { SubnetId: home }),
  });

testRule(natInOwnZone, [
  { name: 'the gateway stands in the zone of the subnet', verdict: 'pass', template: template(ref('A'), ref('AToo')) },
  { name: 'the gateway stands in another zone', verdict: 'fail', template: template(ref('A'), ref('B')) },
  { name: 'the gateway is imported', verdict: 'unknown', template: template(ref('A'), ref('B'), 'nat-1') },
  { name: 'the subnet is imported', verdict: 'unknown', template: template(ref('A'), 'subnet-1') },
  {
    name: 'a route to an internet gateway',
    verdict: 'not-applicable',
    template: templateOf({ It: resource('AWS::EC2::Route', { RouteTableId: ref('P'), GatewayId: ref('P') }) }),
  },
  {
    name: 'a table that no subnet uses',
    verdict: 'not-applicable',
    template: templateOf({
      It: resource('AWS::EC2::Route', { RouteTableId: ref('Table'), NatGatewayId: ref('Nat') }),
      Table: resource('AWS::EC2::RouteTable'),
      Nat: resource('AWS::EC2::NatGateway', { SubnetId: ref('A') }),
    }),
  },
  {
    name: 'a regional gateway',
    verdict: 'pass',
    template: templateOf({
      It: resource('AWS::EC2::Route', { RouteTableId: ref('Table'), NatGatewayId: ref('Nat') }),
      Table: resource('AWS::EC2::RouteTable'),
      Nat: resource('AWS::EC2::NatGateway', { AvailabilityMode: 'regional', VpcId: ref('Vpc') }),
    }),
  },
]);
