import type { Duration } from 'aws-cdk-lib';
import type { FailureScope } from './failure-scope';
import type { RecoveryAutomation } from './recovery-step';

/**
 * What happens when something that is measured passes a threshold, as data: written into the template, and shown on the
 * dashboard. Whoever makes the alarm or health check behind it makes this from the same values.
 */
export interface RecoveryThreshold {
  /**
   * The failure it is about.
   *
   * @default - any
   */
  readonly scope?: FailureScope;
  /** What is measured, for example `the probes of a target`. */
  readonly measured: string;
  /** When that is too much, for example `3 fail in a row, 10 seconds apart`. */
  readonly threshold: string;
  /** What happens then. */
  readonly action: string;
  /** Who makes it happen. */
  readonly automation: RecoveryAutomation;
  /**
   * From the failure until the action has had its effect: a budget, not a guarantee.
   *
   * @default - unknown until an exercise has measured it
   */
  readonly expected?: Duration;
  /** Where the figures come from: an AWS page, the template, or the word `judgement` with a reason. */
  readonly source: string;
}
