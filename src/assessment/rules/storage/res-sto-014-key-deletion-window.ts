import { FailureScope } from '../../../core/failure-scope';
import { numberOf, reasonOf } from '../../model';
import { counted, defineRule, failed, PASS, undecided } from '../rule';

/** A key waits as long as it can before it is deleted. */
export const keyDeletionWindow = defineRule({
  id: 'RES-STO-014',
  title: 'a key waits as long as it can before it is deleted',
  severity: 'error',
  scope: FailureScope.DELETION,
  why: 'what a deleted key encrypted is gone, backups included, and the waiting time is the only way back',
  fix: 'leave PendingWindowInDays out, or set it to 30',
  docs: 'https://docs.aws.amazon.com/kms/latest/developerguide/deleting-keys.html',
  alsoKnownAs: [
    'SecurityHub:KMS.3',
    'Config:KMS_CMK_NOT_SCHEDULED_FOR_DELETION',
    'GuardRegistry:KMS_CMK_NOT_SCHEDULED_FOR_DELETION',
  ],
  resourceTypes: ['AWS::KMS::Key', 'AWS::KMS::ReplicaKey'],
  evaluate(key) {
    const value = key.property('PendingWindowInDays');
    const location = 'Properties.PendingWindowInDays';
    const reason = reasonOf(value);
    if (reason !== undefined) {
      return undecided(reason, location);
    }
    const number = numberOf(value) ?? 30;
    return number >= 30 ? PASS : failed(`waits ${counted(number, 'day')}`, location);
  },
});
