import type { Duration } from 'aws-cdk-lib';

/** The unit of the next generation: whole minutes, never more than the objective, and at least one, because nothing takes none. */
export function inMinutes(objective: Duration): number {
  return Math.max(1, Math.floor(objective.toMinutes({ integral: false })));
}

/** The unit of the first generation: whole seconds. Zero is breached by every system, says AWS, so at least one. */
export function inSeconds(objective: Duration): number {
  return Math.max(1, Math.floor(objective.toSeconds({ integral: false })));
}
