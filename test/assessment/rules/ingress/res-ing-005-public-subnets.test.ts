import { publicSubnets } from '../../../../src/assessment/rules/ingress/res-ing-005-public-subnets';
import { testRule } from '../../../support/rules';
import { ref, resource, templateOf } from '../network/subnets';

const balancer = (
  route: Record<string, unknown>,
  properties: Record<string, unknown> = { Scheme: 'internet-facing' },
) =>
  templateOf({
    It: resource('AWS::ElasticLoadBalancingV2::LoadBalancer', { Subnets: [ref('A')], ...properties }),
    Gateway: resource('AWS::EC2::InternetGateway'),
    Table: resource('AWS::EC2::RouteTable'),
    Association: resource('AWS::EC2::SubnetRouteTableAssociation', { SubnetId: ref('A'), RouteTableId: ref('Table') }),
    Route: resource('AWS::EC2::Route', { RouteTableId: ref('Table'), ...route }),
  });

testRule(publicSubnets, [
  { name: 'a route to an internet gateway', verdict: 'pass', template: balancer({ GatewayId: ref('Gateway') }) },
  { name: 'a route to a nat gateway', verdict: 'fail', template: balancer({ NatGatewayId: 'nat-1' }) },
  { name: 'a route to a gateway that is imported', verdict: 'unknown', template: balancer({ GatewayId: 'igw-1' }) },
  {
    name: 'a subnet without a table of its own',
    verdict: 'unknown',
    template: templateOf({ It: resource('AWS::ElasticLoadBalancingV2::LoadBalancer', { Subnets: [ref('A')] }) }),
  },
  { name: 'a scheme that is not decided', verdict: 'unknown', template: balancer({}, { Scheme: ref('P') }) },
  { name: 'an internal load balancer', verdict: 'not-applicable', template: balancer({}, { Scheme: 'internal' }) },
  { name: 'a gateway load balancer', verdict: 'not-applicable', template: balancer({}, { Type: 'gateway' }) },
]);
