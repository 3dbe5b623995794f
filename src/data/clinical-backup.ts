import { Duration, Lazy } from 'aws-cdk-lib';
import * as backup from 'aws-cdk-lib/aws-backup';
import type * as events from 'aws-cdk-lib/aws-events';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as sns from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { DataProtection, FailureScope, type ResilienceObjectives } from '../core';
import { acknowledge } from '../core/private/acknowledgements';
import { Problems } from '../core/private/fail';
import { ManagedPolicyRole } from '../core/private/managed-policy-role';
import { BackupPolicy, type BackupRule } from './backup-policy';
import { notifyOfFailures, notifyOfVault } from './private/backup-notices';
import { dataKey } from './private/data-key';
import { lockedVault } from './private/locked-vault';
import { LONGEST_BACKUP_SYSTEM_NAME, requireSystemName } from './private/physical-names';
import type { StoreRecovery } from './store-recovery';
import { VaultLock } from './vault-lock';

/** Properties of a ClinicalBackup. */
export interface ClinicalBackupProps {
  /** The system's name; the vault is called `<systemName>-backup`. */
  readonly systemName: string;
  /** What is backed up: the `backupResources` of databases and document stores. */
  readonly resources: backup.BackupResource[];
  /** What the backups must achieve. */
  readonly objectives: ResilienceObjectives;
  /**
   * When, how often and for how long.
   *
   * @default BackupPolicy.forObjectives(objectives)
   */
  readonly policy?: BackupPolicy;
  /**
   * The customer key that encrypts the backups.
   *
   * @default - a new key with rotation
   */
  readonly encryptionKey?: kms.IKey;
  /**
   * Who is told when a backup or a copy fails. `NotificationTopic` makes one that such messages reach.
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

/** A copy AWS Backup makes of every snapshot. */
interface Destination {
  readonly vaultArn: string;
}

/**
 * Backs up a system with AWS Backup: one vault, one plan, one selection by ARN, so that a reader of the template can tell
 * what is backed up.
 */
export class ClinicalBackup extends Construct {
  /** Name of a system's backup vault. */
  public static vaultNameFor(systemName: string): string {
    return `${systemName}-backup`;
  }

  /** When, how often and for how long. */
  public readonly policy: BackupPolicy;
  /** The key that encrypts the backups. */
  public readonly encryptionKey: kms.IKey;
  /** The vault. */
  public readonly vault: backup.BackupVault;
  /** The plan. An L1, because copies are added to its rules later. */
  public readonly plan: backup.CfnBackupPlan;
  /** What is backed up. */
  public readonly selection: backup.BackupSelection;
  /** The role AWS Backup works under. */
  public readonly role: iam.Role;
  /** Rules that report failed jobs; empty without a topic. */
  public readonly failureRules: events.Rule[];
  private readonly destinations: Destination[] = [];

  /**
   * @throws InvalidSystemName when a vault name cannot be made of the system's name
   * @throws InvalidBackup when nothing is backed up, or care depends on the system and backups are kept for less than
   * `BackupPolicy.DWELL_TIME`
   */
  public constructor(scope: Construct, id: string, props: ClinicalBackupProps) {
    super(scope, id);
    requireSystemName(this, props.systemName, LONGEST_BACKUP_SYSTEM_NAME);
    this.policy = props.policy ?? BackupPolicy.forObjectives(props.objectives);
    this.validate(props);
    const dataProtection = props.dataProtection ?? DataProtection.retain();
    this.encryptionKey =
      props.encryptionKey ?? dataKey(this, 'Key', `Encrypts the backups of ${props.systemName}`, dataProtection);
    this.vault = lockedVault(this, 'Vault', {
      name: ClinicalBackup.vaultNameFor(props.systemName),
      encryptionKey: this.encryptionKey,
      dataProtection,
      lock: props.vaultLock ?? (dataProtection.retained ? VaultLock.governance() : VaultLock.none()),
      denyDeletion: props.denyRecoveryPointDeletion ?? dataProtection.retained,
      shortest: this.policy.shortestRetention,
      longest: this.policy.longestRetention,
    });
    this.plan = new backup.CfnBackupPlan(this, 'Plan', {
      backupPlan: {
        backupPlanName: props.systemName,
        backupPlanRule: Lazy.any({ produce: () => this.policy.rules.map((rule) => this.renderRule(rule)) }),
      },
    });
    this.role = this.makeRole(props.resources);
    this.selection = new backup.BackupSelection(this, 'Selection', {
      backupPlan: this.plan,
      backupSelectionName: props.systemName,
      resources: props.resources,
      role: this.role,
      disableDefaultBackupPolicy: true, // attached above, with what S3 needs
    });
    this.failureRules = this.notify(props.notifications);
  }

  /**
   * Copy every snapshot to another vault, to be kept there as long as here. Continuous backups are not copied. The vault
   * must exist when this stack is deployed; in another account, its policy must allow it. Calling this again with the same
   * vault changes nothing.
   *
   * AWS Backup copies an Aurora cluster in full every time: storage there grows with every copy kept.
   *
   * @param vaultArn ARN of the vault, for example `RecoveryVault.arnIn(…)`
   * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/cross-region-backup.html
   */
  public copyTo(vaultArn: string): void {
    if (!this.destinations.some((destination) => destination.vaultArn === vaultArn)) {
      this.destinations.push({ vaultArn });
    }
  }

  /** What backups bring to recovery, and, where they are copied, when the Region is lost. */
  public get recovery(): StoreRecovery[] {
    const point = this.policy.rules.map((rule) => rule.every).sort((a, b) => a.toMinutes() - b.toMinutes())[0];
    const local = [FailureScope.DELETION, FailureScope.CORRUPTION].map((scope) => ({
      scope,
      mechanism: 'AWS Backup restore',
      recoveryPoint: point,
      source: 'https://docs.aws.amazon.com/aws-backup/latest/devguide/point-in-time-recovery.html',
    }));
    const recoveryPoint = this.policy.copyRecoveryPoint;
    if (this.destinations.length === 0 || recoveryPoint === undefined) {
      return local;
    }
    return [
      ...local,
      {
        scope: FailureScope.REGION,
        mechanism: 'AWS Backup restore from a copy',
        recoveryPoint,
        source: 'judgement: interval of the snapshots, their start window and one hour to copy',
      },
    ];
  }

  private notify(topic: sns.ITopic | undefined): events.Rule[] {
    if (!topic) {
      return [];
    }
    notifyOfVault(this.vault, topic, [backup.BackupVaultEvents.S3_BACKUP_OBJECT_FAILED]);
    return notifyOfFailures(this, this.vault.backupVaultArn, topic);
  }

  private validate(props: ClinicalBackupProps): void {
    const problems = new Problems(this, 'InvalidBackup');
    problems.require(props.resources.length > 0, 'a backup of nothing is none, got no resources');
    const days = this.policy.longestRetention.toDays();
    problems.require(
      !props.objectives.careDependsOnIt || days >= BackupPolicy.DWELL_TIME.toDays(),
      `care depends on this system, so backups must outlast an intruder nobody has noticed, ${BackupPolicy.DWELL_TIME.toDays()} days, got ${days}`,
    );
    problems.throwIfAny();
  }

  private renderRule(rule: BackupRule): backup.CfnBackupPlan.BackupRuleResourceTypeProperty {
    const lifecycle = { deleteAfterDays: rule.retention.toDays() };
    const copied = !rule.continuous && this.destinations.length > 0;
    return {
      ruleName: rule.name,
      targetBackupVault: this.vault.backupVaultName,
      scheduleExpression: rule.schedule,
      scheduleExpressionTimezone: 'UTC',
      startWindowMinutes: (rule.startWindow ?? Duration.hours(1)).toMinutes(),
      completionWindowMinutes: (rule.completionWindow ?? Duration.hours(12)).toMinutes(),
      enableContinuousBackup: rule.continuous ? true : undefined,
      lifecycle,
      copyActions: copied
        ? this.destinations.map(({ vaultArn }) => ({ destinationBackupVaultArn: vaultArn, lifecycle }))
        : undefined,
    };
  }

  /** https://docs.aws.amazon.com/aws-backup/latest/devguide/iam-service-roles.html */
  private makeRole(resources: backup.BackupResource[]): iam.Role {
    const hasBucket = resources.some(({ resource }) => resource?.includes(':s3:::'));
    const policies = [
      'service-role/AWSBackupServiceRolePolicyForBackup',
      ...(hasBucket ? ['AWSBackupServiceRolePolicyForS3Backup'] : []),
    ];
    const role = new ManagedPolicyRole(this, 'Role', {
      description: 'Lets AWS Backup make and copy recovery points',
      assumedBy: new iam.ServicePrincipal('backup.amazonaws.com'),
      managedPolicies: policies.map((name) => iam.ManagedPolicy.fromAwsManagedPolicyName(name)),
    });
    acknowledge(
      role,
      'awsManagedServicePolicy',
      policies.map((name) => `Policy::arn:<AWS::Partition>:iam::aws:policy/${name}`),
    );
    return role;
  }
}
