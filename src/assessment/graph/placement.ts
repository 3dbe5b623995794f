import { type Unknown, unknown } from '../model';

/** Where something runs inside its Region: a zone, or unknown with the reason. */
export type Zone = string | Unknown;

/** Where a component runs. */
export type Placement =
  | { readonly kind: 'zones'; readonly zones: ReadonlySet<string> }
  /** AWS spreads it over zones by itself. */
  | { readonly kind: 'regional' }
  /** It belongs to no Region. */
  | { readonly kind: 'global' }
  | Unknown;

export const REGIONAL: Placement = { kind: 'regional' };
export const GLOBAL: Placement = { kind: 'global' };

/** The zones of several places; one that is unknown makes the whole unknown, unless two are known already. */
export function placementOf(zones: readonly Zone[]): Placement {
  const named = new Set(zones.filter((zone): zone is string => typeof zone === 'string'));
  const undecided = zones.find((zone): zone is Unknown => typeof zone !== 'string');
  if (undecided && named.size < 2) {
    return undecided;
  }
  return named.size === 0 ? unknown('placed nowhere') : { kind: 'zones', zones: named };
}
