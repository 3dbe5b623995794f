import { vpnCustomerGateways } from '../../../../src/assessment/rules/network/res-net-014-vpn-customer-gateways';
import { testRule } from '../../../support/rules';
import { resource, templateOf } from './subnets';

const vpn = (customer: unknown, more: Record<string, unknown> = { TransitGatewayId: 'tgw-1' }) =>
  resource('AWS::EC2::VPNConnection', { CustomerGatewayId: customer, ...more });

testRule(vpnCustomerGateways, [
  { name: 'two devices', verdict: 'pass', template: templateOf({ It: vpn('cgw-1'), Other: vpn('cgw-2') }) },
  { name: 'one device', verdict: 'fail', template: templateOf({ It: vpn('cgw-1') }) },
  {
    name: 'one device with two connections',
    verdict: 'fail',
    template: templateOf({ It: vpn('cgw-1'), Other: vpn('cgw-1') }),
  },
  {
    name: 'the other device reaches another gateway',
    verdict: 'fail',
    template: templateOf({ It: vpn('cgw-1'), Other: vpn('cgw-2', { VpnGatewayId: 'vgw-1' }) }),
  },
  {
    name: 'a backup of direct connect',
    verdict: 'pass',
    template: templateOf({ It: vpn('cgw-1'), Vif: resource('AWS::DirectConnect::TransitVirtualInterface') }),
  },
  {
    name: 'a device computed at deployment',
    verdict: 'unknown',
    template: templateOf({ It: vpn('cgw-1'), Other: vpn('{{resolve:ssm:device}}') }),
  },
]);
