import type { CrossRegionDr } from '../cross-region-dr';

/** What may be asked, of what. */
export interface ReadRight {
  readonly actions: string[];
  readonly resources: string[];
}

/** One thing to look at in both Regions. */
export interface ReadinessCheck {
  /** Dimension of its metric. */
  readonly name: string;
  /** What its alarm says. */
  readonly meaning: string;
  /** What the function is told of it. */
  readonly wanted: Record<string, unknown>;
  readonly rights: ReadRight[];
}

/** The Region that is looked at, and the one it is compared with. */
export function regionsOf({ recoveryRegion, primaryRegion }: CrossRegionDr): string[] {
  return [recoveryRegion, primaryRegion];
}
