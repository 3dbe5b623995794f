import { sum, type Time } from './recovery';
import type { Impact } from './simulation';
import type { Objective } from './systems';

/** What a judgement comes to, from best to worst. */
export type Verdict = 'MEETS' | 'UNKNOWN' | 'MISSES' | 'NOT_RECOVERABLE';

const ORDER: readonly Verdict[] = ['MEETS', 'UNKNOWN', 'MISSES', 'NOT_RECOVERABLE'];

export function worst(verdicts: readonly Verdict[]): Verdict {
  return ORDER[Math.max(0, ...verdicts.map((verdict) => ORDER.indexOf(verdict)))];
}

export function isWorse(one: Verdict, other: Verdict): boolean {
  return ORDER.indexOf(one) > ORDER.indexOf(other);
}

/** What recovery takes, as far as it can be known. */
export interface Estimate {
  readonly rto: Time;
  readonly rtoReadOnly: Time;
  readonly rpo: Time;
}

export function estimateOf({ recovery }: Impact): Estimate {
  const times = (steps: Impact['recovery']['steps']) => sum(steps.map(({ time }) => time));
  return { rto: times(recovery.steps), rtoReadOnly: times(recovery.readSteps ?? recovery.steps), rpo: recovery.rpo };
}

/** What all of them take together: what happens side by side takes as long as the slowest, and the worst store counts. */
export function slowestOf(impacts: readonly Impact[]): Estimate {
  const estimates = impacts.map(estimateOf);
  const slowest = (part: keyof Estimate): Time => ({
    seconds: Math.max(0, ...estimates.map((estimate) => estimate[part].seconds)),
    open: [...new Set(estimates.flatMap((estimate) => estimate[part].open))],
  });
  return { rto: slowest('rto'), rtoReadOnly: slowest('rtoReadOnly'), rpo: slowest('rpo') };
}

/** A known part that is too long misses, whatever the unknown parts come to. An unknown part never meets. */
export function judge(impact: Impact, objective: Objective): Verdict {
  if (impact.undecided !== undefined) {
    return 'UNKNOWN';
  }
  if (impact.recovery.unrecoverable !== undefined) {
    return 'NOT_RECOVERABLE';
  }
  if (impact.blocked !== undefined) {
    return 'MISSES';
  }
  const { rto, rtoReadOnly, rpo } = estimateOf(impact);
  const limits: [Time, number | undefined][] = [
    [rto, objective.rtoSeconds],
    [rtoReadOnly, objective.rtoReadOnlySeconds],
    [rpo, objective.rpoSeconds],
  ];
  const stated = limits.filter((limit): limit is [Time, number] => limit[1] !== undefined);
  if (stated.some(([time, limit]) => time.seconds > limit)) {
    return 'MISSES';
  }
  return stated.some(([time]) => time.open.length > 0) ? 'UNKNOWN' : 'MEETS';
}
