import { FailureScope } from '../../../core/failure-scope';
import { defineRule, failed, PASS } from '../rule';

/** A vault has a key of its own. */
export const vaultKey = defineRule({
  id: 'RES-BKP-008',
  title: 'a vault has a key of its own',
  severity: 'warning',
  scope: FailureScope.ACCOUNT,
  why: 'recovery points under the key that AWS manages cannot be copied to another account',
  fix: 'set EncryptionKeyArn to a customer-managed key',
  docs: 'https://docs.aws.amazon.com/aws-backup/latest/devguide/encryption.html',
  alsoKnownAs: [
    'SecurityHub:Backup.1',
    'Config:BACKUP_RECOVERY_POINT_ENCRYPTED',
    'Prowler:backup_recovery_point_encrypted',
    'Prowler:backup_vaults_encrypted',
    'Checkov:CKV_AWS_166',
    'Powerpipe-WA-Reliability:backup_recovery_point_encryption_enabled',
  ],
  resourceTypes: ['AWS::Backup::BackupVault'],
  evaluate(vault) {
    const key = vault.property('EncryptionKeyArn');
    return key.kind === 'absent' ? failed('is under the key that AWS manages', 'Properties.EncryptionKeyArn') : PASS;
  },
});
