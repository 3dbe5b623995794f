import { inspectionInOwnZone } from '../../../../src/assessment/rules/network/res-net-006-inspection-in-own-zone';
import { testRule } from '../../../support/rules';
import { ref, resource, templateOf } from './subnets';

const template = (endpoint: unknown, user: unknown) =>
  templateOf({
    It: resource('AWS::EC2::Route', { RouteTableId: ref('Table'), VpcEndpointId: endpoint }),
    Table: resource('AWS::EC2::RouteTable'),
    Association: resource('AWS::EC2::SubnetRouteTableAssociation', { RouteTableId: ref('Table'), SubnetId: user }),
    Gwlb: resource('AWS::EC2::VPCEndpoint', { VpcEndpointType: 'GatewayLoadBalancer', SubnetIds: [ref('A')] }),
    Associated: resource('AWS::NetworkFirewall::VpcEndpointAssociation', { SubnetMapping: { SubnetId: ref('A') } }),
    Firewall: resource('AWS::NetworkFirewall::Firewall'),
  });
const associated = { 'Fn::GetAtt': ['Associated', 'EndpointId'] };

testRule(inspectionInOwnZone, [
  {
    name: 'a gateway load balancer endpoint of the same zone',
    verdict: 'pass',
    template: template(ref('Gwlb'), ref('AToo')),
  },
  {
    name: 'a gateway load balancer endpoint of another zone',
    verdict: 'fail',
    template: template(ref('Gwlb'), ref('B')),
  },
  { name: 'a firewall endpoint of the same zone', verdict: 'pass', template: template(associated, ref('A')) },
  { name: 'a firewall endpoint of another zone', verdict: 'fail', template: template(associated, ref('B')) },
  {
    name: 'an endpoint out of the list of a firewall',
    verdict: 'unknown',
    template: template({ 'Fn::Select': [0, { 'Fn::GetAtt': ['Firewall', 'EndpointIds'] }] }, ref('A')),
  },
  { name: 'an imported subnet', verdict: 'unknown', template: template(ref('Gwlb'), 'subnet-1') },
  {
    name: 'a route elsewhere',
    verdict: 'not-applicable',
    template: templateOf({ It: resource('AWS::EC2::Route', { RouteTableId: ref('P'), GatewayId: ref('P') }) }),
  },
]);
