import { FailureScope } from '../../../core/failure-scope';
import { entryOf, itemsOf, numberOf, reasonOf, textOf } from '../../model';
import { counted, defineRule, failed, NOT_APPLICABLE, PASS, undecided } from '../rule';
import { purposeOf } from './buckets';

/** Earlier versions in a bucket are kept for two months, and not for ever. */
export const noncurrentVersionsExpire = defineRule({
  id: 'RES-STO-005',
  title: 'earlier versions in a bucket are kept for two months, and not for ever',
  severity: 'warning',
  scope: FailureScope.CORRUPTION,
  why: 'versions that expire too soon are gone before a corruption is noticed, and versions that never expire cost until somebody turns versioning off',
  fix: 'add a lifecycle rule with NoncurrentVersionExpiration of 60 days or more',
  docs: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lifecycle-mgmt.html',
  alsoKnownAs: [
    'SecurityHub:S3.10',
    'SecurityHub:S3.13',
    'Config:S3_VERSION_LIFECYCLE_POLICY_CHECK',
    'Config:S3_LIFECYCLE_POLICY_CHECK',
    'ControlTower:CT.S3.PR.3',
    'ControlTower:CT.S3.PR.6',
  ],
  resourceTypes: ['AWS::S3::Bucket'],
  evaluate(bucket, { assembly }) {
    const isVersioned = textOf(bucket.property('VersioningConfiguration', 'Status')) === 'Enabled';
    if (!isVersioned || purposeOf(bucket, assembly) === 'logs') {
      return NOT_APPLICABLE; // logs are written once
    }
    const rules = bucket.property('LifecycleConfiguration', 'Rules');
    const location = 'Properties.LifecycleConfiguration';
    const limits = itemsOf(rules)
      .filter((rule) => textOf(entryOf(rule, 'Status')) !== 'Disabled')
      .flatMap((rule) => [
        entryOf(entryOf(rule, 'NoncurrentVersionExpiration'), 'NoncurrentDays'),
        entryOf(rule, 'NoncurrentVersionExpirationInDays'),
      ])
      .filter(({ kind }) => kind !== 'absent');
    const reason = reasonOf(rules) ?? limits.map(reasonOf).find((each) => each !== undefined);
    if (reason !== undefined) {
      return undecided(reason, location);
    }
    const days = Math.min(...limits.map((limit) => numberOf(limit) ?? 0));
    if (limits.length === 0) {
      return failed('earlier versions never expire', location);
    }
    return days >= 60 ? PASS : failed(`earlier versions expire after ${counted(days, 'day')}`, location);
  },
});
