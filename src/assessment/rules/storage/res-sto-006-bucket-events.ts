import { FailureScope } from '../../../core/failure-scope';
import { entryOf, reasonOf } from '../../model';
import { defineRule, failed, NOT_APPLICABLE, PASS, undecided } from '../rule';
import { purposeOf } from './buckets';

/** A bucket tells when objects come and go. */
export const bucketEvents = defineRule({
  id: 'RES-STO-006',
  title: 'a bucket tells when objects come and go',
  severity: 'warning',
  scope: FailureScope.CORRUPTION,
  why: 'AWS Backup restores a bucket to a moment only while its events go to EventBridge, and mass deletions are seen by nobody else',
  fix: 'set NotificationConfiguration.EventBridgeConfiguration.EventBridgeEnabled to true',
  docs: 'https://docs.aws.amazon.com/aws-backup/latest/devguide/point-in-time-recovery.html',
  alsoKnownAs: ['SecurityHub:S3.11', 'Config:S3_EVENT_NOTIFICATIONS_ENABLED', 'ControlTower:CT.S3.PR.4'],
  resourceTypes: ['AWS::S3::Bucket'],
  evaluate(bucket, { assembly, careDependsOn }) {
    if (purposeOf(bucket, assembly) !== 'records' || !careDependsOn(bucket)) {
      return NOT_APPLICABLE;
    }
    const configuration = bucket.property('NotificationConfiguration');
    const location = 'Properties.NotificationConfiguration';
    const reason = reasonOf(configuration);
    if (reason !== undefined) {
      return undecided(reason, location);
    }
    const targets = ['EventBridgeConfiguration', 'TopicConfigurations', 'QueueConfigurations', 'LambdaConfigurations'];
    const told = targets.some((target) => entryOf(configuration, target).kind !== 'absent');
    return told ? PASS : failed('sends no events', location);
  },
});
