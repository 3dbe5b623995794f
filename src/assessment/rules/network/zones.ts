import { identityOf, known, type Resource, reasonOf, textOf, unknown, type Value } from '../../model';
import { failed, PASS, type RuleOutcome, undecided } from '../rule';

/** The zones that some subnets lie in. */
export interface Zones {
  readonly known: ReadonlySet<string>;
  /** How many subnets lie in zones that the template does not decide; infinite where even their number is open. */
  readonly undecided: number;
  /** Why not. */
  readonly reason?: string;
}

/** The zone of one subnet, given by reference or by id. */
export function zoneOf(subnet: Value): Value {
  if (subnet.kind !== 'reference' || subnet.resource.type !== 'AWS::EC2::Subnet') {
    const id = textOf(subnet);
    return unknown(
      id === undefined ? (reasonOf(subnet) ?? 'no subnet is named') : `the zone of ${id} is not in the templates`,
    );
  }
  return zoneOfSubnet(subnet.resource);
}

/** The zone a subnet says it lies in, by name, by place among the zones of the Region, or by zone id. */
export function zoneOfSubnet(subnet: Resource): Value {
  const names = [subnet.property('AvailabilityZone'), subnet.property('AvailabilityZoneId')];
  const name = names.map(textOf).find((text) => text !== undefined);
  return name === undefined
    ? unknown(names.map(reasonOf).find(Boolean) ?? `AWS chooses the zone of ${subnet.path}`)
    : known(name);
}

/** The zones of lists of subnets. */
export function zonesOfSubnets(...lists: readonly Value[]): Zones {
  return zonesFrom(lists, zoneOf);
}

/** Zones that are listed themselves. */
export function zonesNamed(...lists: readonly Value[]): Zones {
  return zonesFrom(lists, (zone) => zone);
}

/** Whether there are enough zones: also decided where not even every undecided subnet would make them enough. */
export function needsZones(zones: Zones, minimum: number, what: string, location?: string): RuleOutcome {
  const { known: found, undecided: open, reason } = zones;
  if (found.size >= minimum) {
    return PASS;
  }
  if (found.size + open >= minimum) {
    return undecided(reason ?? 'its zones are not decided', location);
  }
  const most = found.size + open;
  return failed(`${what} ${most === 1 ? 'one zone only' : most === 0 ? 'no zone' : `${most} zones only`}`, location);
}

function zonesFrom(lists: readonly Value[], zone: (item: Value) => Value): Zones {
  const given = lists.filter(({ kind }) => kind !== 'absent');
  const open = given.find(({ kind }) => kind === 'unknown');
  const items = given.flatMap((list) => (list.kind === 'list' ? list.items : list.kind === 'unknown' ? [] : [list]));
  const found = items.map((item) => ({ item, zone: zone(item) }));
  const names = new Set(found.map((one) => textOf(one.zone)).filter((name) => name !== undefined));
  const unnamed = found.filter((one) => textOf(one.zone) === undefined);
  const distinct = new Set(unnamed.map(({ item }, index) => identityOf(item) ?? index));
  const reason = (open && reasonOf(open)) ?? unnamed.map((one) => reasonOf(one.zone)).find(Boolean);
  return comparable(names, open ? Number.POSITIVE_INFINITY : distinct.size, reason);
}

/** What is written in two ways may be the same zone: only the account knows. */
function comparable(names: ReadonlySet<string>, open: number, reason?: string): Zones {
  const notations = NOTATIONS.filter((notation) => [...names].some((name) => notationOf(name) === notation));
  if (notations.length < 2) {
    return { known: names, undecided: open, reason };
  }
  const written = notations.map((notation) => [...names].filter((name) => notationOf(name) === notation));
  const most = written.reduce((one, other) => (other.length >= one.length ? other : one));
  return {
    known: new Set(most),
    undecided: open + names.size - most.length,
    reason: reason ?? `some zones are given by ${notations.join(', others by ')}`,
  };
}

/** How zones are written: `use1-az1`, the first of `Fn::GetAZs`, `us-east-1a`. */
const NOTATIONS = ['id', 'place', 'name'] as const;

function notationOf(zone: string): (typeof NOTATIONS)[number] {
  return /-az\d+$/.test(zone) ? 'id' : /\[\d+\]$/.test(zone) ? 'place' : 'name';
}

/** Whether a zone is certainly none of some others: it is not among them, and they are written as it is. */
export function isNoneOf(zone: string, others: ReadonlySet<string>): boolean {
  return !others.has(zone) && [...others].every((other) => notationOf(other) === notationOf(zone));
}
