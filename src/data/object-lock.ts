import type { Duration } from 'aws-cdk-lib';
import { ObjectLockRetention } from 'aws-cdk-lib/aws-s3';
import { fail, Problems } from '../core/private/fail';

/** What locking documents beyond anybody's reach takes. */
export interface IrreversibleObjectLockOptions {
  /**
   * Why it is right that nobody, neither root nor AWS, can delete a document before its retention ends, for example `records
   * law of the state, counsel's note of 2026-03-02`.
   */
  readonly acknowledgeIrreversible: string;
}

/**
 * Whether versions of documents are locked against deletion. A bucket keeps Object Lock for good: choosing it, or leaving
 * it, later replaces the bucket.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock.html
 */
export class ObjectLock {
  /** No lock. Versioning still keeps deleted and overwritten documents for the retention of noncurrent versions. */
  public static none(): ObjectLock {
    return new ObjectLock(undefined);
  }

  /**
   * Every new version is locked for a time; only who holds `s3:BypassGovernanceRetention` can delete it.
   *
   * @throws InvalidObjectLock when the retention is not one or more whole days
   */
  public static governance(retention: Duration): ObjectLock {
    requireDays(retention);
    return new ObjectLock(ObjectLockRetention.governance(retention));
  }

  /**
   * Every new version is locked for a time, and nobody can delete it, whatever happens. The bill cannot be stopped either.
   *
   * @throws InvalidObjectLock when the retention is not one or more whole days
   * @throws MissingReason when the acknowledgement is empty
   */
  public static compliance(retention: Duration, options: IrreversibleObjectLockOptions): ObjectLock {
    requireDays(retention);
    if (options.acknowledgeIrreversible.trim() === '') {
      fail(
        undefined,
        'MissingReason',
        'acknowledgeIrreversible must say why nobody may ever unlock these documents, got an empty string',
      );
    }
    return new ObjectLock(ObjectLockRetention.compliance(retention));
  }

  private constructor(
    /** The retention every new version gets, if it is locked. */
    public readonly defaultRetention: ObjectLockRetention | undefined,
  ) {}
}

function requireDays(retention: Duration): void {
  const problems = new Problems(undefined, 'InvalidObjectLock');
  const known = !retention.isUnresolved();
  problems.require(
    known && retention.toDays({ integral: false }) >= 1 && Number.isInteger(retention.toDays({ integral: false })),
    `the retention of an object lock must be one or more whole days known at synthesis, got ${known ? retention.toHumanString() : 'a token'}`,
  );
  problems.throwIfAny();
}
