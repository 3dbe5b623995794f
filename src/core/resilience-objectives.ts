import { Duration, Token } from 'aws-cdk-lib';
import { ClinicalTier } from './clinical-tier';
import { FailureScope } from './failure-scope';
import { Problems } from './private/fail';
import { TIER_OBJECTIVES } from './private/tier-objectives';

/** How soon a system must be back after a failure, and how much data it may lose. */
export interface ScopeObjective {
  /** Recovery time objective: the longest time until clinicians can read and write again. Above zero. */
  readonly rto: Duration;
  /** Recovery point objective: the most data, counted in time, that may be lost. Zero is allowed. */
  readonly rpo: Duration;
  /**
   * The longest time until clinicians can at least read.
   *
   * @default - the same as `rto`
   */
  readonly rtoReadOnly?: Duration;
}

/** Objectives per failure scope. */
export interface ObjectivesByScope {
  /** @default - the tier's preset */
  readonly component?: ScopeObjective;
  /** @default - the tier's preset */
  readonly availabilityZone?: ScopeObjective;
  /** @default - the tier's preset */
  readonly twoAvailabilityZones?: ScopeObjective;
  /** @default - the tier's preset */
  readonly region?: ScopeObjective;
  /** @default - the tier's preset */
  readonly controlPlane?: ScopeObjective;
  /** @default - the tier's preset */
  readonly deletion?: ScopeObjective;
  /** @default - the tier's preset */
  readonly corruption?: ScopeObjective;
  /** @default - the tier's preset */
  readonly account?: ScopeObjective;
  /** @default - the tier's preset */
  readonly connectivity?: ScopeObjective;
}

/** What `ResilienceObjectives.forTier` takes beside the tier. Scopes named here replace the tier's preset. */
export interface ResilienceObjectivesOptions extends ObjectivesByScope {
  /**
   * The business-impact analysis these objectives come from, for example `BIA-2026-014`.
   *
   * @default - none: the objectives are library defaults, and every report says so
   */
  readonly biaReference?: string;
  /**
   * Time to enter what was written on paper during the downtime, after the system is back.
   *
   * @default Duration.hours(0)
   */
  readonly workRecovery?: Duration;
  /**
   * The longest total downtime before harm is unacceptable. Recovery plus work recovery must fit inside, in every scope.
   *
   * @default - the tier's preset
   */
  readonly maxTolerableDowntime?: Duration;
  /**
   * How long nobody can work with the system until wards start their downtime procedures: paper, and the read-only copy. An
   * alarm goes off then. 1 minute to 24 hours.
   *
   * @default - the RTO for AVAILABILITY_ZONE, at most 24 hours: what recovers by itself has had its time by then
   */
  readonly downtimeTrigger?: Duration;
}

/** Where objectives come from. */
export enum ObjectivesSource {
  /** A business-impact analysis, referenced by `biaReference`. */
  BUSINESS_IMPACT_ANALYSIS = 'BUSINESS_IMPACT_ANALYSIS',
  /** This library's presets: a starting point, not yours. */
  LIBRARY_DEFAULT = 'LIBRARY_DEFAULT',
}

/**
 * How resilient a system must be, per failure scope. These drive: strategy, backup schedules, alarm thresholds and
 * timeouts are derived from them, and a choice that cannot meet them fails at synthesis.
 */
export class ResilienceObjectives {
  /**
   * The preset objectives of a tier, with scopes replaced where your analysis says otherwise.
   *
   * The presets are this library's judgement inside published ranges (UCSF, Brown University and Baptist Health tier
   * schemes; the 72 h restoration of the proposed HIPAA Security Rule), not a standard.
   *
   * @throws InvalidObjectives naming every contradiction: an RTO of zero, reading later than writing, a wider failure
   * that must recover sooner than a narrower one, downtime beyond what is tolerable
   */
  public static forTier(tier: ClinicalTier, options: ResilienceObjectivesOptions = {}): ResilienceObjectives {
    return new ResilienceObjectives(tier, options);
  }

  /** How critical the system is. */
  public readonly tier: ClinicalTier;
  /** Where the objectives come from. */
  public readonly source: ObjectivesSource;
  /** The business-impact analysis behind them, if there is one. */
  public readonly biaReference?: string;
  /** The longest total downtime before harm is unacceptable. */
  public readonly maxTolerableDowntime: Duration;
  /** Time to enter what was written on paper. */
  public readonly workRecovery: Duration;
  /** How long nobody can work with the system until wards start their downtime procedures. */
  public readonly downtimeTrigger: Duration;
  private readonly byScope: Record<FailureScope, ScopeObjective>;

  private constructor(tier: ClinicalTier, options: ResilienceObjectivesOptions) {
    const preset = TIER_OBJECTIVES[tier];
    this.tier = tier;
    this.biaReference = options.biaReference;
    this.source = options.biaReference ? ObjectivesSource.BUSINESS_IMPACT_ANALYSIS : ObjectivesSource.LIBRARY_DEFAULT;
    this.maxTolerableDowntime = options.maxTolerableDowntime ?? preset.maxTolerableDowntime;
    this.workRecovery = options.workRecovery ?? Duration.hours(0);
    this.byScope = {
      [FailureScope.COMPONENT]: options.component ?? preset.component,
      [FailureScope.AVAILABILITY_ZONE]: options.availabilityZone ?? preset.availabilityZone,
      [FailureScope.TWO_AVAILABILITY_ZONES]: options.twoAvailabilityZones ?? preset.twoAvailabilityZones,
      [FailureScope.REGION]: options.region ?? preset.region,
      [FailureScope.CONTROL_PLANE]: options.controlPlane ?? preset.controlPlane,
      [FailureScope.DELETION]: options.deletion ?? preset.deletion,
      [FailureScope.CORRUPTION]: options.corruption ?? preset.corruption,
      [FailureScope.ACCOUNT]: options.account ?? preset.account,
      [FailureScope.CONNECTIVITY]: options.connectivity ?? preset.connectivity,
    };
    this.downtimeTrigger = options.downtimeTrigger ?? atMostADay(this.byScope[FailureScope.AVAILABILITY_ZONE].rto);
    this.validate();
  }

  /** The objective for one failure scope. */
  public forScope(scope: FailureScope): ScopeObjective {
    return this.byScope[scope];
  }

  /** Whether care stops or turns dangerous without the system: the tiers that get errors where others get warnings. */
  public get careDependsOnIt(): boolean {
    return this.tier === ClinicalTier.FOUNDATION || this.tier === ClinicalTier.LIFE_CRITICAL;
  }

  private validate(): void {
    const problems = new Problems(undefined, 'InvalidObjectives');
    problems.require(this.biaReference !== '', 'biaReference is empty; name the analysis or leave it out');
    if (this.requireKnown(problems)) {
      for (const scope of Object.values(FailureScope)) {
        this.validateScope(scope, problems);
      }
      this.validateOrder(problems);
      this.validateTrigger(problems);
    }
    problems.throwIfAny();
  }

  private requireKnown(problems: Problems): boolean {
    const durations = [this.maxTolerableDowntime, this.workRecovery, this.downtimeTrigger].concat(
      Object.values(this.byScope).flatMap((o) => [o.rto, o.rpo, o.rtoReadOnly ?? o.rto]),
    );
    const known = durations.every((d) => !d.isUnresolved() && !Token.isUnresolved(d));
    problems.require(known, 'objectives must be known at synthesis, got a Duration made from a token');
    return known;
  }

  private validateScope(scope: FailureScope, problems: Problems): void {
    const { rto, rpo, rtoReadOnly } = this.byScope[scope];
    problems.require(
      seconds(rto) > 0,
      `the RTO for ${scope} must be above zero, got ${describe(rto)}: nothing is recovered in no time; the lowest estimate is about a minute`,
    );
    problems.require(seconds(rpo) >= 0, `the RPO for ${scope} must not be negative, got ${describe(rpo)}`);
    if (rtoReadOnly) {
      problems.require(
        seconds(rtoReadOnly) > 0 && seconds(rtoReadOnly) <= seconds(rto),
        `rtoReadOnly for ${scope} must be above zero and at most the RTO of ${describe(rto)}, got ${describe(rtoReadOnly)}`,
      );
    }
    problems.require(
      seconds(rto) + seconds(this.workRecovery) <= seconds(this.maxTolerableDowntime),
      `the RTO for ${scope} (${describe(rto)}) and workRecovery (${describe(this.workRecovery)}) together exceed maxTolerableDowntime (${describe(this.maxTolerableDowntime)})`,
    );
  }

  private validateTrigger(problems: Problems): void {
    problems.require(
      seconds(this.downtimeTrigger) >= 60 && seconds(this.downtimeTrigger) <= 86_400,
      `downtimeTrigger must be 1 minute to 24 hours, got ${describe(this.downtimeTrigger)}`,
    );
    problems.require(
      seconds(this.downtimeTrigger) <= seconds(this.maxTolerableDowntime),
      `downtimeTrigger (${describe(this.downtimeTrigger)}) is beyond maxTolerableDowntime (${describe(this.maxTolerableDowntime)}); paper would come too late`,
    );
  }

  /** A wider failure cannot be recovered sooner than a narrower one that is part of it. */
  private validateOrder(problems: Problems): void {
    const widening = [
      FailureScope.COMPONENT,
      FailureScope.AVAILABILITY_ZONE,
      FailureScope.TWO_AVAILABILITY_ZONES,
      FailureScope.REGION,
    ];
    for (let i = 1; i < widening.length; i++) {
      const narrow = this.byScope[widening[i - 1]];
      const wide = this.byScope[widening[i]];
      problems.require(
        seconds(wide.rto) >= seconds(narrow.rto),
        `the RTO for ${widening[i]} (${describe(wide.rto)}) is below that for ${widening[i - 1]} (${describe(narrow.rto)}), which it includes`,
      );
      problems.require(
        seconds(wide.rpo) >= seconds(narrow.rpo),
        `the RPO for ${widening[i]} (${describe(wide.rpo)}) is below that for ${widening[i - 1]} (${describe(narrow.rpo)}), which it includes`,
      );
    }
  }
}

/** CloudWatch counts minutes over a day at most. An RTO below a minute is no time to reach for paper in. */
function atMostADay(rto: Duration): Duration {
  if (rto.isUnresolved()) {
    return rto;
  }
  return Duration.seconds(Math.min(86_400, Math.max(60, rto.toSeconds({ integral: false }))));
}

function seconds(duration: Duration): number {
  return duration.toSeconds({ integral: false });
}

function describe(duration: Duration): string {
  return duration.toHumanString();
}
