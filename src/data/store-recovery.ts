import type { Duration } from 'aws-cdk-lib';
import type { FailureScope } from '../core';

/** What a store brings to the recovery from one kind of failure. Figures to add up, each with where it comes from. */
export interface StoreRecovery {
  /** The failure. */
  readonly scope: FailureScope;
  /** What recovers the store, for example `Aurora failover to a reader`. */
  readonly mechanism: string;
  /**
   * How long that takes: a budget, not a guarantee.
   *
   * @default - unknown until a restore test has measured it: it grows with the data
   */
  readonly recoveryTime?: Duration;
  /** How much data is lost, counted in time. */
  readonly recoveryPoint: Duration;
  /** Where the figures come from: an AWS page, or the word `judgement` with a reason. */
  readonly source: string;
}
