import { Duration } from 'aws-cdk-lib';
import { ClinicalTier } from '../core/clinical-tier';
import { Problems } from '../core/private/fail';

/** Options of `ResponseMode.approve`. */
export interface ApprovalOptions {
  /**
   * How long an approval is waited for, 1 minute to 7 days. After it nothing is contained, and the case is escalated.
   *
   * @default Duration.hours(4)
   */
  readonly approvalTimeout?: Duration;
}

/** Options of `ResponseMode.auto`. */
export interface AutoResponseOptions extends ApprovalOptions {
  /**
   * The tiers whose resources are contained without asking, by their tag `ehr:tier`. FOUNDATION and LIFE_CRITICAL cannot be among
   * them. A resource without the tag is asked about.
   *
   * @default - OPERATIONAL and NON_PRODUCTION
   */
  readonly tiers?: ClinicalTier[];
}

/** How far a response goes by itself. To contain a machine that a ward depends on can harm more than the intruder does. */
export class ResponseMode {
  /** Say what was found, on what, how critical that is, and which runbook would contain it. Nothing is touched. */
  public static notify(): ResponseMode {
    return new ResponseMode(false, [], Duration.hours(4));
  }

  /**
   * Keep evidence at once, then ask. Contain what somebody approves.
   *
   * @throws InvalidResponseMode when the timeout is out of range
   */
  public static approve(options: ApprovalOptions = {}): ResponseMode {
    return new ResponseMode(true, [], options.approvalTimeout ?? Duration.hours(4));
  }

  /**
   * Keep evidence, and contain at once what may be; ask about everything else: critical resources, resources whose tags are missing
   * or cannot be read, and instances whose evidence could not be kept.
   *
   * @throws InvalidResponseMode when a tier is too critical, none is given, or the timeout is out of range
   */
  public static auto(options: AutoResponseOptions = {}): ResponseMode {
    const tiers = options.tiers ?? [ClinicalTier.OPERATIONAL, ClinicalTier.NON_PRODUCTION];
    const critical = tiers.filter((tier) => tier === ClinicalTier.FOUNDATION || tier === ClinicalTier.LIFE_CRITICAL);
    const problems = new Problems(undefined, 'InvalidResponseMode');
    problems.require(
      critical.length === 0,
      `${critical.join(' and ')} is never contained without asking; leave it out`,
    );
    problems.require(tiers.length > 0, 'tiers is empty, so that nothing would be automatic; use ResponseMode.approve');
    problems.throwIfAny();
    return new ResponseMode(true, tiers, options.approvalTimeout ?? Duration.hours(4));
  }

  private constructor(
    /** Whether anything is contained at all. */
    public readonly contains: boolean,
    /** The tiers whose resources are contained without asking. */
    public readonly automaticTiers: ClinicalTier[],
    /** How long an approval is waited for. */
    public readonly approvalTimeout: Duration,
  ) {
    const problems = new Problems(undefined, 'InvalidResponseMode');
    const seconds = approvalTimeout.isUnresolved() ? Number.NaN : approvalTimeout.toSeconds();
    problems.require(
      seconds >= 60 && seconds <= 7 * 86400,
      `approvalTimeout must be 1 minute to 7 days, known at synthesis, got ${seconds} seconds`,
    );
    problems.throwIfAny();
  }
}
