import type { Duration } from 'aws-cdk-lib';
import * as backup from 'aws-cdk-lib/aws-backup';
import type * as events from 'aws-cdk-lib/aws-events';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import { DataProtection } from '../core';
import { warn } from '../core/private/warnings';
import { BackupPolicy } from './backup-policy';
import type { ClinicalBackupProps } from './clinical-backup-props';
import type { ScannedBackup } from './malware-scan';
import { requireBackup } from './private/backup-checks';
import { notifyOfFailures, notifyOfScans, notifyOfVault } from './private/backup-notices';
import { BackupPart } from './private/backup-part';
import { backupRecovery } from './private/backup-recovery';
import { backupRole, scannerRole } from './private/backup-roles';
import { mayNotArrive, otherAccount, requireCopies, shareWith } from './private/cross-account-copies';
import { dataKey } from './private/data-key';
import { lockedVault } from './private/locked-vault';
import { LONGEST_BACKUP_SYSTEM_NAME, requireSystemName } from './private/physical-names';
import type { StoreRecovery } from './store-recovery';
import { VaultLock } from './vault-lock';

/**
 * Backs up a system with AWS Backup: one vault, one plan, one selection by ARN, so that a reader of the template can tell
 * what is backed up. File shares have a plan of their own.
 */
export class ClinicalBackup extends Construct {
  /** Name of a system's backup vault. */
  public static vaultNameFor(systemName: string): string {
    return `${systemName}-backup`;
  }

  /** When, how often and for how long; of a system that has only file shares, their policy. */
  public readonly policy: BackupPolicy;
  /** When, how often and for how long file shares are backed up, if there are any. */
  public readonly filePolicy?: BackupPolicy;
  /** The key that encrypts the backups. */
  public readonly encryptionKey: kms.IKey;
  /** The vault. */
  public readonly vault: backup.BackupVault;
  /** The plan; of a system that has only file shares, theirs. An L1, because copies are added to its rules later. */
  public readonly plan: backup.CfnBackupPlan;
  /** What is backed up; of a system that has only file shares, those. */
  public readonly selection: backup.BackupSelection;
  /** The plan of file shares, if there are any. */
  public readonly filePlan?: backup.CfnBackupPlan;
  /** The file shares that are backed up, if there are any. */
  public readonly fileSelection?: backup.BackupSelection;
  /** The role AWS Backup works under. */
  public readonly role: iam.Role;
  /** The role GuardDuty reads recovery points with, where they are scanned. */
  public readonly scannerRole?: iam.Role;
  /** What is scanned for malware; of the rest nothing is known. */
  public readonly scannedKinds: ScannedBackup[];
  /** Rules that report failed jobs, and malware; empty without a topic. */
  public readonly failureRules: events.Rule[];
  private readonly destinations: string[] = [];
  private readonly resources: backup.BackupResource[];
  private readonly sourceKeys: kms.IKey[];

  /**
   * @throws InvalidSystemName when a vault name cannot be made of the system's name
   * @throws InvalidBackup when nothing is backed up, or care depends on the system and backups are kept for less than
   * `BackupPolicy.DWELL_TIME`
   * @throws InvalidMalwareScan when nothing that is backed up can be scanned, no rule makes snapshots, or a rule is not there
   */
  public constructor(scope: Construct, id: string, props: ClinicalBackupProps) {
    super(scope, id);
    requireSystemName(this, props.systemName, LONGEST_BACKUP_SYSTEM_NAME);
    const { resources, files = [] } = props;
    this.resources = resources;
    this.filePolicy = files.length > 0 ? (props.filePolicy ?? BackupPolicy.forFiles(props.objectives)) : undefined;
    const hasOthers = resources.length > 0 || this.filePolicy === undefined;
    const policy = hasOthers ? (props.policy ?? BackupPolicy.forObjectives(props.objectives)) : undefined;
    this.policy = policy ?? (this.filePolicy as BackupPolicy);
    requireBackup(this, props, { policy, filePolicy: this.filePolicy });
    const policies = [policy, this.filePolicy].filter((each) => each !== undefined);
    const dataProtection = props.dataProtection ?? DataProtection.retain();
    this.encryptionKey =
      props.encryptionKey ?? dataKey(this, 'Key', `Encrypts the backups of ${props.systemName}`, dataProtection);
    this.sourceKeys = props.sourceKeys ?? [];
    this.vault = lockedVault(this, 'Vault', {
      name: ClinicalBackup.vaultNameFor(props.systemName),
      encryptionKey: this.encryptionKey,
      dataProtection,
      lock: props.vaultLock ?? (dataProtection.retained ? VaultLock.governance() : VaultLock.none()),
      denyDeletion: props.denyRecoveryPointDeletion ?? dataProtection.retained,
      shortest: shortest(policies.map((each) => each.shortestRetention)),
      longest: longest(policies.map((each) => each.longestRetention)),
    });
    const { malwareScan } = props;
    this.scannedKinds = malwareScan?._kindsIn([...resources, ...files]) ?? [];
    this.role = backupRole(this, resources, malwareScan);
    this.scannerRole = malwareScan && scannerRole(this);
    const { vault, role, scannerRole: scanner, destinations } = this;
    const shared = { vault, role, malwareScan, scannerRole: scanner, destinations };
    const others =
      policy &&
      new BackupPart(this, '', { ...shared, name: props.systemName, policy, resources, exclusions: props.exclusions });
    const ours =
      this.filePolicy &&
      new BackupPart(this, 'File', {
        ...shared,
        name: `${props.systemName}-files`,
        policy: this.filePolicy,
        resources: files,
      });
    const first = (others ?? ours) as BackupPart;
    this.plan = first.plan;
    this.selection = first.selection;
    this.filePlan = ours?.plan;
    this.fileSelection = ours?.selection;
    this.failureRules = this.notify(props);
  }

  /**
   * Copy every snapshot to another vault, to be kept there as long as here. Continuous backups are not copied. The vault
   * must exist when this stack is deployed. In another account its policy must allow it (`IsolatedVault`), and that account is
   * allowed to use the keys of the backups and of `sourceKeys`. Calling this again with the same vault changes nothing.
   *
   * AWS Backup copies an Aurora cluster in full every time: storage there grows with every copy kept. Of databases of Amazon RDS and
   * Aurora it may copy to another account or to another Region only, not to both in one step: a warning asks for two calls, and such a
   * copy counts for no objective.
   *
   * @param vaultArn ARN of the vault, for example `RecoveryVault.arnIn(…)`
   * @throws InvalidCopyDestination when it is no ARN of a vault, or one in another partition
   * @throws NotCopied when a Multi-AZ DB cluster is backed up, of which AWS Backup makes no copies
   * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/cross-region-backup.html
   */
  public copyTo(vaultArn: string): void {
    if (this.destinations.includes(vaultArn)) {
      return;
    }
    requireCopies(this, vaultArn, this.resources);
    this.destinations.push(vaultArn);
    if (mayNotArrive(this, vaultArn, this.resources)) {
      warn(
        this,
        'databaseCopiedInOneStep',
        `copies of databases of Amazon RDS and Aurora may not arrive in ${vaultArn}, which is in another account and another Region at once; copy to a vault of another account in this Region (IsolatedVault), and to one of this account in another Region (RecoveryVault)`,
      );
    }
    const account = otherAccount(this, vaultArn);
    if (account) {
      for (const key of new Set([this.encryptionKey, ...this.sourceKeys])) {
        shareWith(key, account);
      }
    }
  }

  /**
   * What backups of all but file shares bring to recovery, and, where they are copied, when the Region is lost. Of a system
   * that has only file shares, what theirs do. A continuous rule takes snapshots of tables, which are restored to a moment by
   * themselves: see `TableStoreConfig.recovery`.
   */
  public get recovery(): StoreRecovery[] {
    const sure = this.destinations.filter((vaultArn) => !mayNotArrive(this, vaultArn, this.resources));
    return backupRecovery(this, this.policy, sure);
  }

  /** What backups of file shares bring to recovery; empty if there are none. */
  public get fileRecovery(): StoreRecovery[] {
    return this.filePolicy ? backupRecovery(this, this.filePolicy, this.destinations) : [];
  }

  private notify({ notifications: topic, deadLetterQueue, malwareScan }: ClinicalBackupProps): events.Rule[] {
    if (!topic) {
      return [];
    }
    notifyOfVault(this.vault, topic, [backup.BackupVaultEvents.S3_BACKUP_OBJECT_FAILED]);
    const { backupVaultArn } = this.vault;
    return [
      ...notifyOfFailures(this, backupVaultArn, topic, deadLetterQueue),
      ...(malwareScan ? notifyOfScans(this, backupVaultArn, topic, deadLetterQueue) : []),
    ];
  }
}

function byMinutes(a: Duration, b: Duration): number {
  return a.toMinutes() - b.toMinutes();
}

function shortest(durations: Duration[]): Duration {
  return [...durations].sort(byMinutes)[0];
}

function longest(durations: Duration[]): Duration {
  return [...durations].sort(byMinutes)[durations.length - 1];
}
