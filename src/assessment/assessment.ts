import type { FailureScope } from '../core/failure-scope';
import type { NotJudged } from './graph';
import type { Objective, Objectives } from './systems';
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
  readonly objectives: Objectives;
  readonly entryPoints: readonly EntryJudgement[];
  /** What misses or is not recoverable, the worst first. */
  readonly findings: readonly Finding[];
  /** What would miss after a failover, when the standby is all there is. It counts for no level. */
  readonly afterFailover: readonly Finding[];
  /** What could not be decided, and why. */
  readonly unknowns: readonly Finding[];
  readonly singlePoints: readonly SinglePoint[];
  /** Per scope: 0 nothing recovers it, 1 something does, 2 it meets its objective. Templates alone prove no more than 2 of 4. */
  readonly levels: Readonly<Record<FailureScope, number>>;
}

export interface Assessment {
  readonly systems: readonly SystemJudgement[];
  /** Types without a description: not judged, so not passed. */
  readonly notJudged: readonly NotJudged[];
}
