import { virtualInterfaces } from '../../../../src/assessment/rules/network/res-net-009-virtual-interfaces';
import { testRule } from '../../../support/rules';
import { resource, templateOf } from './subnets';

const transit = (gateway: unknown, connection: unknown) =>
  resource('AWS::DirectConnect::TransitVirtualInterface', {
    DirectConnectGatewayId: gateway,
    ConnectionId: connection,
  });

testRule(virtualInterfaces, [
  {
    name: 'two connections',
    verdict: 'pass',
    template: templateOf({ It: transit('g', 'dxcon-1'), Other: transit('g', 'dxcon-2') }),
  },
  {
    name: 'two interfaces on one connection',
    verdict: 'fail',
    template: templateOf({ It: transit('g', 'dxcon-1'), Other: transit('g', 'dxcon-1') }),
  },
  {
    name: 'the other belongs to another gateway',
    verdict: 'fail',
    template: templateOf({ It: transit('g', 'dxcon-1'), Other: transit('h', 'dxcon-2') }),
  },
  {
    name: 'one interface of a virtual private gateway',
    verdict: 'fail',
    template: templateOf({
      It: resource('AWS::DirectConnect::PrivateVirtualInterface', { VirtualGatewayId: 'vgw', ConnectionId: 'dxcon-1' }),
    }),
  },
  {
    name: 'a connection computed at deployment',
    verdict: 'unknown',
    template: templateOf({ It: transit('g', 'dxcon-1'), Other: transit('g', '{{resolve:ssm:connection}}') }),
  },
  {
    name: 'a gateway computed at deployment',
    verdict: 'unknown',
    template: templateOf({ It: transit('{{resolve:ssm:gateway}}', 'dxcon-1') }),
  },
]);
