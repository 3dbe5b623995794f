import type { RecoveryThreshold } from './recovery-threshold';

/** One way from a site to AWS, as it was declared. */
export interface SiteLinkMetadata {
  /** What it is: `VPN` or `DIRECT_CONNECT`. */
  readonly kind: string;
  /** Its name. */
  readonly name: string;
  /** What it carries, in Mbit/s. */
  readonly mbps: number;
  /** What fails together with all else of the same name: a location, a carrier, the link itself. */
  readonly failsWith: string;
}

/** A site of the hospital, as it was declared. */
export interface HospitalSiteMetadata {
  /** Its name. */
  readonly name: string;
  /** What its busiest hour takes, in Mbit/s. */
  readonly peakMbps: number;
  /** Its ways to AWS. */
  readonly links: SiteLinkMetadata[];
  /** What is left, in Mbit/s, when the worst thing fails. */
  readonly leftMbps: number;
  /** That worst thing. */
  readonly worstLoss: string;
  /**
   * Why the site may be cut off when one thing fails.
   *
   * @default - it may not
   */
  readonly acknowledgedSingleFailure?: string;
}

/** What a link tells the judge that no resource does: what was ordered elsewhere, and what it must carry. */
export interface HospitalLinkMetadata {
  /** The sites. */
  readonly sites: HospitalSiteMetadata[];
  /** What happens when a link is lost. */
  readonly recoveryThresholds: RecoveryThreshold[];
}
