import { FailureScope } from '../../../core/failure-scope';
import { entryOf, itemsOf, reasonOf, textOf, type Value } from '../../model';
import { defineRule, failed, PASS, undecided } from '../rule';

/** A vault refuses to delete recovery points early. */
export const vaultRefusesDeletion = defineRule({
  id: 'RES-BKP-006',
  title: 'a vault refuses to delete recovery points early',
  severity: 'error',
  scope: FailureScope.ACCOUNT,
  why: 'ransomware deletes the backups first',
  fix: 'add a LockConfiguration, or deny backup:DeleteRecoveryPoint in the AccessPolicy',
  docs: 'https://docs.aws.amazon.com/aws-backup/latest/devguide/vault-lock.html',
  alsoKnownAs: [
    'Config:BACKUP_RECOVERY_POINT_MANUAL_DELETION_DISABLED',
    'Powerpipe-WA-Reliability:backup_recovery_point_manual_deletion_disabled',
  ],
  resourceTypes: ['AWS::Backup::BackupVault'],
  evaluate(vault) {
    const [lock, policy] = [vault.property('LockConfiguration'), vault.property('AccessPolicy')];
    if (lock.kind === 'dictionary' || itemsOf(entryOf(policy, 'Statement')).some(deniesDeletion)) {
      return PASS;
    }
    const reason = reasonOf(lock) ?? reasonOf(policy);
    return reason === undefined
      ? failed('recovery points can be deleted by hand', 'Properties.LockConfiguration')
      : undecided(reason, 'Properties.LockConfiguration');
  },
});

const DELETION = /^(\*|backup:\*|backup:Delete\*|backup:DeleteRecoveryPoint)$/i;

function deniesDeletion(statement: Value): boolean {
  const denies = textOf(entryOf(statement, 'Effect')) === 'Deny';
  return denies && itemsOf(entryOf(statement, 'Action')).some((action) => DELETION.test(textOf(action) ?? ''));
}
