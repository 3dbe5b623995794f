import { FailureScope } from '../../../core/failure-scope';
import { identityOf, type Resource, reasonOf, type Value } from '../../model';
import { defineRule, failed, PASS, undecided } from '../rule';

const TYPES = ['AWS::DirectConnect::PrivateVirtualInterface', 'AWS::DirectConnect::TransitVirtualInterface'];

export const virtualInterfaces = defineRule({
  id: 'RES-NET-009',
  title: 'a gateway has virtual interfaces on two or more direct connect connections',
  severity: 'error',
  scope: FailureScope.CONNECTIVITY,
  why: 'a gateway with one virtual interface is cut off with its connection, port or router',
  fix: 'add a virtual interface on another connection to the same gateway',
  docs: 'https://docs.aws.amazon.com/directconnect/latest/UserGuide/resiliency_toolkit.html',
  alsoKnownAs: ['Prowler:directconnect_virtual_interface_redundancy'],
  resourceTypes: TYPES,
  evaluate: (virtualInterface, { assembly }) => {
    const gateway = identityOf(gatewayOf(virtualInterface));
    if (gateway === undefined) {
      return undecided(reasonOf(gatewayOf(virtualInterface)) ?? 'its gateway is not decided');
    }
    const connections = assembly
      .resourcesOf(...TYPES)
      .filter((other) => identityOf(gatewayOf(other)) === gateway)
      .map((other) => other.property('ConnectionId'));
    const ids = connections.map(identityOf);
    if (new Set(ids.filter((id) => id !== undefined)).size > 1) {
      return PASS;
    }
    return ids.length > 1 && ids.includes(undefined)
      ? undecided(connections.map(reasonOf).find(Boolean) ?? 'a connection is not decided', 'Properties.ConnectionId')
      : failed('its gateway has virtual interfaces on one connection only', 'Properties.ConnectionId');
  },
});

function gatewayOf(virtualInterface: Resource): Value {
  const gateway = virtualInterface.property('DirectConnectGatewayId');
  return gateway.kind === 'absent' ? virtualInterface.property('VirtualGatewayId') : gateway;
}
