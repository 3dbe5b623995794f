import { type Assembly, entryOf, itemsOf, type Resource, reasonOf, textOf, unknown, type Value } from '../model';
import type { Component } from './component';
import type { Zone } from './placement';
import { Transit } from './transit';

/** One place a component can run in: a subnet, or a zone without one. */
export interface Place {
  readonly zone: Zone;
  readonly subnet?: Resource;
}

/** What leads out of subnets and who may talk to whom, read once from the whole assembly. */
export class Network {
  private routeTables?: Map<Resource, Resource>;
  private routes?: Map<Resource, Resource[]>;
  private endpoints?: Map<string, Resource[]>;
  private allowed?: Map<string, Set<string>>;
  private readonly transit: Transit;

  public constructor(
    private readonly assembly: Assembly,
    private readonly componentOf: (resource: Resource) => Component | undefined,
  ) {
    this.transit = new Transit(assembly, this);
  }

  /** The places that a list of subnets stands for. */
  public places(subnets: Value): Place[] {
    return itemsOf(subnets).map((item) => this.place(item));
  }

  /** The places of explicit zones. */
  public zones(zones: Value): Place[] {
    return itemsOf(zones).map((item) => ({ zone: textOf(item) ?? unknown(reasonOf(item) ?? 'a zone without a name') }));
  }

  /** What units in a subnet need of the network: its ways out, and the interface endpoints that its VPC sends calls to. */
  public needsOf(place: Place): Component[] {
    if (!place.subnet) {
      return [];
    }
    const routes = this.routesOf(place.subnet);
    const gateways = routes.flatMap((route) => WAYS_OUT.map((property) => route.property(property)));
    const needed = gateways.flatMap((gateway) => (gateway.kind === 'reference' ? gateway.resource : []));
    return [
      ...[...needed, ...this.endpointsOf(place.subnet)].map(this.componentOf),
      ...routes.map((route) => this.transit.behind(route, place)),
    ].filter((component) => component !== undefined);
  }

  /** Security groups that accept traffic from a group, by identity. */
  public groupsReachedFrom(group: string): ReadonlySet<string> {
    this.allowed ??= this.indexSecurityGroups();
    return this.allowed.get(group) ?? new Set();
  }

  private place(item: Value): Place {
    if (item.kind === 'reference' && item.resource.type === 'AWS::EC2::Subnet') {
      const subnet = item.resource;
      const zone = subnet.property('AvailabilityZone');
      const unnamed = zone.kind === 'absent' ? `AWS chooses the zone of ${subnet.path}` : reasonOf(zone);
      return { subnet, zone: textOf(zone) ?? unknown(unnamed ?? `the zone of ${subnet.path} is not decided`) };
    }
    const text = textOf(item);
    return {
      zone: unknown(
        text === undefined ? (reasonOf(item) ?? 'no subnet') : `the zone of ${text} is not in the templates`,
      ),
    };
  }

  private routesOf(subnet: Resource): readonly Resource[] {
    this.routeTables ??= this.indexRouteTables();
    this.routes ??= this.indexRoutes();
    const table = this.routeTables.get(subnet);
    return table ? (this.routes.get(table) ?? []) : [];
  }

  private endpointsOf(subnet: Resource): Resource[] {
    this.endpoints ??= this.indexEndpoints();
    const vpc = subnet.property('VpcId');
    return vpc.kind === 'reference' ? (this.endpoints.get(vpc.resource.id) ?? []) : [];
  }

  private indexRouteTables(): Map<Resource, Resource> {
    const index = new Map<Resource, Resource>();
    for (const association of this.assembly.resourcesOf('AWS::EC2::SubnetRouteTableAssociation')) {
      const [subnet, table] = [association.property('SubnetId'), association.property('RouteTableId')];
      if (subnet.kind === 'reference' && table.kind === 'reference') {
        index.set(subnet.resource, table.resource);
      }
    }
    return index;
  }

  private indexRoutes(): Map<Resource, Resource[]> {
    const index = new Map<Resource, Resource[]>();
    for (const route of this.assembly.resourcesOf('AWS::EC2::Route')) {
      const table = route.property('RouteTableId');
      if (table.kind === 'reference') {
        append(index, table.resource, route);
      }
    }
    return index;
  }

  /** Only endpoints with private DNS: they take over calls that would otherwise go elsewhere. */
  private indexEndpoints(): Map<string, Resource[]> {
    const index = new Map<string, Resource[]>();
    for (const endpoint of this.assembly.resourcesOf('AWS::EC2::VPCEndpoint')) {
      const vpc = endpoint.property('VpcId');
      const takesOver = textOf(endpoint.property('PrivateDnsEnabled')) === 'true';
      if (textOf(endpoint.property('VpcEndpointType')) === 'Interface' && takesOver && vpc.kind === 'reference') {
        append(index, vpc.resource.id, endpoint);
      }
    }
    return index;
  }

  private indexSecurityGroups(): Map<string, Set<string>> {
    const index = new Map<string, Set<string>>();
    const allow = (from: string | undefined, to: string | undefined) => {
      if (from !== undefined && to !== undefined) {
        index.set(from, (index.get(from) ?? new Set()).add(to));
      }
    };
    for (const rule of this.assembly.resourcesOf('AWS::EC2::SecurityGroupIngress')) {
      allow(groupId(rule.property('SourceSecurityGroupId')), groupId(rule.property('GroupId')));
    }
    for (const group of this.assembly.resourcesOf('AWS::EC2::SecurityGroup')) {
      for (const rule of itemsOf(group.property('SecurityGroupIngress'))) {
        allow(groupId(entryOf(rule, 'SourceSecurityGroupId')), group.id);
      }
    }
    return index;
  }
}

/** What a route may send traffic through that stands in a zone; a firewall is behind an endpoint. */
const WAYS_OUT = ['NatGatewayId', 'VpcEndpointId', 'InstanceId'];

/** A security group's identity: the resource that it is, or its id. */
export function groupId(value: Value): string | undefined {
  return value.kind === 'reference' ? value.resource.id : textOf(value);
}

/** Adds a value to the list of a key. */
export function append<K, V>(index: Map<K, V[]>, key: K, value: V): void {
  const list = index.get(key);
  if (list) {
    list.push(value);
  } else {
    index.set(key, [value]);
  }
}
