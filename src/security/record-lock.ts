import type { Duration } from 'aws-cdk-lib';
import { fail } from '../core/private/fail';

/** What locking records beyond anyone's reach takes. */
export interface ComplianceLockOptions {
  /**
   * Why it is right that nobody, not even the account's root user, can delete a record or shorten the lock. Written into
   * the template.
   */
  readonly acknowledgeIrreversible: string;
}

/**
 * For how long records, once written, cannot be deleted or overwritten (S3 Object Lock). Object Lock, once on, cannot be
 * taken off a bucket.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock.html
 */
export class RecordLock {
  /**
   * Only principals with `s3:BypassGovernanceRetention` can delete a record before its time.
   *
   * @param period whole days, at least one
   * @throws InvalidRecordLock when the period is not one or more whole days
   */
  public static governance(period: Duration): RecordLock {
    return new RecordLock('GOVERNANCE', period, undefined);
  }

  /**
   * Nobody can delete a record before its time. Mistakes are paid for until then.
   *
   * @param period whole days, at least one
   * @throws InvalidRecordLock when the period is not one or more whole days
   * @throws MissingReason when the acknowledgement is empty
   */
  public static compliance(period: Duration, options: ComplianceLockOptions): RecordLock {
    if (options.acknowledgeIrreversible.trim() === '') {
      fail(
        undefined,
        'MissingReason',
        'acknowledgeIrreversible must say why nobody may ever delete, got an empty string',
      );
    }
    return new RecordLock('COMPLIANCE', period, options.acknowledgeIrreversible);
  }

  private constructor(
    /** `GOVERNANCE` or `COMPLIANCE`. */
    public readonly mode: string,
    /** For how long a record is locked. */
    public readonly period: Duration,
    /** Why the lock may be irreversible, if it is. */
    public readonly acknowledgedIrreversible: string | undefined,
  ) {
    const days = period.isUnresolved() ? Number.NaN : period.toDays({ integral: false });
    if (!(Number.isInteger(days) && days >= 1)) {
      const got = period.isUnresolved() ? 'a token' : period.toHumanString();
      fail(undefined, 'InvalidRecordLock', `a lock must last one or more whole days, known at synthesis, got ${got}`);
    }
  }
}
