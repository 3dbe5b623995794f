import { ArnFormat, Stack } from 'aws-cdk-lib';
import type * as backup from 'aws-cdk-lib/aws-backup';
import type * as kms from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import { DataProtection } from '../core';
import { fail } from '../core/private/fail';
import type { BackupPolicy } from './backup-policy';
import { lockedVault } from './private/locked-vault';
import { LONGEST_BACKUP_SYSTEM_NAME, requireSystemName } from './private/physical-names';
import { VaultLock } from './vault-lock';

/** Properties of a RecoveryVault. */
export interface RecoveryVaultProps {
  /** The system's name; the vault is called `<systemName>-recovery`. */
  readonly systemName: string;
  /** The policy whose snapshots are copied here. Its retentions bound the lock. */
  readonly policy: BackupPolicy;
  /** The customer key that encrypts the copies. */
  readonly encryptionKey: kms.IKey;
  /**
   * Whether retention can be shortened.
   *
   * @default VaultLock.governance(), or VaultLock.none() where data may be destroyed with the stack
   */
  readonly lock?: VaultLock;
  /**
   * Deny everybody, by the vault's policy, to delete a recovery point by hand. Retention still ends by itself.
   *
   * @default true, or false where data may be destroyed with the stack
   */
  readonly denyRecoveryPointDeletion?: boolean;
  /**
   * What becomes of the vault when it is removed. A vault that holds recovery points cannot be deleted.
   *
   * @default DataProtection.retain()
   */
  readonly dataProtection?: DataProtection;
}

/** Where the copies of another Region's backups land. Its name is plain text, so that the other Region can name it. */
export class RecoveryVault extends Construct {
  /** Name of a system's recovery vault. */
  public static nameFor(systemName: string): string {
    return `${systemName}-recovery`;
  }

  /**
   * ARN of a system's recovery vault in another Region of this account: what `ClinicalBackup.copyTo` takes.
   *
   * @param scope a construct in the account and partition of the vault
   */
  public static arnIn(scope: Construct, systemName: string, region: string): string {
    return Stack.of(scope).formatArn({
      service: 'backup',
      region,
      resource: 'backup-vault',
      resourceName: RecoveryVault.nameFor(systemName),
      arnFormat: ArnFormat.COLON_RESOURCE_NAME,
    });
  }

  /** The vault. */
  public readonly vault: backup.BackupVault;

  /**
   * @throws InvalidSystemName when a vault name cannot be made of the system's name
   * @throws NothingToCopy when the policy makes no snapshots
   */
  public constructor(scope: Construct, id: string, props: RecoveryVaultProps) {
    super(scope, id);
    requireSystemName(this, props.systemName, LONGEST_BACKUP_SYSTEM_NAME);
    const days = props.policy.snapshotRules.map((rule) => rule.retention).sort((a, b) => a.toDays() - b.toDays());
    if (days.length === 0) {
      fail(
        this,
        'NothingToCopy',
        'continuous backups are not copied, and the policy has no other rule; add a snapshot rule',
      );
    }
    const dataProtection = props.dataProtection ?? DataProtection.retain();
    this.vault = lockedVault(this, 'Vault', {
      name: RecoveryVault.nameFor(props.systemName),
      encryptionKey: props.encryptionKey,
      dataProtection,
      lock: props.lock ?? (dataProtection.retained ? VaultLock.governance() : VaultLock.none()),
      denyDeletion: props.denyRecoveryPointDeletion ?? dataProtection.retained,
      shortest: days[0],
      longest: days[days.length - 1],
    });
  }
}
