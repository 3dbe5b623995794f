import type { FailureScope } from '../../core/failure-scope';
import type { Assembly, Resource } from '../model';

/** What a rule says of a resource. Unknown is shown, and never counted as a pass. */
export type RuleVerdict = 'pass' | 'fail' | 'not-applicable' | 'unknown';

/** How bad it is: an error misses an objective or does not deploy, a warning makes that more likely. */
export type RuleSeverity = 'error' | 'warning';

/** A rule's answer for one resource. */
export interface RuleOutcome {
  readonly verdict: RuleVerdict;
  /** What the template says, for a fail or an unknown: lower case, no period. */
  readonly observed?: string;
  /** Where it says so, dotted: `Properties.BackupRetentionPeriod`. */
  readonly location?: string;
}

/** What a rule may look at beside its resource. */
export interface RuleContext {
  /** Every stack that is judged together. */
  readonly assembly: Assembly;
  /** Whether care stops or turns dangerous without the system that a resource belongs to. */
  readonly careDependsOn: (resource: Resource) => boolean;
  /** Seconds in which the system of a resource promises to be back; left out where nobody declared it. */
  readonly objectiveOf?: (resource: Resource, scope: FailureScope) => number | undefined;
}

/** A property of templates that makes systems survive, or deploy. One file each: metadata first, one pure function last. */
export interface Rule {
  /** `RES-<AREA>-<NNN>`, or `VAL-<AREA>-<NNN>` for what the service refuses at deployment. Never reused. */
  readonly id: string;
  /** The state wanted: lower case, no period. */
  readonly title: string;
  readonly severity: RuleSeverity;
  /** What does not survive where the rule is broken; `DEPLOYMENT` where the template does not deploy. */
  readonly scope: FailureScope | 'DEPLOYMENT';
  /** Why it matters: lower case, no period. */
  readonly why: string;
  /** What to do, in the imperative: lower case, no period. */
  readonly fix: string;
  /** The page that says so. */
  readonly docs: string;
  /** Names of the same check elsewhere, such as `Prowler:rds_cluster_multi_az`. */
  readonly alsoKnownAs?: readonly string[];
  /** The resource types it looks at. */
  readonly resourceTypes: readonly string[];
  readonly evaluate: (resource: Resource, context: RuleContext) => RuleOutcome;
}

/** Says of a rule what the type alone does not: that it is whole. */
export function defineRule(rule: Rule): Rule {
  return rule;
}

export const PASS: RuleOutcome = { verdict: 'pass' };
export const NOT_APPLICABLE: RuleOutcome = { verdict: 'not-applicable' };

/** The resource breaks the rule. */
export function failed(observed: string, location?: string): RuleOutcome {
  return { verdict: 'fail', observed, location };
}

/** The template does not decide. */
export function undecided(observed: string, location?: string): RuleOutcome {
  return { verdict: 'unknown', observed, location };
}

/** `1 day`, `3 days`. */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
