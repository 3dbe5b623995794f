import { FailureScope } from '../../../core/failure-scope';
import { identityOf, type Resource, reasonOf, type Value } from '../../model';
import { defineRule, failed, PASS, undecided } from '../rule';

const OTHER_LINKS = ['AWS::DirectConnect::PrivateVirtualInterface', 'AWS::DirectConnect::TransitVirtualInterface'];

export const vpnCustomerGateways = defineRule({
  id: 'RES-NET-014',
  title: 'a vpn has connections to two customer gateways, or backs up direct connect',
  severity: 'warning',
  scope: FailureScope.CONNECTIVITY,
  why: 'both tunnels of a connection end at one device of the hospital, and fail with it',
  fix: 'add a connection to a second customer gateway device',
  docs: 'https://docs.aws.amazon.com/vpn/latest/s2svpn/vpn-redundant-connection.html',
  resourceTypes: ['AWS::EC2::VPNConnection'],
  evaluate: (connection, { assembly }) => {
    const gateway = identityOf(gatewayOf(connection));
    if (assembly.resourcesOf(...OTHER_LINKS).length > 0) {
      return PASS;
    }
    if (gateway === undefined) {
      return undecided(reasonOf(gatewayOf(connection)) ?? 'its gateway is not decided');
    }
    const devices = assembly
      .resourcesOf('AWS::EC2::VPNConnection')
      .filter((other) => identityOf(gatewayOf(other)) === gateway)
      .map((other) => other.property('CustomerGatewayId'));
    const ids = devices.map(identityOf);
    if (new Set(ids.filter((id) => id !== undefined)).size > 1) {
      return PASS;
    }
    return ids.length > 1 && ids.includes(undefined)
      ? undecided(devices.map(reasonOf).find(Boolean) ?? 'a customer gateway is not decided')
      : failed('its gateway reaches one customer gateway only', 'Properties.CustomerGatewayId');
  },
});

function gatewayOf(connection: Resource): Value {
  const gateway = connection.property('TransitGatewayId');
  return gateway.kind === 'absent' ? connection.property('VpnGatewayId') : gateway;
}
