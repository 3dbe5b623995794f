import type { FailureScope } from '../core/failure-scope';
import type { EntryJudgement } from './assessment';
import { inWords, type Time } from './recovery';
import type { RecoveryBudget } from './systems';
import type { Estimate } from './verdict';

/** What somebody declared that recovery takes, beside what the judge makes of the templates. */
export interface BudgetJudgement {
  readonly scope: FailureScope;
  readonly declared: RecoveryBudget;
  readonly estimate: Estimate;
  /** What is declared far too optimistically, in words; empty where nothing is. */
  readonly optimistic: readonly string[];
}

/** Estimates are rough: less than these apart, a declaration is not called optimistic. */
const FACTOR = 2;
const MARGIN_SECONDS = 300;

/** Budgets of scopes that were judged, against the slowest entry point that serves. */
export function compareBudgets(
  budgets: readonly RecoveryBudget[],
  entryPoints: readonly EntryJudgement[],
): BudgetJudgement[] {
  return budgets.flatMap((declared) => {
    const estimates = entryPoints
      .filter(({ standby }) => !standby)
      .flatMap(({ scopes }) => scopes.filter(({ scope }) => scope === declared.scope))
      .flatMap(({ estimate }) => estimate ?? []);
    const [slowest] = estimates.sort((one, other) => other.rto.seconds - one.rto.seconds);
    return slowest
      ? [{ scope: declared.scope, declared, estimate: slowest, optimistic: optimistic(declared, slowest) }]
      : [];
  });
}

function optimistic(declared: RecoveryBudget, estimate: Estimate): string[] {
  const pairs: [string, number | undefined, Time][] = [
    ['to write again', declared.rtoSeconds, estimate.rto],
    ['to read again', declared.rtoReadOnlySeconds, estimate.rtoReadOnly],
    ['of data lost', declared.rpoSeconds, estimate.rpo],
  ];
  return pairs.flatMap(([what, budget, { seconds, open }]) =>
    budget !== undefined && seconds > budget * FACTOR && seconds - budget > MARGIN_SECONDS
      ? [`${inWords(budget)} ${what} declared, ${open.length > 0 ? 'at least ' : ''}${inWords(seconds)} estimated`]
      : [],
  );
}
