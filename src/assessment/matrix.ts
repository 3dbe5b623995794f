import type { FailureScope } from '../core/failure-scope';
import type { EntryJudgement, ScopeJudgement, SystemJudgement } from './assessment';
import { isWorse } from './verdict';

/** How a system stands up to one kind of failure: as its worst entry point does. */
export interface Cell extends ScopeJudgement {
  readonly entryPoint: string;
  /** 0 nothing recovers it, 1 something does, 2 it meets its objective. */
  readonly level: number;
}

/** One cell per scope that was judged. Standbys are judged by themselves only after a failover, and count for nothing here. */
export function cellsOf({ entryPoints, levels }: SystemJudgement): Cell[] {
  const cells = new Map<FailureScope, Cell>();
  for (const { name, scopes } of entryPoints.filter(({ standby }) => !standby)) {
    for (const judged of scopes) {
      const before = cells.get(judged.scope);
      if (!before || isWorseCell(judged, before)) {
        cells.set(judged.scope, { ...judged, entryPoint: name, level: levels[judged.scope] });
      }
    }
  }
  return [...cells.values()];
}

function isWorseCell(one: EntryJudgement['scopes'][number], other: ScopeJudgement): boolean {
  return one.verdict === other.verdict
    ? (one.estimate?.rto.seconds ?? 0) > (other.estimate?.rto.seconds ?? 0)
    : isWorse(one.verdict, other.verdict);
}
