import { type Duration, type Size, Stack, Tags, Token } from 'aws-cdk-lib';
import * as backup from 'aws-cdk-lib/aws-backup';
import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as fsx from 'aws-cdk-lib/aws-fsx';
import type * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { Problems } from '../core/private/fail';
import type { ActiveDirectory } from './active-directory';
import { FileProtocol, type FileShareBindOptions, type FileShareConfig, type IFileShare } from './file-share-ref';
import { allowLogGroup } from './private/data-key';
import { FsxFoundation } from './private/fsx-foundation';
import { failover, MAINTENANCE_WINDOW, requireCapacity, requireThroughput, requireWindow } from './private/fsx-options';
import { fsxBackupId, requireRecoveryPoint } from './private/recovery-point';
import { FsxMonitoring } from './private/share-monitoring';
import { shareSubnets } from './private/share-subnets';

/** Disks of a file system. */
export enum FsxStorageType {
  /** Solid state: for what people wait for. */
  SSD = 'SSD',
  /** Magnetic: cheaper, for archives that are hardly read. */
  HDD = 'HDD',
}

/** Which attempts are written to the audit log. */
export enum FileAuditLevel {
  /** None. */
  DISABLED = 'DISABLED',
  /** Those that were refused. */
  FAILURE_ONLY = 'FAILURE_ONLY',
  /** Those that succeeded. */
  SUCCESS_ONLY = 'SUCCESS_ONLY',
  /** All. */
  SUCCESS_AND_FAILURE = 'SUCCESS_AND_FAILURE',
}

/** Properties of an FsxWindowsFileShare. */
export interface FsxWindowsFileShareProps {
  /** The directory whose users have access. */
  readonly activeDirectory: ActiveDirectory;
  /** Storage: 32 to 65,536 GiB, at least 2,000 of HDD. Paid whether it is used or not; can grow later, never shrink. */
  readonly storageCapacity: Size;
  /**
   * Disks. Cannot be changed back from SSD to HDD.
   *
   * @default FsxStorageType.SSD
   */
  readonly storageType?: FsxStorageType;
  /**
   * Throughput of the file server in MB/s: a power of two from 8 to 2,048. It sets memory and IOPS as well.
   *
   * @default 64
   */
  readonly throughputCapacity?: number;
  /**
   * Name of the share that clients mount. Amazon FSx makes the one called `share`; others you make with its PowerShell.
   *
   * @default 'share'
   */
  readonly shareName?: string;
  /**
   * Further DNS names of the file system, fully qualified, at most 50: those a former file server had. Their DNS records and
   * service principal names are yours to set.
   *
   * @default - none
   * @see https://docs.aws.amazon.com/fsx/latest/WindowsGuide/managing-dns-aliases.html
   */
  readonly aliases?: string[];
  /**
   * Subnets of the two file servers, of which the first two zones are taken; the first is preferred. They must reach the
   * directory.
   *
   * @default - the subnets for data
   */
  readonly subnets?: ec2.SubnetSelection;
  /**
   * Which attempts to open the share are logged.
   *
   * @default FileAuditLevel.SUCCESS_AND_FAILURE
   */
  readonly shareAccessAudit?: FileAuditLevel;
  /**
   * Which attempts to open files and folders are logged, of those whose auditing entries (SACL) ask for it. The log names
   * paths, and so may name patients.
   *
   * @default FileAuditLevel.SUCCESS_AND_FAILURE
   * @see https://docs.aws.amazon.com/fsx/latest/WindowsGuide/file-access-auditing.html
   */
  readonly fileAccessAudit?: FileAuditLevel;
  /**
   * How long to keep the audit log.
   *
   * @default logs.RetentionDays.SEVEN_YEARS - 45 CFR 164.316(b)(2)(i) asks for six
   */
  readonly auditRetention?: logs.RetentionDays;
  /**
   * When Amazon FSx may patch the file servers, in UTC: day, from Monday as 1, and time, for example `7:10:00`. Clients see
   * two failovers. AWS Backup makes no backup then, nor in the four hours before.
   *
   * @default '7:10:00' - Sunday, 10:00 UTC
   */
  readonly maintenanceWindow?: string;
  /**
   * How long to keep daily backups that Amazon FSx makes by itself, whole days up to 90. The system's own backups are made by
   * AWS Backup, in a locked vault and copied; both would pay twice, and get into each other's way. These cannot be copied, and
   * are deleted with the file system.
   *
   * @default Duration.days(0) - none
   */
  readonly automaticBackupRetention?: Duration;
  /**
   * The customer key that encrypts the files and the audit log. Cannot be changed later without replacing the file system.
   *
   * @default - a new key with rotation
   */
  readonly encryptionKey?: kms.IKey;
}

const THROUGHPUTS = [8, 16, 32, 64, 128, 256, 512, 1024, 2048];
const HIGH_AVAILABILITY = 'https://docs.aws.amazon.com/fsx/latest/WindowsGuide/high-availability-multiAZ.html';

/**
 * An SMB share on Amazon FSx for Windows File Server over two zones: for Windows applications, and for archives of scanned
 * documents and images such as WebBLOB. Made by `FileShare.fsxWindows`. Everything is made in the scope given to `bind`.
 *
 * Windows clients follow a failover by themselves; Linux SMB clients do not.
 */
export class FsxWindowsFileShare implements IFileShare {
  /** @throws InvalidFileShare naming everything that is wrong */
  public constructor(private readonly props: FsxWindowsFileShareProps) {
    this.validate();
  }

  /**
   * Called by the system; do not call this yourself.
   *
   * @throws TooFewZones when the subnets are in one zone
   * @throws FileShareInPublicSubnet when a subnet is public
   */
  public bind(scope: Construct, options: FileShareBindOptions): FileShareConfig {
    const foundation = new FsxFoundation(scope, this.props.encryptionKey, options);
    const fileSystem = this.fileSystem(scope, options, foundation);
    const monitoring = new FsxMonitoring(scope, options.shareName, fileSystem.attrId);
    const dnsName = fileSystem.attrDnsName;
    return {
      protocol: FileProtocol.SMB,
      dnsName,
      path: `\\\\${dnsName}\\${this.props.shareName ?? 'share'}`,
      connections: foundation.connections(445),
      encryptionKey: foundation.encryptionKey,
      backupResources: [backup.BackupResource.fromArn(fileSystem.attrResourceArn)],
      alarms: monitoring.alarms(),
      widgets: monitoring.widgets(),
      available: fileSystem,
      recovery: failover('Windows', 30, HIGH_AVAILABILITY),
      restoration: { resourceType: 'FSx', path: fileSystem.node.path },
      fsx: fileSystem,
    };
  }

  private validate(): void {
    const { storageCapacity, storageType, throughputCapacity, aliases = [], shareName } = this.props;
    const problems = new Problems(undefined, 'InvalidFileShare');
    requireCapacity(problems, storageCapacity, storageType === FsxStorageType.HDD ? 2000 : 32, 65_536);
    requireThroughput(problems, throughputCapacity ?? 64, THROUGHPUTS);
    requireWindow(problems, this.props.maintenanceWindow);
    problems.require(
      shareName === undefined || /^[^\\/:*?"<>|]{1,80}$/.test(shareName),
      `shareName must be 1 to 80 characters without \\ / : * ? " < > |, got "${shareName}"`,
    );
    const servers = this.props.activeDirectory.selfManagedDirectory?.dnsIps ?? [];
    problems.require(
      Token.isUnresolved(servers) || servers.length <= 2,
      `FSx for Windows File Server takes two DNS servers at most, got ${servers.length}`,
    );
    problems.require(aliases.length <= 50, `a file system has at most 50 aliases, got ${aliases.length}`);
    for (const alias of aliases) {
      problems.require(
        Token.isUnresolved(alias) || /^([A-Za-z0-9_]([A-Za-z0-9_-]*[A-Za-z0-9_])?\.)+[A-Za-z0-9-]+$/.test(alias),
        `an alias must be fully qualified, such as files.corp.example.org, got "${alias}"`,
      );
    }
    const days = this.automaticBackupDays;
    problems.require(
      Number.isInteger(days) && days >= 0 && days <= 90,
      `automaticBackupRetention must be 0 to 90 whole days, got ${days}`,
    );
    problems.throwIfAny();
  }

  private get automaticBackupDays(): number {
    return this.props.automaticBackupRetention?.toDays({ integral: false }) ?? 0;
  }

  private fileSystem(
    scope: Construct,
    options: FileShareBindOptions,
    { encryptionKey, securityGroup }: FsxFoundation,
  ): fsx.CfnFileSystem {
    const { systemName, shareName, dataProtection } = options;
    const { activeDirectory } = this.props;
    const [preferred, standby] = shareSubnets(scope, options, this.props.subnets ?? options.subnets);
    const fileSystem = new fsx.CfnFileSystem(scope, 'FileSystem', {
      fileSystemType: 'WINDOWS',
      kmsKeyId: encryptionKey.keyArn,
      storageCapacity: this.props.storageCapacity.toGibibytes(),
      storageType: this.props.storageType ?? FsxStorageType.SSD,
      subnetIds: [preferred.subnetId, standby.subnetId],
      securityGroupIds: [securityGroup.securityGroupId],
      windowsConfiguration: {
        deploymentType: 'MULTI_AZ_1',
        preferredSubnetId: preferred.subnetId,
        throughputCapacity: this.props.throughputCapacity ?? 64,
        activeDirectoryId: activeDirectory.directoryId,
        selfManagedActiveDirectoryConfiguration: activeDirectory._join(scope),
        aliases: this.props.aliases,
        auditLogConfiguration: this.auditLog(scope, options, encryptionKey),
        automaticBackupRetentionDays: this.automaticBackupDays,
        copyTagsToBackups: true,
        weeklyMaintenanceStartTime: this.props.maintenanceWindow ?? MAINTENANCE_WINDOW,
      },
    });
    if (options.restoredFrom !== undefined) {
      requireRecoveryPoint(scope, 'FSx', options.restoredFrom);
      fileSystem.backupId = fsxBackupId(options.restoredFrom);
      fileSystem.storageCapacity = undefined; // the backup's, which may have grown
    }
    Tags.of(fileSystem).add('Name', `${systemName}-${shareName}`);
    fileSystem.applyRemovalPolicy(dataProtection.removalPolicy);
    if (activeDirectory.selfManagedDirectory) {
      fileSystem.node.addDependency(activeDirectory.selfManagedDirectory.credentials); // and its policy
    }
    return fileSystem;
  }

  /** The name must begin with /aws/fsx, and Amazon FSx makes its own stream in it. */
  private auditLog(
    scope: Construct,
    { systemName, shareName, dataProtection }: FileShareBindOptions,
    encryptionKey: kms.IKey,
  ): fsx.CfnFileSystem.AuditLogConfigurationProperty {
    const shareLevel = this.props.shareAccessAudit ?? FileAuditLevel.SUCCESS_AND_FAILURE;
    const fileLevel = this.props.fileAccessAudit ?? FileAuditLevel.SUCCESS_AND_FAILURE;
    const levels = { fileShareAccessAuditLogLevel: shareLevel, fileAccessAuditLogLevel: fileLevel };
    if (shareLevel === FileAuditLevel.DISABLED && fileLevel === FileAuditLevel.DISABLED) {
      return levels;
    }
    const logGroupName = `/aws/fsx/${systemName}-${shareName}`;
    allowLogGroup(encryptionKey, scope, logGroupName);
    const log = new logs.LogGroup(scope, 'AuditLog', {
      logGroupName,
      encryptionKey,
      retention: this.props.auditRetention ?? logs.RetentionDays.SEVEN_YEARS,
      removalPolicy: dataProtection.removalPolicy,
    });
    return { ...levels, auditLogDestination: withoutStreams(scope, log) };
  }
}

/** The ARN that CloudFormation gives ends in `:*`, for its streams. */
function withoutStreams(scope: Construct, log: logs.LogGroup): string {
  const { partition, region, account } = Stack.of(scope);
  return `arn:${partition}:logs:${region}:${account}:log-group:${log.logGroupName}`;
}
