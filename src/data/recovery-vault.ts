import { ArnFormat, Duration, Stack } from 'aws-cdk-lib';
import * as backup from 'aws-cdk-lib/aws-backup';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as sns from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { DataProtection } from '../core';
import { fail } from '../core/private/fail';
import type { BackupPolicy } from './backup-policy';
import { notifyOfVault } from './private/backup-notices';
import { lockedVault } from './private/locked-vault';
import { LONGEST_BACKUP_SYSTEM_NAME, requireSystemName } from './private/physical-names';
import { VaultLock } from './vault-lock';

/** Properties of a RecoveryVault. */
export interface RecoveryVaultProps {
  /** The system's name; the vault is called `<systemName>-recovery`. */
  readonly systemName: string;
  /**
   * The policy whose snapshots are copied here. Its retentions bound the lock: a copy kept for less or more is refused.
   *
   * @default - the lock lets in any retention
   */
  readonly policy?: BackupPolicy;
  /**
   * The policy of file shares, whose snapshots are copied here as well.
   *
   * @default - no file shares are copied
   */
  readonly filePolicy?: BackupPolicy;
  /** The customer key that encrypts the copies. */
  readonly encryptionKey: kms.IKey;
  /**
   * Who is told when a copy to this vault fails. `NotificationTopic` makes one that such messages reach.
   *
   * @default - nobody
   */
  readonly notifications?: sns.ITopic;
  /**
   * Whether retention can be shortened.
   *
   * @default VaultLock.governance(), or VaultLock.none() where data may be destroyed with the stack
   */
  readonly vaultLock?: VaultLock;
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
  /** Name of the vault: plain text. */
  public readonly vaultName: string;
  /** ARN of the vault, made of names, so that another Region can use it without a reference to this stack. */
  public readonly vaultArn: string;

  /**
   * @throws InvalidSystemName when a vault name cannot be made of the system's name
   * @throws NothingToCopy when the policy makes no snapshots
   */
  public constructor(scope: Construct, id: string, props: RecoveryVaultProps) {
    super(scope, id);
    requireSystemName(this, props.systemName, LONGEST_BACKUP_SYSTEM_NAME);
    this.vaultName = RecoveryVault.nameFor(props.systemName);
    this.vaultArn = RecoveryVault.arnIn(this, props.systemName, Stack.of(this).region);
    const retentions = this.retentions(props);
    const dataProtection = props.dataProtection ?? DataProtection.retain();
    this.vault = lockedVault(this, 'Vault', {
      name: this.vaultName,
      encryptionKey: props.encryptionKey,
      dataProtection,
      lock: props.vaultLock ?? (dataProtection.retained ? VaultLock.governance() : VaultLock.none()),
      denyDeletion: props.denyRecoveryPointDeletion ?? dataProtection.retained,
      shortest: retentions[0],
      longest: retentions[retentions.length - 1],
    });
    if (props.notifications) {
      notifyOfVault(this.vault, props.notifications, [backup.BackupVaultEvents.COPY_JOB_FAILED]);
    }
  }

  private retentions({ policy, filePolicy }: RecoveryVaultProps): Duration[] {
    if (!policy) {
      return [Duration.days(1), Duration.days(36_500)]; // the widest bounds AWS Backup knows
    }
    if (policy.snapshotRules.length === 0) {
      fail(
        this,
        'NothingToCopy',
        'continuous backups are not copied, and the policy has no other rule; add a snapshot rule',
      );
    }
    const rules = [policy, filePolicy].flatMap((each) => each?.snapshotRules ?? []);
    return rules.map((rule) => rule.retention).sort((a, b) => a.toDays() - b.toDays());
  }
}
