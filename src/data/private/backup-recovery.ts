import type { Construct } from 'constructs';
import { FailureScope } from '../../core';
import type { BackupPolicy } from '../backup-policy';
import type { StoreRecovery } from '../store-recovery';
import { inOtherAccount, inOtherRegion } from './cross-account-copies';

/** What backups by a policy bring to recovery: where they are, and which vaults their copies are sure to arrive in. */
export function backupRecovery(
  scope: Construct,
  policy: BackupPolicy,
  destinations: readonly string[],
): StoreRecovery[] {
  return [
    ...[FailureScope.DELETION, FailureScope.CORRUPTION].map((each) => ({
      scope: each,
      mechanism: 'AWS Backup restore',
      recoveryPoint: policy.restoreRecoveryPoint,
      source: 'https://docs.aws.amazon.com/aws-backup/latest/devguide/point-in-time-recovery.html',
    })),
    ...(destinations.some((vaultArn) => inOtherAccount(scope, vaultArn))
      ? fromCopies(FailureScope.ACCOUNT, 'AWS Backup restore from a copy in another account', policy)
      : []),
    ...(destinations.some((vaultArn) => inOtherRegion(scope, vaultArn))
      ? fromCopies(FailureScope.REGION, 'AWS Backup restore from a copy', policy)
      : []),
  ];
}

/** None where the policy makes no snapshots: nothing else is copied. */
function fromCopies(scope: FailureScope, mechanism: string, { copyRecoveryPoint }: BackupPolicy): StoreRecovery[] {
  const source = 'judgement: interval of the snapshots, their start window and one hour to copy';
  return copyRecoveryPoint ? [{ scope, mechanism, recoveryPoint: copyRecoveryPoint, source }] : [];
}
