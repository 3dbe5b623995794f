import type { Duration, SecretValue, Size } from 'aws-cdk-lib';
import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type { ActiveDirectory } from './active-directory';
import type { SnapLock } from './snap-lock';

/** Generation of an ONTAP file system. Cannot be changed later without replacing it. */
export enum OntapGeneration {
  /** In every Region that has FSx for NetApp ONTAP. */
  FIRST = 'MULTI_AZ_1',
  /** Faster; in fewer Regions. */
  SECOND = 'MULTI_AZ_2',
}

/** Properties of an FsxOntapFileShare. */
export interface FsxOntapFileShareProps {
  /** SSD storage: 1,024 GiB to 192 TiB (512 TiB of the second generation). Paid whether it is used or not. */
  readonly storageCapacity: Size;
  /**
   * Size of the volume that clients see. It may be larger than the SSD storage, because cold data moves to the capacity pool.
   *
   * @default - `storageCapacity`
   */
  readonly volumeSize?: Size;
  /**
   * A directory whose users have access through SMB. Only one the hospital runs itself: a managed one is given as such, with
   * its own domain and addresses.
   *
   * @default - none: the volume is used through NFS, by Linux
   */
  readonly activeDirectory?: ActiveDirectory;
  /**
   * Name of the computer object in the directory, and so of the host that SMB clients connect to: at most 15 characters.
   *
   * @default - the share's name
   */
  readonly netBiosName?: string;
  /**
   * Generation.
   *
   * @default OntapGeneration.FIRST
   */
  readonly generation?: OntapGeneration;
  /**
   * Throughput in MB/s: 128, 256, 512, 1024, 2048 or 4096; of the second generation 384, 768, 1536, 3072 or 6144.
   *
   * @default - 128; of the second generation 384
   */
  readonly throughputCapacity?: number;
  /**
   * Subnets of the two file servers, of which the first two zones are taken; the first is preferred.
   *
   * @default - the subnets for data
   */
  readonly subnets?: ec2.SubnetSelection;
  /**
   * Route tables of the subnets that clients are in. Amazon FSx puts a route to the active file server into each, and moves it
   * when it fails over: clients behind any other route table lose the share then.
   *
   * @default - those of the application's subnets and of the file servers'
   */
  readonly routeTableIds?: string[];
  /**
   * Range of the floating addresses that clients connect to. It must not overlap any subnet. Choose one inside the VPC's own
   * range, or one your network routes, if clients outside the VPC use the share. Cannot be changed later without replacing
   * the file system.
   *
   * @default - Amazon FSx chooses from 198.19.0.0/16, which only the VPC reaches
   */
  readonly endpointIpAddressRange?: string;
  /**
   * Password of ONTAP's administrator `fsxadmin`, from AWS Secrets Manager: 8 to 50 characters.
   *
   * @default - none: nobody can log on to ONTAP until one is set
   */
  readonly adminPassword?: SecretValue;
  /**
   * How long data lies untouched until it moves from SSD to the capacity pool, 2 to 183 days.
   *
   * @default Duration.days(31)
   */
  readonly coldAfter?: Duration;
  /**
   * ONTAP's own snapshots, by which users undo a deletion. They are in the same volume, and no backup.
   *
   * @default 'default' - hourly, kept for six hours; daily, for two days; weekly, for two weeks
   */
  readonly snapshotPolicy?: string;
  /**
   * Whether files become write-once-read-many.
   *
   * @default SnapLock.none()
   */
  readonly snapLock?: SnapLock;
  /**
   * When Amazon FSx may patch the file servers, in UTC: day, from Monday as 1, and time, for example `7:10:00`. AWS Backup
   * makes no backup then, nor in the four hours before.
   *
   * @default '7:10:00' - Sunday, 10:00 UTC
   */
  readonly maintenanceWindow?: string;
  /**
   * The customer key that encrypts the files. Cannot be changed later without replacing the file system.
   *
   * @default - a new key with rotation
   */
  readonly encryptionKey?: kms.IKey;
}
