import { FailureScope } from '../../../core/failure-scope';
import { booleanOf, reasonOf } from '../../model';
import { defineRule, failed, NOT_APPLICABLE, PASS, undecided } from '../rule';
import { purposeOf } from './buckets';

/** The records in a bucket cannot be deleted for some time. */
export const objectLock = defineRule({
  id: 'RES-STO-004',
  title: 'the records in a bucket cannot be deleted for some time',
  severity: 'warning',
  scope: FailureScope.ACCOUNT,
  why: 'whoever holds the account deletes versions too, unless they are locked',
  fix: 'create the bucket with ObjectLockEnabled, and set a default retention',
  docs: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock.html',
  alsoKnownAs: [
    'SecurityHub:S3.15',
    'Config:S3_BUCKET_DEFAULT_LOCK_ENABLED',
    'Prowler:s3_bucket_object_lock',
    'GuardRegistry:S3_BUCKET_DEFAULT_LOCK_ENABLED',
    'cdk-nag:NIST.800.53.R4-S3BucketDefaultLockEnabled',
    'ControlTower:CT.S3.PR.9',
  ],
  resourceTypes: ['AWS::S3::Bucket'],
  evaluate(bucket, { assembly, careDependsOn }) {
    if (purposeOf(bucket, assembly) === 'logs' || !careDependsOn(bucket)) {
      return NOT_APPLICABLE;
    }
    const enabled = bucket.property('ObjectLockEnabled');
    const retention = bucket.property('ObjectLockConfiguration', 'Rule', 'DefaultRetention');
    const reason = reasonOf(enabled) ?? reasonOf(retention);
    if (reason !== undefined) {
      return undecided(reason, 'Properties.ObjectLockEnabled');
    }
    if (booleanOf(enabled) !== true) {
      return failed('objects are not locked', 'Properties.ObjectLockEnabled');
    }
    return retention.kind === 'absent'
      ? failed('has no default retention', 'Properties.ObjectLockConfiguration')
      : PASS;
  },
});
