import type { Component } from '../graph';
import type { Recovery } from '../recovery';

/** What a fault does to one component, and how that comes back. */
export interface Impact {
  /** The component to mend. */
  readonly root: Component;
  /** From the fault to the entry point, one reason after the other. */
  readonly chain: readonly string[];
  readonly recovery: Recovery;
  /** Why nothing can be said. */
  readonly undecided?: string;
  /** What stops the recovery meanwhile, for example an impaired control plane. */
  readonly blocked?: string;
}

/** One more reason on the way to the entry point. */
export function because(impact: Impact, reason: string): Impact {
  return { ...impact, chain: [...impact.chain, reason] };
}

/** The same component hurt in the same way, reached over several paths, counts once. */
export function distinct(impacts: readonly Impact[]): Impact[] {
  const seen = new Set<string>();
  return impacts.filter(({ root, recovery, undecided, blocked }) => {
    const time = recovery.steps.reduce((total, step) => total + step.time.seconds, 0);
    const key = [root.id, recovery.fix, time, undecided, blocked].join('|');
    return seen.has(key) ? false : Boolean(seen.add(key));
  });
}
