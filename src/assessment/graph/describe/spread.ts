import { type Resource, type Unknown, unknown } from '../../model';
import type { Unit } from '../component';
import type { Graph } from '../graph';
import type { Place } from '../network';

/** What is said of every unit of a component. */
export interface UnitTraits {
  readonly noun: string;
  readonly interruptible?: boolean;
  readonly resource?: Resource;
  /** Left out for what AWS runs in the subnet without using its way out. */
  readonly graph?: Graph;
}

/** One place a zone: more subnets in a zone add no zone. */
export function onePerZone(places: readonly Place[]): Place[] {
  const seen = new Set<string>();
  return places.filter(({ zone }) => {
    const isNew = typeof zone !== 'string' || !seen.has(zone);
    if (typeof zone === 'string') {
      seen.add(zone);
    }
    return isNew;
  });
}

/** A number of equal units over zones as evenly as it goes, which is how AWS places them. */
export function spread(count: number | Unknown, places: readonly Place[], traits: UnitTraits): Unit[] {
  const zones = onePerZone(places);
  if (zones.length === 0) {
    return [unitIn({ zone: unknown('its subnets are not in the templates') }, count, traits)];
  }
  if (typeof count !== 'number') {
    return zones.map((place) => unitIn(place, count, traits));
  }
  return zones
    .map((place, index) => ({
      place,
      share: Math.floor(count / zones.length) + (index < count % zones.length ? 1 : 0),
    }))
    .filter(({ share }) => share > 0)
    .map(({ place, share }) => unitIn(place, share, traits));
}

export function unitIn(place: Place, count: number | Unknown, { graph, ...traits }: UnitTraits): Unit {
  // a unit whose condition is undecided may not exist: it is nowhere for sure
  const condition = traits.resource?.condition;
  const zone = condition?.kind === 'unknown' ? condition : place.zone;
  return { ...traits, zone, count, needs: graph?.network.needsOf(place) ?? [] };
}
