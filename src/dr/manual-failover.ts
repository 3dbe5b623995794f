import type { Duration } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { RecoveryAutomation } from '../core';
import { fail } from '../core/private/fail';
import type { FailoverBindOptions, FailoverConfig, IFailover } from './failover-ref';

/** How long people need, and what they follow. */
export interface ManualFailoverOptions {
  /** From the loss of the Region until somebody knows and has decided. Take it from an exercise. */
  readonly decisionTime: Duration;
  /** From the decision until users reach the other Region. Take it from an exercise. */
  readonly redirectionTime: Duration;
  /** The procedure people follow, for example `RUN-17 in the downtime binder`. */
  readonly procedure: string;
}

/** Users are moved by somebody else; this only counts the time. */
export class ManualFailover implements IFailover {
  public constructor(private readonly options: ManualFailoverOptions) {}

  public bind(scope: Construct, _options: FailoverBindOptions): FailoverConfig {
    const { decisionTime, redirectionTime, procedure } = this.options;
    if (procedure.trim() === '') {
      fail(scope, 'MissingProcedure', 'procedure must name what people follow, got an empty string');
    }
    return {
      redirection: [
        {
          description: 'people notice and decide',
          duration: decisionTime,
          automation: RecoveryAutomation.MANUAL,
          source: `declared: ${procedure}`,
        },
        {
          description: 'people move the users',
          duration: redirectionTime,
          automation: RecoveryAutomation.MANUAL,
          source: `declared: ${procedure}`,
        },
      ],
      decision: [],
    };
  }
}
