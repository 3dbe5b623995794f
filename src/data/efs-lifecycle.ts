import * as efs from 'aws-cdk-lib/aws-efs';
import { fail } from '../core/private/fail';

/** When files nobody opens move to Archive storage. */
export interface EfsArchiveOptions {
  /**
   * When they first move to Infrequent Access.
   *
   * @default efs.LifecyclePolicy.AFTER_30_DAYS
   */
  readonly infrequentAccessAfter?: efs.LifecyclePolicy;
  /**
   * When they move on to Archive.
   *
   * @default efs.LifecyclePolicy.AFTER_90_DAYS
   */
  readonly archiveAfter?: efs.LifecyclePolicy;
}

/**
 * Where Amazon EFS keeps files that nobody opens. Colder classes cost less to keep and more to read, and the first byte
 * comes in tens of milliseconds instead of one. All of them are kept in three or more zones, and a file that is opened comes
 * back to Standard.
 *
 * @see https://docs.aws.amazon.com/efs/latest/ug/lifecycle-management-efs.html
 */
export class EfsLifecycle {
  /** Everything stays in Standard. For files that are few and always in use. */
  public static standardOnly(): EfsLifecycle {
    return new EfsLifecycle(undefined, undefined);
  }

  /** To Infrequent Access when nobody has opened a file for a time. */
  public static infrequentAccess(after?: efs.LifecyclePolicy): EfsLifecycle {
    return new EfsLifecycle(after ?? efs.LifecyclePolicy.AFTER_30_DAYS, undefined);
  }

  /**
   * To Infrequent Access, and later to Archive, which is for what is read a few times a year. Needs elastic throughput.
   *
   * @throws InvalidEfsLifecycle when files would be archived no later than they leave Standard
   */
  public static archive(options: EfsArchiveOptions = {}): EfsLifecycle {
    const first = options.infrequentAccessAfter ?? efs.LifecyclePolicy.AFTER_30_DAYS;
    const then = options.archiveAfter ?? efs.LifecyclePolicy.AFTER_90_DAYS;
    if (days(then) <= days(first)) {
      fail(
        undefined,
        'InvalidEfsLifecycle',
        `archiveAfter must be later than infrequentAccessAfter, got ${then} and ${first}`,
      );
    }
    return new EfsLifecycle(first, then);
  }

  private constructor(
    /** When files move to Infrequent Access, if they do. */
    public readonly infrequentAccessAfter: efs.LifecyclePolicy | undefined,
    /** When they move to Archive, if they do. */
    public readonly archiveAfter: efs.LifecyclePolicy | undefined,
  ) {}
}

/** `AFTER_30_DAYS` is 30. */
function days(policy: efs.LifecyclePolicy): number {
  return Number(policy.split('_')[1]);
}
