import { FailureScope } from '../../core/failure-scope';
import type { Component, Unit } from '../graph';
import { type Unknown, unknown } from '../model';

/** Something fails. What it takes from a component is a number of units, or unknown. */
export interface Fault {
  readonly scope: FailureScope;
  /** How a reader says it: `zone us-east-1[0] is lost`. */
  readonly title: string;
  /** Whole zones are gone, not just units in them. */
  readonly zoneLost: boolean;
  /** Whether anything new can start meanwhile. */
  readonly controlPlane: boolean;
  /** Spot capacity is gone: the same capacity does not come back soon. */
  readonly reclaimed?: boolean;
  /** How many of these units are gone. */
  readonly takes: (component: Component, unit: Unit) => number | Unknown;
}

/** Zones of one Region are lost. */
export function zoneFault(zones: readonly string[]): Fault {
  const lost = new Set(zones);
  const one = zones.length === 1;
  return {
    scope: one ? FailureScope.AVAILABILITY_ZONE : FailureScope.TWO_AVAILABILITY_ZONES,
    title: `${one ? 'zone' : 'zones'} ${zones.join(' and ')} ${one ? 'is' : 'are'} lost`,
    zoneLost: true,
    controlPlane: true,
    takes: (_component, { zone, count }) => {
      if (typeof zone !== 'string') {
        return zone;
      }
      return lost.has(zone) ? (typeof count === 'number' ? count : 1) : 0;
    },
  };
}

/** One unit of a component fails; Spot capacity is reclaimed from all its units at once. */
export function componentFault(target: Component, controlPlane = true): Fault {
  const reclaimed = target.units.some(({ interruptible }) => interruptible);
  const [first] = target.units;
  const what = reclaimed
    ? `Spot capacity of ${target.path} is reclaimed`
    : `${withArticle(first?.noun ?? 'part')} of ${target.path} fails`;
  return {
    scope: controlPlane ? FailureScope.COMPONENT : FailureScope.CONTROL_PLANE,
    title: controlPlane ? what : `${what} while nothing new can start`,
    zoneLost: false,
    controlPlane,
    reclaimed,
    takes: (component, unit) => {
      if (component !== target) {
        return 0;
      }
      if (reclaimed) {
        return unit.interruptible ? countOf(unit) : 0;
      }
      return unit === first ? Math.min(1, countOf(unit)) : 0;
    },
  };
}

function withArticle(noun: string): string {
  return `${/^[aeiou]/i.test(noun) ? 'an' : 'a'} ${noun}`;
}

function countOf({ count }: Unit): number {
  return typeof count === 'number' ? count : 1;
}

/**
 * Components that can fail one unit at a time. AWS replaces nodes of load balancers, NAT gateways, endpoints, attachments and
 * Lambda inside a zone by itself.
 */
export function canFailAlone({ units, mechanism }: Component): boolean {
  return (
    units.length > 0 && !['entry', 'nat', 'endpoint', 'attachment', 'managed', 'function', 'efs'].includes(mechanism)
  );
}

/** Pairs of zones. */
export function pairsOf(zones: readonly string[]): [string, string][] {
  return zones.flatMap((first, index) => zones.slice(index + 1).map((second): [string, string] => [first, second]));
}

/** The number of units is not decided. */
export function undecidedCount(unit: Unit): Unknown | undefined {
  return typeof unit.count === 'number' ? undefined : unknown(unit.count.reason);
}
