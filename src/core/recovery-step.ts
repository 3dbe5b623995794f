import type { Duration } from 'aws-cdk-lib';
import type { FailureScope } from './failure-scope';

/** Who makes a step of a recovery happen. */
export enum RecoveryAutomation {
  /** Nobody: AWS, or a mechanism set up beforehand, acts. */
  AUTOMATIC = 'AUTOMATIC',
  /** A person decides, and one command acts. */
  ONE_COMMAND = 'ONE_COMMAND',
  /** A person follows a procedure. */
  MANUAL = 'MANUAL',
}

/**
 * One step on the way back, with its time and where that figure comes from. The estimate of an RTO is the sum of such
 * steps, so that a reader can check it.
 */
export interface RecoveryStep {
  /** What happens, for example `Aurora managed failover`. */
  readonly description: string;
  /** How long it takes: a budget, not a guarantee. */
  readonly duration: Duration;
  /** Who makes it happen. */
  readonly automation: RecoveryAutomation;
  /** Where the duration comes from: an AWS page, the template, or the word `judgement` with a reason. */
  readonly source: string;
}

/** What recovering from one kind of failure takes: computed from the design, not measured. */
export interface RecoveryBudget {
  /** What fails. */
  readonly scope: FailureScope;
  /** Steps until users can read again. */
  readonly untilReadable: RecoveryStep[];
  /** Further steps until they can write again. */
  readonly untilWritable: RecoveryStep[];
  /** How much data, counted in time, may be lost. */
  readonly recoveryPoint: Duration;
}
