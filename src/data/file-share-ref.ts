import type * as backup from 'aws-cdk-lib/aws-backup';
import type * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import type * as efs from 'aws-cdk-lib/aws-efs';
import type * as fsx from 'aws-cdk-lib/aws-fsx';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type { Construct, IDependable } from 'constructs';
import type { DataProtection } from '../core';
import type { IFileShareReplication, LandedFileShare } from './file-share-replication';
import type { StoreRecovery } from './store-recovery';
import type { StoreRestoration } from './store-restoration';

/** What clients speak to a file share. */
export enum FileProtocol {
  /** Linux: NFS version 4, TCP port 2049. */
  NFS = 'NFS',
  /** Windows: SMB, TCP port 445. */
  SMB = 'SMB',
}

/** What a file share is told when it is bound to a system. */
export interface FileShareBindOptions {
  /** The system's name; physical names start with it. */
  readonly systemName: string;
  /** What the system calls this share, for example `sites` or `archive`. */
  readonly shareName: string;
  /** The VPC to run in. */
  readonly vpc: ec2.IVpc;
  /** Subnets for data. */
  readonly subnets: ec2.SubnetSelection;
  /** Subnets of the clients: every zone of theirs must reach the share. */
  readonly clientSubnets: ec2.SubnetSelection;
  /** What becomes of the files when the system is removed. */
  readonly dataProtection: DataProtection;
  /**
   * Make it from a recovery point instead of empty: the ARN of one in this Region. For good: without it, or with another one, the next
   * deployment replaces what was restored.
   *
   * @default - it starts empty
   */
  readonly restoredFrom?: string;
  /**
   * It is the copy of a file share of another Region, which has landed here.
   *
   * @default - a file share of its own
   */
  readonly replicaOf?: LandedFileShare;
  /**
   * It is filled by a replication that somebody runs, into a file share of its own here.
   *
   * @default - nobody else writes to it
   */
  readonly receives?: ReceivedFiles;
}

/** Of a file share that somebody replicates into. */
export interface ReceivedFiles {
  /** Whether it is a mirror of a volume, which nothing else can write to until the mirror is broken. */
  readonly mirror: boolean;
  /** Whether users are in this Region, so that the mirror has been broken. */
  readonly serving: boolean;
}

/** What mounting an Amazon EFS file system takes. */
export interface EfsMount {
  /** The file system. */
  readonly fileSystem: efs.IFileSystem;
  /** The only way in: a directory, and the user that all access happens as. */
  readonly accessPoint: efs.AccessPoint;
  /** Whether that user is root, which takes a permission of its own. */
  readonly rootAccess: boolean;
}

/** A bound file share. */
export interface FileShareConfig {
  /** What clients speak to it. */
  readonly protocol: FileProtocol;
  /** Host that clients connect to, in this Region. It stays the same when the share fails over to another zone. */
  readonly dnsName: string;
  /** What clients mount: `\\host\share` in SMB, `host:/path` in NFS. */
  readonly path: string;
  /** Who may connect; its default port is the protocol's. */
  readonly connections: ec2.Connections;
  /** The key that encrypts the files. */
  readonly encryptionKey: kms.IKey;
  /** What AWS Backup must contain. It can only take snapshots of file shares, not back them up continuously. */
  readonly backupResources: backup.BackupResource[];
  /** Alarms on the share, without actions. */
  readonly alarms: cloudwatch.Alarm[];
  /** What the dashboard shows of it. */
  readonly widgets: cloudwatch.IWidget[];
  /** What must exist before anybody can mount it. */
  readonly available: IDependable;
  /**
   * What it brings to recovery inside its Region. Restoring from backups is not part of it: `ClinicalBackup` claims that.
   *
   * @default - nothing is claimed
   */
  readonly recovery?: StoreRecovery[];
  /**
   * How it is restored from a copy of a recovery point in another Region.
   *
   * @default - it cannot be; `restorationAlternative` may say why, and what could
   */
  readonly restoration?: StoreRestoration;
  /**
   * Where it cannot be restored in another Region: why, and what would bring it there.
   *
   * @default - nobody says
   */
  readonly restorationAlternative?: string;
  /**
   * How it follows into another Region.
   *
   * @default - it cannot, or is a copy itself
   */
  readonly replication?: IFileShareReplication;
  /**
   * What mounting it takes, where this is Amazon EFS.
   *
   * @default - not Amazon EFS
   */
  readonly efs?: EfsMount;
  /**
   * The file system, where this is Amazon FSx.
   *
   * @default - not Amazon FSx
   */
  readonly fsx?: fsx.CfnFileSystem;
  /**
   * The storage virtual machine, where this is Amazon FSx for NetApp ONTAP.
   *
   * @default - not ONTAP
   */
  readonly storageVirtualMachine?: fsx.CfnStorageVirtualMachine;
  /**
   * The volume, where this is Amazon FSx for NetApp ONTAP.
   *
   * @default - not ONTAP
   */
  readonly volume?: fsx.CfnVolume;
}

/** A file share a system can use. Made by `FileShare`, or your own. */
export interface IFileShare {
  /**
   * Called by the system; do not call this yourself.
   *
   * @param scope a scope of its own, which nothing else is made in
   * @param options what the file share is told
   */
  bind(scope: Construct, options: FileShareBindOptions): FileShareConfig;
}
