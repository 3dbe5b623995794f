import { attachedWhereRouted } from '../../../../src/assessment/rules/network/res-net-017-attached-where-routed';
import { testRule } from '../../../support/rules';
import { ref, resource, templateOf } from './subnets';

const use = (subnet: unknown) =>
  resource('AWS::EC2::SubnetRouteTableAssociation', { SubnetId: subnet, RouteTableId: ref('Table') });

const routed = (attachment: unknown, more = {}, users: readonly unknown[] = [ref('A'), ref('B')]) =>
  templateOf({
    Hub: resource('AWS::EC2::TransitGateway'),
    Table: resource('AWS::EC2::RouteTable', { VpcId: ref('Vpc') }),
    It: resource('AWS::EC2::Route', { RouteTableId: ref('Table'), TransitGatewayId: ref('Hub') }),
    ...Object.fromEntries(users.map((subnet, index) => [`Use${index}`, use(subnet)])),
    ...(attachment
      ? {
          Attachment: resource('AWS::EC2::TransitGatewayVpcAttachment', {
            VpcId: ref('Vpc'),
            TransitGatewayId: ref('Hub'),
            SubnetIds: attachment,
            ...more,
          }),
        }
      : {}),
  });

testRule(attachedWhereRouted, [
  { name: 'attached in the zones of its subnets', verdict: 'pass', template: routed([ref('AToo'), ref('B')]) },
  { name: 'attached in one of them', verdict: 'fail', template: routed([ref('A')]) },
  { name: 'attached in subnets of a parameter', verdict: 'unknown', template: routed(ref('Ps')) },
  { name: 'attached by somebody else', verdict: 'unknown', template: routed(undefined) },
  {
    name: 'attached to another gateway',
    verdict: 'unknown',
    template: routed([ref('A')], { TransitGatewayId: 'tgw-1' }),
  },
  { name: 'a subnet of a parameter', verdict: 'unknown', template: routed([ref('A')], {}, [ref('A'), ref('P')]) },
  { name: 'a route that no subnet uses', verdict: 'not-applicable', template: routed([ref('A')], {}, []) },
  {
    name: 'a route to something else',
    verdict: 'not-applicable',
    template: templateOf({ It: resource('AWS::EC2::Route', { RouteTableId: ref('Table'), GatewayId: 'igw-1' }) }),
  },
]);
