import {
  type Assembly,
  booleanOf,
  entryOf,
  identityOf,
  itemsOf,
  numberOf,
  openRouting,
  type Resource,
  reasonOf,
  textOf,
  type Value,
} from '../model';
import type { Component } from './component';

/** What a link to a hospital passes outside of a Region, and fails with. */
export interface Passage {
  /** `customer gateway`, `Direct Connect location`. */
  readonly noun: string;
  /** Equal where it is the same thing. */
  readonly id: string;
  readonly name: string;
  /** Why it is not decided which one it is. */
  readonly reason?: string;
}

/** The end of a link in a Region. */
export interface Gateway {
  readonly id: string;
  readonly region?: string;
  /** Why it is not decided which one it is. */
  readonly reason?: string;
}

/** A way between a hospital and a gateway. */
export interface Link {
  readonly component: Component;
  readonly kind: 'VPN' | 'Direct Connect';
  readonly passages: readonly Passage[];
  readonly gateways: readonly Gateway[];
  /** Whether routes move by themselves, by BGP. */
  readonly movesRoutes: boolean;
  /** Why it is open whether its gateway routes anything over it. */
  readonly openRouting?: string;
  /** Seconds until the end that is left notices, where the template says so. */
  readonly deadPeerSeconds?: number;
}

const INTERFACES = ['AWS::DirectConnect::PrivateVirtualInterface', 'AWS::DirectConnect::TransitVirtualInterface'];

/** Every link to a hospital that the templates define. */
export function linksIn(assembly: Assembly, componentOf: (resource: Resource) => Component | undefined): Link[] {
  const tunnels = assembly.resourcesOf('AWS::EC2::VPNConnection').map(vpn);
  const circuits = assembly.resourcesOf(...INTERFACES).map((resource) => directConnect(resource, assembly));
  return [...tunnels, ...circuits].flatMap(({ resource, ...link }) => {
    const component = componentOf(resource);
    return component ? [{ component, ...link }] : [];
  });
}

type Bare = Omit<Link, 'component'> & { readonly resource: Resource };

function vpn(resource: Resource): Bare {
  const dead = itemsOf(resource.property('VpnTunnelOptionsSpecifications')).flatMap(
    (tunnel) => numberOf(entryOf(tunnel, 'DPDTimeoutSeconds')) ?? [],
  );
  const transit = resource.property('TransitGatewayId');
  return {
    resource,
    kind: 'VPN',
    passages: [customerGateway(resource.property('CustomerGatewayId'), resource)],
    gateways: [gatewayFrom(transit.kind === 'absent' ? resource.property('VpnGatewayId') : transit, resource)],
    movesRoutes: booleanOf(resource.property('StaticRoutesOnly')) !== true,
    openRouting: routingAt(transit),
    deadPeerSeconds: dead.length > 0 ? Math.max(...dead) : undefined,
  };
}

/** Gateways at one address are one device. */
function customerGateway(value: Value, link: Resource): Passage {
  const device = passage('customer gateway', value, link);
  const address = value.kind === 'reference' ? textOf(value.resource.property('IpAddress')) : undefined;
  return address === undefined ? device : { ...device, id: `customer gateway ${address}` };
}

function directConnect(resource: Resource, assembly: Assembly): Bare {
  const connection = resource.property('ConnectionId');
  const location =
    connection.kind === 'reference'
      ? passage('Direct Connect location', connection.resource.property('Location'), resource)
      : { ...passage('Direct Connect location', connection, resource), reason: 'its location is not in the templates' };
  return {
    resource,
    kind: 'Direct Connect',
    passages: [passage('Direct Connect connection', connection, resource), location],
    gateways: gatewaysBehind(resource, assembly),
    movesRoutes: true,
    openRouting: associationsOf(resource, assembly).flatMap(
      (association) => routingAt(association.property('AssociatedGatewayId')) ?? [],
    )[0],
  };
}

/** A Direct Connect gateway ends nothing by itself: what is associated with it does, in whatever Region. */
function gatewaysBehind(resource: Resource, assembly: Assembly): Gateway[] {
  const shared = resource.property('DirectConnectGatewayId');
  if (shared.kind === 'absent') {
    return [gatewayFrom(resource.property('VirtualGatewayId'), resource)];
  }
  const associated = associationsOf(resource, assembly).map((association) =>
    gatewayFrom(association.property('AssociatedGatewayId'), association),
  );
  const reason = `what ${resource.path} leads to is not in the templates`;
  return associated.length > 0 ? associated : [{ ...gatewayFrom(shared, resource), reason }];
}

function associationsOf(resource: Resource, assembly: Assembly): Resource[] {
  const shared = resource.property('DirectConnectGatewayId');
  const id = shared.kind === 'absent' ? undefined : identityOf(shared);
  return assembly
    .resourcesOf('AWS::DirectConnect::DirectConnectGatewayAssociation')
    .filter((association) => id !== undefined && identityOf(association.property('DirectConnectGatewayId')) === id);
}

function routingAt(gateway: Value): string | undefined {
  return gateway.kind === 'reference' && gateway.resource.type === 'AWS::EC2::TransitGateway'
    ? openRouting(gateway.resource)
    : undefined;
}

function gatewayFrom(value: Value, link: Resource): Gateway {
  const id = identityOf(value);
  const region = value.kind === 'reference' ? value.resource.region : link.region;
  return id === undefined ? { id: `? ${link.id}`, region, reason: reasonOf(value) ?? 'no gateway' } : { id, region };
}

function passage(noun: string, value: Value, link: Resource): Passage {
  if (value.kind === 'reference') {
    return { noun, id: `${noun} ${value.resource.id}`, name: value.resource.path };
  }
  const text = textOf(value);
  return text === undefined
    ? { noun, id: `${noun} of ${link.id}`, name: `of ${link.path}`, reason: reasonOf(value) ?? `no ${noun}` }
    : { noun, id: `${noun} ${text}`, name: text };
}
