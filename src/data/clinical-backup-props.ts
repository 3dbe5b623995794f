import type * as backup from 'aws-cdk-lib/aws-backup';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as sns from 'aws-cdk-lib/aws-sns';
import type * as sqs from 'aws-cdk-lib/aws-sqs';
import type { DataProtection, ResilienceObjectives } from '../core';
import type { BackupPolicy } from './backup-policy';
import type { MalwareScan } from './malware-scan';
import type { VaultLock } from './vault-lock';

/** Properties of a ClinicalBackup. */
export interface ClinicalBackupProps {
  /** The system's name; the vault is called `<systemName>-backup`. */
  readonly systemName: string;
  /** What is backed up: the `backupResources` of databases, document stores and tables. */
  readonly resources: backup.BackupResource[];
  /**
   * File shares: their `backupResources`. AWS Backup can only take snapshots of them, so they are in a plan of their own.
   *
   * @default - none
   */
  readonly files?: backup.BackupResource[];
  /**
   * ARNs among `resources` that AWS Backup leaves out for now: replicas that it cannot take snapshots of before they are promoted. The vault and
   * the plan are there all the same, so that nothing that holds backups comes and goes with who is active.
   *
   * @default - none
   */
  readonly exclusions?: string[];
  /** What the backups must achieve. */
  readonly objectives: ResilienceObjectives;
  /**
   * When, how often and for how long.
   *
   * @default BackupPolicy.forObjectives(objectives)
   */
  readonly policy?: BackupPolicy;
  /**
   * When, how often and for how long file shares are backed up. A continuous rule is refused.
   *
   * @default BackupPolicy.forFiles(objectives)
   */
  readonly filePolicy?: BackupPolicy;
  /**
   * The customer key that encrypts the backups.
   *
   * @default - a new key with rotation
   */
  readonly encryptionKey?: kms.IKey;
  /**
   * The keys of what is backed up. Another account that recovery points are copied to is allowed to use them, or it could not read
   * what it copies. A key that was imported has to be shared by whoever owns it.
   *
   * @default - none: what is backed up is not copied to another account
   */
  readonly sourceKeys?: kms.IKey[];
  /**
   * Who is told when a backup or a copy fails. `NotificationTopic` makes one that such messages reach.
   *
   * @default - nobody
   */
  readonly notifications?: sns.ITopic;
  /**
   * Keeps a message about a failure that could not be sent, for example `UndeliveredEvents`. In the account and Region of the
   * backup.
   *
   * @default - it is dropped
   */
  readonly deadLetterQueue?: sqs.IQueue;
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
   * Whether new snapshots are scanned for malware. `notifications` hears of what is found, and of scans that fail or are left out in part.
   *
   * @default - not by AWS Backup
   */
  readonly malwareScan?: MalwareScan;
  /**
   * What becomes of the vault when it is removed. A vault that holds recovery points cannot be deleted.
   *
   * @default DataProtection.retain()
   */
  readonly dataProtection?: DataProtection;
}
