import type { MultiAzClinicalApp } from '../../app';
import type { CrossRegionDr } from '../cross-region-dr';

/** What may be asked, of what. */
export interface ReadRight {
  readonly actions: string[];
  readonly resources: string[];
  readonly conditions?: Record<string, Record<string, string | string[]>>;
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

/** Where it is looked from, and what runs there. */
export interface Outlook {
  readonly dr: CrossRegionDr;
  /** The Region that watches. */
  readonly region: string;
  /** The one it is compared with. */
  readonly otherRegion: string;
  /** The application in this Region; none while it would be made from copies of backups. */
  readonly side?: MultiAzClinicalApp;
  /** Whether users are declared to be here. */
  readonly serving: boolean;
}

/** From one of the two Regions. */
export function outlookFrom(dr: CrossRegionDr, region: string): Outlook {
  const there = region === dr.primaryRegion;
  return {
    dr,
    region,
    otherRegion: there ? dr.recoveryRegion : dr.primaryRegion,
    side: there ? dr.primary : dr._recovery,
    serving: dr.activeRegion === region,
  };
}

/** The Region that is looked at, and the one it is compared with. */
export function regionsOf({ region, otherRegion }: Outlook): string[] {
  return [region, otherRegion];
}
