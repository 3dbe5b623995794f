import { Duration } from 'aws-cdk-lib';
import type { RecoveryStep, ScopeObjective } from '../core';

/** A store and how much of it can be lost with the Region. */
export interface StoreRecoveryPoint {
  /** The store, for example `database`. */
  readonly store: string;
  /** How far its copy may be behind, as a budget. */
  readonly recoveryPoint: Duration;
}

/** What an estimate adds up. */
export interface RecoveryEstimateProps {
  /** From the loss until users can read in the other Region. */
  readonly untilReadable: RecoveryStep[];
  /** From there until they can write. */
  readonly untilWritable: RecoveryStep[];
  /** What each store may lose. */
  readonly stores: StoreRecoveryPoint[];
}

/**
 * How long a recovery takes and what it may lose: a sum of steps that a reader can check, each with its source. A budget
 * computed from the design, not a measurement; an exercise measures.
 */
export class RecoveryEstimate {
  /** From the loss until users can read in the other Region. */
  public readonly untilReadable: RecoveryStep[];
  /** From there until they can write. */
  public readonly untilWritable: RecoveryStep[];
  /** What each store may lose. */
  public readonly stores: StoreRecoveryPoint[];

  public constructor(props: RecoveryEstimateProps) {
    this.untilReadable = props.untilReadable;
    this.untilWritable = props.untilWritable;
    this.stores = props.stores;
  }

  /** Time until users can read. */
  public get rtoReadOnly(): Duration {
    return total(this.untilReadable);
  }

  /** Time until users can read and write. */
  public get rto(): Duration {
    return total([...this.untilReadable, ...this.untilWritable]);
  }

  /** The worst store's. */
  public get rpo(): Duration {
    return Duration.seconds(Math.max(0, ...this.stores.map(({ recoveryPoint }) => recoveryPoint.toSeconds())));
  }

  /** Every way in which this misses an objective, with the step or store that breaks it. Empty when it meets it. */
  public shortfalls(objective: ScopeObjective): string[] {
    const readOnly = objective.rtoReadOnly ?? objective.rto;
    return [
      ...overtime('until users can read', this.untilReadable, readOnly, objective.rtoReadOnly ? 'rtoReadOnly' : 'rto'),
      ...overtime('until users can write', [...this.untilReadable, ...this.untilWritable], objective.rto, 'rto'),
      ...this.stores
        .filter(({ recoveryPoint }) => recoveryPoint.toSeconds() > objective.rpo.toSeconds())
        .map(
          ({ store, recoveryPoint }) =>
            `the ${store} may lose ${recoveryPoint.toHumanString()}, the RPO allows ${objective.rpo.toHumanString()}`,
        ),
    ];
  }
}

function total(steps: RecoveryStep[]): Duration {
  return Duration.seconds(steps.reduce((sum, { duration }) => sum + duration.toSeconds(), 0));
}

function overtime(what: string, steps: RecoveryStep[], allowed: Duration, objective: string): string[] {
  const needed = total(steps);
  if (needed.toSeconds() <= allowed.toSeconds()) {
    return [];
  }
  const longest = steps.reduce((a, b) => (b.duration.toSeconds() > a.duration.toSeconds() ? b : a));
  return [
    `${what} takes ${needed.toHumanString()}, ${objective} allows ${allowed.toHumanString()}; the longest step is "${longest.description}" with ${longest.duration.toHumanString()}`,
  ];
}
