import { Duration, Lazy } from 'aws-cdk-lib';
import * as backup from 'aws-cdk-lib/aws-backup';
import type * as events from 'aws-cdk-lib/aws-events';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as sns from 'aws-cdk-lib/aws-sns';
import type * as sqs from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { DataProtection, FailureScope, type ResilienceObjectives } from '../core';
import { acknowledge } from '../core/private/acknowledgements';
import { Problems } from '../core/private/fail';
import { ManagedPolicyRole } from '../core/private/managed-policy-role';
import { BackupPolicy, type BackupRule } from './backup-policy';
import type { MalwareScan, ScannedBackup } from './malware-scan';
import { notifyOfFailures, notifyOfScans, notifyOfVault } from './private/backup-notices';
import { inOtherAccount, inOtherRegion, otherAccount, shareWith } from './private/cross-account-copies';
import { dataKey } from './private/data-key';
import { lockedVault } from './private/locked-vault';
import { LONGEST_BACKUP_SYSTEM_NAME, requireSystemName } from './private/physical-names';
import type { StoreRecovery } from './store-recovery';
import { VaultLock } from './vault-lock';

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

/** A copy AWS Backup makes of every snapshot. */
interface Destination {
  readonly vaultArn: string;
}

/** A plan and what it backs up. */
interface Part {
  readonly plan: backup.CfnBackupPlan;
  readonly selection: backup.BackupSelection;
}

/** What a plan makes of what, and what of it is scanned. */
interface PartProps {
  readonly name: string;
  readonly policy: BackupPolicy;
  readonly resources: backup.BackupResource[];
  readonly malwareScan?: MalwareScan;
}

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
  private readonly destinations: Destination[] = [];
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
    this.filePolicy = files.length > 0 ? (props.filePolicy ?? BackupPolicy.forFiles(props.objectives)) : undefined;
    const hasOthers = resources.length > 0 || this.filePolicy === undefined;
    const policy = hasOthers ? (props.policy ?? BackupPolicy.forObjectives(props.objectives)) : undefined;
    this.policy = policy ?? (this.filePolicy as BackupPolicy);
    const policies = [policy, this.filePolicy].filter((each) => each !== undefined);
    this.validate(props, policies);
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
    this.role = this.makeRole(resources, malwareScan);
    this.scannerRole = malwareScan && this.makeScannerRole();
    const others = policy && this.part('', { name: props.systemName, policy, resources, malwareScan });
    const ours =
      this.filePolicy &&
      this.part('File', { name: `${props.systemName}-files`, policy: this.filePolicy, resources: files, malwareScan });
    const first = (others ?? ours) as Part;
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
   * AWS Backup copies an Aurora cluster in full every time: storage there grows with every copy kept.
   *
   * @param vaultArn ARN of the vault, for example `RecoveryVault.arnIn(…)`
   * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/cross-region-backup.html
   */
  public copyTo(vaultArn: string): void {
    if (this.destinations.some((destination) => destination.vaultArn === vaultArn)) {
      return;
    }
    this.destinations.push({ vaultArn });
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
    return this.recoveryBy(this.policy, this.policy.restoreRecoveryPoint);
  }

  /** What backups of file shares bring to recovery; empty if there are none. */
  public get fileRecovery(): StoreRecovery[] {
    return this.filePolicy ? this.recoveryBy(this.filePolicy, this.filePolicy.restoreRecoveryPoint) : [];
  }

  private recoveryBy(policy: BackupPolicy, point: Duration): StoreRecovery[] {
    const local = [FailureScope.DELETION, FailureScope.CORRUPTION].map((scope) => ({
      scope,
      mechanism: 'AWS Backup restore',
      recoveryPoint: point,
      source: 'https://docs.aws.amazon.com/aws-backup/latest/devguide/point-in-time-recovery.html',
    }));
    const recoveryPoint = policy.copyRecoveryPoint;
    if (this.destinations.length === 0 || recoveryPoint === undefined) {
      return local;
    }
    const copied = (
      scope: FailureScope,
      mechanism: string,
      survives: (vaultArn: string) => boolean,
    ): StoreRecovery[] =>
      this.destinations.some(({ vaultArn }) => survives(vaultArn))
        ? [
            {
              scope,
              mechanism,
              recoveryPoint,
              source: 'judgement: interval of the snapshots, their start window and one hour to copy',
            },
          ]
        : [];
    return [
      ...local,
      ...copied(FailureScope.ACCOUNT, 'AWS Backup restore from a copy in another account', (vaultArn) =>
        inOtherAccount(this, vaultArn),
      ),
      ...copied(FailureScope.REGION, 'AWS Backup restore from a copy', (vaultArn) => inOtherRegion(this, vaultArn)),
    ];
  }

  private part(prefix: string, { name, policy, resources, malwareScan }: PartProps): Part {
    const kinds = malwareScan?._kindsIn(resources) ?? [];
    const scan = kinds.length > 0 ? malwareScan : undefined;
    const plan = new backup.CfnBackupPlan(this, `${prefix}Plan`, {
      backupPlan: {
        backupPlanName: name,
        backupPlanRule: Lazy.any({ produce: () => policy.rules.map((rule) => this.renderRule(rule, scan)) }),
        scanSettings: scan && [
          { malwareScanner: 'GUARDDUTY', resourceTypes: kinds, scannerRoleArn: this.scannerRole?.roleArn },
        ],
      },
    });
    const selection = new backup.BackupSelection(this, `${prefix}Selection`, {
      backupPlan: plan,
      backupSelectionName: name,
      resources,
      role: this.role,
      disableDefaultBackupPolicy: true, // attached to the role, with what S3 needs
    });
    return { plan, selection };
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

  private validate(props: ClinicalBackupProps, policies: BackupPolicy[]): void {
    const { resources, files = [], objectives, malwareScan } = props;
    const problems = new Problems(this, 'InvalidBackup');
    problems.require(resources.length + files.length > 0, 'a backup of nothing is none, got no resources');
    problems.require(
      this.filePolicy?.rules.every((rule) => !rule.continuous) ?? true,
      'AWS Backup cannot back file shares up continuously, got a filePolicy with a continuous rule; use BackupPolicy.forFiles(objectives) or BackupPolicy.custom',
    );
    for (const policy of policies) {
      const days = policy.longestRetention.toDays();
      problems.require(
        !objectives.careDependsOnIt || days >= BackupPolicy.DWELL_TIME.toDays(),
        `care depends on this system, so backups must outlast an intruder nobody has noticed, ${BackupPolicy.DWELL_TIME.toDays()} days, got ${days}`,
      );
    }
    problems.throwIfAny();
    if (malwareScan) {
      this.validateScan(malwareScan, props, policies);
    }
  }

  private validateScan(
    malwareScan: MalwareScan,
    { resources, files = [] }: ClinicalBackupProps,
    policies: BackupPolicy[],
  ): void {
    const problems = new Problems(this, 'InvalidMalwareScan');
    const snapshots = policies.flatMap((policy) => policy.snapshotRules.map(({ name }) => name));
    const unknown = malwareScan._unknownRules(snapshots);
    problems.require(
      malwareScan._kindsIn([...resources, ...files]).length > 0,
      'only instances, volumes and buckets can be scanned, and none is backed up that an ARN names; leave malwareScan out, or name its kinds',
    );
    problems.require(
      snapshots.length > 0,
      'snapshots are scanned, got policies that only back up continuously; add a rule that makes snapshots',
    );
    problems.require(
      unknown.length === 0,
      `fullBy names rules that make snapshots (${snapshots.join(', ')}), got ${unknown.join(', ')}`,
    );
    problems.throwIfAny();
  }

  private renderRule(rule: BackupRule, scan?: MalwareScan): backup.CfnBackupPlan.BackupRuleResourceTypeProperty {
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
      scanActions: scan && !rule.continuous ? [scan._action(rule.name)] : undefined,
    };
  }

  /** https://docs.aws.amazon.com/aws-backup/latest/devguide/iam-service-roles.html */
  private makeRole(resources: backup.BackupResource[], malwareScan?: MalwareScan): iam.Role {
    const hasBucket = resources.some(({ resource }) => resource?.includes(':s3:::'));
    const policies = [
      'service-role/AWSBackupServiceRolePolicyForBackup',
      ...(hasBucket ? ['AWSBackupServiceRolePolicyForS3Backup'] : []),
      ...(malwareScan ? ['AWSBackupServiceRolePolicyForScans'] : []),
    ];
    return this.serviceRole('Role', 'backup.amazonaws.com', 'Lets AWS Backup make and copy recovery points', policies);
  }

  /** https://docs.aws.amazon.com/guardduty/latest/ug/malware-protection-backup-iam-permissions.html */
  private makeScannerRole(): iam.Role {
    return this.serviceRole(
      'ScannerRole',
      'malware-protection.guardduty.amazonaws.com',
      'Lets GuardDuty look for malware in recovery points',
      ['AWSBackupGuardDutyRolePolicyForScans'],
    );
  }

  private serviceRole(id: string, service: string, description: string, policies: string[]): iam.Role {
    const role = new ManagedPolicyRole(this, id, {
      description,
      assumedBy: new iam.ServicePrincipal(service),
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

function byMinutes(a: Duration, b: Duration): number {
  return a.toMinutes() - b.toMinutes();
}

function shortest(durations: Duration[]): Duration {
  return [...durations].sort(byMinutes)[0];
}

function longest(durations: Duration[]): Duration {
  return [...durations].sort(byMinutes)[durations.length - 1];
}
