import { overlaps, parseCidr } from '../core/private/cidr';
import { Problems } from '../core/private/fail';
import type { SiteLink } from './site-link';

/** A place where people work with the system. */
export interface HospitalSiteOptions {
  /** Its name: lower-case letters, digits and hyphens, for example `main-campus`. */
  readonly name: string;
  /** Its address ranges, as BGP announces them. */
  readonly ranges: string[];
  /** What the busiest hour takes, in Mbit/s, in the busier direction. */
  readonly peakMbps: number;
  /** Its ways to AWS. */
  readonly links: SiteLink[];
  /**
   * Why the site may be cut off when one thing fails: it has one link, or what is left does not carry the peak.
   *
   * @default - it may not: refused for FOUNDATION and LIFE_CRITICAL systems, a warning for others
   */
  readonly acknowledgeSingleFailure?: string;
}

/** Links of a site that fail together, and what is left then. */
export interface LinkLoss {
  /** What fails. */
  readonly lost: string;
  /** What is left, in Mbit/s. */
  readonly leftMbps: number;
}

/** A site of the hospital and its links. */
export class HospitalSite {
  /**
   * @throws InvalidHospitalSite naming every mistake: no link, two of a name, ranges that are none or overlap
   */
  public static of(options: HospitalSiteOptions): HospitalSite {
    return new HospitalSite(options);
  }

  /** Its name. */
  public readonly siteName: string;
  /** Its address ranges. */
  public readonly ranges: string[];
  /** What the busiest hour takes, in Mbit/s. */
  public readonly peakMbps: number;
  /** Its ways to AWS. */
  public readonly links: SiteLink[];
  /** Why the site may be cut off when one thing fails. */
  public readonly acknowledgedSingleFailure?: string;

  private constructor({ name, ranges, peakMbps, links, acknowledgeSingleFailure }: HospitalSiteOptions) {
    this.siteName = name;
    this.ranges = ranges;
    this.peakMbps = peakMbps;
    this.links = links;
    this.acknowledgedSingleFailure = acknowledgeSingleFailure;
    this.validate();
  }

  /** The loss that leaves the least: all links at one location, or of one carrier. */
  public get worstLoss(): LinkLoss {
    const total = this.links.reduce((sum, { mbps }) => sum + mbps, 0);
    const losses = [...new Set(this.links.map(({ failsWith }) => failsWith))].map((lost) => ({
      lost,
      leftMbps:
        total - this.links.filter(({ failsWith }) => failsWith === lost).reduce((sum, { mbps }) => sum + mbps, 0),
    }));
    return losses.reduce((worst, loss) => (loss.leftMbps < worst.leftMbps ? loss : worst));
  }

  private validate(): void {
    const { siteName, ranges, links, peakMbps, acknowledgedSingleFailure } = this;
    const problems = new Problems(undefined, 'InvalidHospitalSite');
    problems.require(
      /^[a-z][a-z0-9-]{0,30}$/.test(siteName),
      `the name of a site must be 1 to 31 lower-case letters, digits and hyphens and start with a letter, got "${siteName}"`,
    );
    problems.require(
      links.length > 0,
      `${siteName} has no link, so nobody there could use the system; give at least one`,
    );
    const names = links.map(({ linkName }) => linkName);
    for (const twice of new Set(names.filter((name, index) => names.indexOf(name) !== index))) {
      problems.require(false, `two links of ${siteName} are called ${twice}; each needs a name of its own`);
    }
    problems.require(
      ranges.length > 0,
      `${siteName} has no range, so nothing could be routed to it; give at least one`,
    );
    for (const range of ranges) {
      problems.require(
        parseCidr(range) !== undefined,
        `a range of ${siteName} must be like 10.100.0.0/16, got "${range}"`,
      );
    }
    ranges.forEach((range, index) => {
      const other = ranges.slice(index + 1).find((candidate) => overlaps(range, candidate));
      problems.require(!other, `ranges ${range} and ${other} of ${siteName} overlap`);
    });
    problems.require(peakMbps > 0, `peakMbps of ${siteName} must be above 0, got ${peakMbps}`);
    problems.require(
      acknowledgedSingleFailure === undefined || acknowledgedSingleFailure.trim() !== '',
      `acknowledgeSingleFailure of ${siteName} needs a reason, got an empty string`,
    );
    problems.throwIfAny();
  }
}
