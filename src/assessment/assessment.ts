import type { FailureScope } from '../core/failure-scope';
import type { RiskJudgement } from './acceptances';
import type { BudgetJudgement } from './budgets';
import type { NotJudged } from './graph';
import type { RuleSeverity } from './rules/rule';
import type { Replay } from './scenarios';
import type { AcceptedRisk, Health, Objective, Objectives } from './systems';
import type { Estimate, Verdict } from './verdict';

/** One thing that goes wrong, and what to do about it. */
export interface Finding {
  readonly scope: FailureScope;
  readonly verdict: Verdict;
  /** The construct path of the resource to mend. */
  readonly resource: string;
  readonly resourceType: string;
  /** Where it stands: the template and the logical id in it. */
  readonly template: string;
  readonly logicalId: string;
  /** From the fault to the entry point. */
  readonly chain: readonly string[];
  readonly estimate: Estimate;
  readonly objective: Objective;
  readonly fix: string;
  /** Entry points that it hurts. */
  readonly entryPoints: readonly string[];
  /** Who lives with it, and until when. It is no less true for that. */
  readonly accepted?: AcceptedRisk;
}

/** What a rule is about: a failure scope, or templates that do not deploy. */
export type RuleScope = FailureScope | 'DEPLOYMENT';

/** A rule that a resource breaks, or that its template leaves undecided. */
export interface RuleJudgement {
  readonly id: string;
  /** The state wanted. */
  readonly title: string;
  readonly severity: RuleSeverity;
  readonly scope: RuleScope;
  readonly resource: string;
  readonly resourceType: string;
  readonly template: string;
  readonly logicalId: string;
  /** The system it belongs to, where one claims it. */
  readonly system?: string;
  /** What the template says. */
  readonly observed: string;
  /** Where it says so, dotted. */
  readonly location?: string;
  readonly why: string;
  readonly fix: string;
  readonly docs: string;
  readonly accepted?: AcceptedRisk;
}

/** What rules say. What passes, or does not apply, is not listed. */
export interface RuleJudgements {
  /** How many rules were checked. */
  readonly checked: number;
  readonly failed: readonly RuleJudgement[];
  readonly unknown: readonly RuleJudgement[];
}

/** Something is wrong with what a system declares of itself: a warning. */
export interface Notice {
  readonly id:
    | 'accepted-risk-expired'
    | 'recovery-budget-optimistic'
    | 'detection-slower-than-objective'
    | 'system-without-resources';
  readonly system: string;
  /** The construct path of the declaration. */
  readonly resource: string;
  readonly observed: string;
  readonly fix: string;
}

/** How one entry point stands up to one kind of failure. */
export interface ScopeJudgement {
  readonly scope: FailureScope;
  readonly verdict: Verdict;
  /** Reasons of the worst finding, or of the slowest recovery. */
  readonly chain: readonly string[];
  readonly estimate?: Estimate;
  readonly objective: Objective;
}

export interface EntryJudgement {
  readonly name: string;
  /** Waits for a disaster: only what must hold after a failover is judged. */
  readonly standby: boolean;
  readonly scopes: readonly ScopeJudgement[];
}

/** Nothing else does what it does: its loss, or its zone's, stops an entry point. */
export interface SinglePoint {
  readonly resource: string;
  readonly resourceType: string;
  /** The first failure that shows it. */
  readonly reason: string;
  readonly entryPoints: readonly string[];
}

export interface SystemJudgement {
  readonly name: string;
  readonly declared: boolean;
  /** Construct paths it was declared for. */
  readonly paths: readonly string[];
  readonly objectives: Objectives;
  readonly health?: Health;
  readonly entryPoints: readonly EntryJudgement[];
  /** What misses or is not recoverable, the worst first. */
  readonly findings: readonly Finding[];
  /** What would miss after a failover, when the standby is all there is. It counts for no level. */
  readonly afterFailover: readonly Finding[];
  /** What could not be decided, and why. */
  readonly unknowns: readonly Finding[];
  readonly singlePoints: readonly SinglePoint[];
  /** What was declared that recovery takes, beside the estimate. */
  readonly budgets: readonly BudgetJudgement[];
  readonly acceptedRisks: readonly RiskJudgement[];
  /** Per scope: 0 nothing recovers it, 1 something does, 2 it meets its objective. Templates alone prove no more than 2 of 4. */
  readonly levels: Readonly<Record<FailureScope, number>>;
}

/** Before rules were checked: what accepted risks cover is not known yet. */
export type UnfinishedJudgement = Omit<SystemJudgement, 'acceptedRisks'>;

export interface Assessment {
  readonly systems: readonly SystemJudgement[];
  readonly rules: RuleJudgements;
  /** Outages that happened, on each system; empty where nobody asked. */
  readonly replays: readonly Replay[];
  readonly notices: readonly Notice[];
  /** Types without a description: not judged, so not passed. */
  readonly notJudged: readonly NotJudged[];
}
