import { overlaps, parseCidr } from '../../core/private/cidr';
import type { Assembly } from './assembly';
import type { Resource } from './resource';
import { booleanOf, reasonOf, referencesIn, textOf, type Value } from './value';

const ASSOCIATION = 'AWS::EC2::TransitGatewayRouteTableAssociation';
const PROPAGATION = 'AWS::EC2::TransitGatewayRouteTablePropagation';
const ROUTE = 'AWS::EC2::TransitGatewayRoute';

/** Why nothing in the templates leads through a transit gateway. */
export interface TransitGap {
  readonly reason: string;
  /** Whether the templates show that there is no way, or only do not show one. */
  readonly certain: boolean;
}

/**
 * What an attachment lacks to be a way through its transit gateway: a route table to leave it by, a route in there, a route back. New
 * gateways associate and propagate all attachments with one table; a gateway that does not needs each of the three by name. A gateway
 * that is not in the templates is taken at its word. https://docs.aws.amazon.com/vpc/latest/tgw/tgw-route-tables.html
 */
export function transitGap(attachment: Resource, assembly: Assembly, destination?: Value): TransitGap | undefined {
  const gateway = attachment.property('TransitGatewayId');
  if (gateway.kind !== 'reference') {
    return undefined;
  }
  const hub = gateway.resource;
  return (
    gapOut(attachment, hub, assembly, destination === undefined ? undefined : textOf(destination)) ??
    gapBack(attachment, hub, assembly)
  );
}

/**
 * Why it is open how the attachment of a VPN or a Direct Connect gateway is routed: CloudFormation tells its id to nobody, so a gateway
 * without tables of its own accord gets that routed elsewhere.
 */
export function openRouting(hub: Resource): string | undefined {
  const off = ['DefaultRouteTableAssociation', 'DefaultRouteTablePropagation'].find((key) => !isEnabled(hub, key));
  return off && `${off} of ${hub.path} is not on, and the route tables of its links are not in the templates`;
}

function gapOut(attachment: Resource, hub: Resource, assembly: Assembly, destination?: string): TransitGap | undefined {
  const named = naming(ASSOCIATION, attachment, assembly);
  if (named.length === 0) {
    return isEnabled(hub, 'DefaultRouteTableAssociation')
      ? gapInDefault(attachment, hub, assembly, destination)
      : gap(ASSOCIATION, hub, assembly, `no route table of ${hub.path} is associated with ${attachment.path}`);
  }
  const tables = named.flatMap((association) => tablesIn(association));
  if (tables.length === 0) {
    return undefined; // a table that is not in the templates
  }
  return leadsSomewhere(
    assembly,
    (entry) => tablesIn(entry).some((table) => tables.includes(table)),
    attachment,
    destination,
  )
    ? undefined
    : gap(ROUTE, hub, assembly, `route table ${tables[0].path} leads nowhere that ${attachment.path} is routed to`);
}

/** The default table has no resource: what does not name a table in the templates may be about it. */
function gapInDefault(attachment: Resource, hub: Resource, assembly: Assembly, destination?: string) {
  if (
    isEnabled(hub, 'DefaultRouteTablePropagation') ||
    leadsSomewhere(assembly, (entry) => tablesIn(entry).length === 0, attachment, destination)
  ) {
    return undefined;
  }
  return gap(ROUTE, hub, assembly, `the default route table of ${hub.path} leads nowhere: nothing propagates to it`);
}

function leadsSomewhere(
  assembly: Assembly,
  isIn: (entry: Resource) => boolean,
  attachment: Resource,
  destination?: string,
): boolean {
  const propagated = assembly.resourcesOf(PROPAGATION).some((entry) => isIn(entry) && !names(entry, attachment));
  return (
    propagated ||
    assembly
      .resourcesOf(ROUTE)
      .some((route) => isIn(route) && booleanOf(route.property('Blackhole')) !== true && mayCover(route, destination))
  );
}

function mayCover(route: Resource, destination: string | undefined): boolean {
  const range = textOf(route.property('DestinationCidrBlock'));
  const readable = [range, destination].every((text) => text !== undefined && parseCidr(text) !== undefined);
  return !readable || overlaps(range ?? '', destination ?? '');
}

function gapBack(attachment: Resource, hub: Resource, assembly: Assembly): TransitGap | undefined {
  const named = [...naming(PROPAGATION, attachment, assembly), ...naming(ROUTE, attachment, assembly)];
  return named.length > 0 || isEnabled(hub, 'DefaultRouteTablePropagation')
    ? undefined
    : gap(PROPAGATION, hub, assembly, `no route of ${hub.path} leads back to ${attachment.path}`);
}

/** Certain unless an entry may be about this attachment, because it is open which one it names. */
function gap(type: string, hub: Resource, assembly: Assembly, reason: string): TransitGap {
  const keys = ['DefaultRouteTableAssociation', 'DefaultRouteTablePropagation'];
  const open =
    keys.some((key) => reasonOf(hub.property(key)) !== undefined) ||
    assembly.resourcesOf(type, ROUTE).some((entry) => !isDecided(entry));
  return { reason, certain: !open };
}

function isDecided(entry: Resource): boolean {
  return ['TransitGatewayAttachmentId', 'TransitGatewayRouteTableId'].every((key) => {
    const value = entry.property(key);
    return value.kind === 'reference' || value.kind === 'absent';
  });
}

function isEnabled(hub: Resource, key: string): boolean {
  const value = hub.property(key);
  return value.kind === 'absent' || textOf(value) === 'enable';
}

function naming(type: string, attachment: Resource, assembly: Assembly): Resource[] {
  return assembly.resourcesOf(type).filter((entry) => names(entry, attachment));
}

function names(entry: Resource, attachment: Resource): boolean {
  return referencesIn(entry.property('TransitGatewayAttachmentId')).some(({ resource }) => resource === attachment);
}

function tablesIn(entry: Resource): Resource[] {
  return referencesIn(entry.property('TransitGatewayRouteTableId'))
    .map(({ resource }) => resource)
    .filter(({ type }) => type === 'AWS::EC2::TransitGatewayRouteTable');
}
