import { Duration, RemovalPolicy, type Size, Stack, Token } from 'aws-cdk-lib';
import * as backup from 'aws-cdk-lib/aws-backup';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as efs from 'aws-cdk-lib/aws-efs';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';
import { FailureScope } from '../core';
import { Problems } from '../core/private/fail';
import { EfsLifecycle } from './efs-lifecycle';
import { FileProtocol, type FileShareBindOptions, type FileShareConfig, type IFileShare } from './file-share-ref';
import { dataKey } from './private/data-key';
import { landEfs, mountLanded } from './private/efs-landing';
import { onlyThroughAccessPoints } from './private/efs-policy';
import { EfsReplication } from './private/efs-replication';
import { requireMountTargets } from './private/mount-targets';
import { EfsMonitoring } from './private/share-monitoring';
import { shareSubnets } from './private/share-subnets';
import type { StoreRecovery } from './store-recovery';

/** The user that all access to an Amazon EFS file share happens as, whoever the client says it is. */
export interface EfsUser {
  /** User id; 0 is root. */
  readonly uid: number;
  /** Group id. */
  readonly gid: number;
}

/** Properties of an EfsFileShare. */
export interface EfsFileShareProps {
  /**
   * The user that all access happens as, and that owns the directory. It should be the user that the application runs as.
   * Cannot be changed later without a new access point; the files keep their former owner.
   *
   * @default - uid and gid 65532, the user of distroless images and of `Compute.fargate`
   */
  readonly user?: EfsUser;
  /**
   * Directory of the file system that clients see as its root. It is made when the first client mounts the share, with
   * permissions 0750.
   *
   * @default - `/` and the share's name
   */
  readonly directory?: string;
  /**
   * Where files nobody opens are kept.
   *
   * @default EfsLifecycle.infrequentAccess() - after 30 days
   */
  readonly lifecycle?: EfsLifecycle;
  /**
   * Throughput that is paid for whether it is used or not, whole MiB/s from 1 to 3414.
   *
   * @default - elastic: as much as is needed, paid by the byte
   */
  readonly provisionedThroughput?: Size;
  /**
   * Let Amazon EFS back the file system up daily for 35 days as well, in a vault of its own, beside the system's own backups.
   * It costs their storage a second time. AWS Security Hub (EFS.7) and Control Tower (CT.ELASTICFILESYSTEM.PR.2) ask for it
   * and do not see the system's own.
   *
   * @default true
   * @see https://docs.aws.amazon.com/efs/latest/ug/automatic-backups.html
   */
  readonly automaticBackups?: boolean;
  /**
   * The customer key that encrypts the files. Cannot be changed later without replacing the file system.
   *
   * @default - a new key with rotation
   */
  readonly encryptionKey?: kms.IKey;
}

/** https://docs.aws.amazon.com/aws-backup/latest/devguide/restoring-efs.html */
const NOT_RESTORED =
  'CloudFormation makes no Amazon EFS file system from a recovery point, and AWS Backup restores into a directory that it names by the time, which only a client sees that has mounted its root; keep the files live with DrStrategy.pilotLight()';
const DEFAULT_USER: EfsUser = { uid: 65532, gid: 65532 };

/**
 * A shared directory on Amazon EFS, Regional class: files are kept in three or more zones, and every zone has a mount target.
 * Made by `FileShare.efs`. Everything is made in the scope given to `bind`.
 *
 * Mounting it takes TLS, an IAM permission and the access point; nobody can mount it anonymously or at its root.
 */
export class EfsFileShare implements IFileShare {
  private readonly props: EfsFileShareProps;

  /** @throws InvalidFileShare naming everything that is wrong */
  public constructor(props: EfsFileShareProps = {}) {
    this.props = props;
    this.validate();
  }

  /**
   * Called by the system; do not call this yourself.
   *
   * @throws TooFewZones when the subnets are in one zone
   * @throws FileShareInPublicSubnet when a subnet is public
   * @throws NoMountTarget when clients are in a zone that the subnets are not in
   */
  public bind(scope: Construct, options: FileShareBindOptions): FileShareConfig {
    const { systemName, shareName, vpc, dataProtection } = options;
    const subnets = shareSubnets(scope, options, options.subnets);
    requireMountTargets(scope, options, subnets);
    const { replicaOf } = options;
    const encryptionKey =
      replicaOf?.encryptionKey ??
      this.props.encryptionKey ??
      dataKey(scope, 'Key', `Encrypts the files ${shareName} of ${systemName}`, dataProtection);
    const securityGroup = new ec2.SecurityGroup(scope, 'SecurityGroup', {
      vpc,
      description: `Files ${shareName} of ${systemName}`,
      allowAllOutbound: false,
    });
    if (replicaOf) {
      const { fileSystem, available } = mountLanded(scope, { ...replicaOf, subnets, securityGroup });
      return { ...this.config(scope, shareName, fileSystem, encryptionKey), available };
    }
    const fileSystem = this.fileSystem(scope, options, { subnets, encryptionKey, securityGroup });
    return {
      ...this.config(scope, shareName, fileSystem, encryptionKey),
      available: fileSystem.mountTargetsAvailable,
      replication: new EfsReplication(scope, shareName, fileSystem, (landing, made) =>
        landEfs(landing, this.props, made),
      ),
    };
  }

  private config(
    scope: Construct,
    shareName: string,
    fileSystem: efs.IFileSystem,
    encryptionKey: kms.IKey,
  ): Omit<FileShareConfig, 'available'> {
    const { fileSystemId } = fileSystem;
    const monitoring = new EfsMonitoring(scope, shareName, fileSystemId);
    const { region, urlSuffix } = Stack.of(scope);
    const dnsName = `${fileSystemId}.efs.${region}.${urlSuffix}`;
    return {
      protocol: FileProtocol.NFS,
      dnsName,
      path: `${dnsName}:/`, // through the access point, which shows its directory as the root
      connections: fileSystem.connections,
      encryptionKey,
      backupResources: [backup.BackupResource.fromEfsFileSystem(fileSystem)],
      alarms: monitoring.alarms(),
      widgets: monitoring.widgets(),
      recovery: regionalRecovery(),
      restorationAlternative: NOT_RESTORED,
      efs: { fileSystem, accessPoint: this.accessPoint(scope, shareName, fileSystem), rootAccess: this.user.uid === 0 },
    };
  }

  private get user(): EfsUser {
    return this.props.user ?? DEFAULT_USER;
  }

  private validate(): void {
    const { directory, provisionedThroughput, lifecycle } = this.props;
    const problems = new Problems(undefined, 'InvalidFileShare');
    for (const [name, id] of Object.entries(this.user)) {
      problems.require(
        !Token.isUnresolved(id) && Number.isInteger(id) && id >= 0 && id <= 4_294_967_295,
        `${name} must be a whole number from 0 to 4294967295 known at synthesis, got ${id}`,
      );
    }
    problems.require(
      directory === undefined || /^(\/[A-Za-z0-9_.-]+){1,4}$/.test(directory),
      `directory must start with "/" and have one to four levels, such as /sites or /ehr/sites, got "${directory}"`,
    );
    if (provisionedThroughput && !provisionedThroughput.isUnresolved()) {
      const mebibytes = provisionedThroughput.toBytes() / 1024 ** 2;
      problems.require(
        Number.isInteger(mebibytes) && mebibytes >= 1 && mebibytes <= 3414,
        `provisionedThroughput must be 1 to 3414 whole MiB/s, got ${mebibytes}`,
      );
    }
    problems.require(
      !provisionedThroughput || lifecycle?.archiveAfter === undefined,
      'Archive storage needs elastic throughput; leave provisionedThroughput out, or use EfsLifecycle.infrequentAccess()',
    );
    problems.throwIfAny();
  }

  private fileSystem(
    scope: Construct,
    { vpc, dataProtection }: FileShareBindOptions,
    made: { subnets: ec2.ISubnet[]; encryptionKey: kms.IKey; securityGroup: ec2.SecurityGroup },
  ): efs.FileSystem {
    const { provisionedThroughput } = this.props;
    const lifecycle = this.props.lifecycle ?? EfsLifecycle.infrequentAccess();
    return new efs.FileSystem(scope, 'FileSystem', {
      vpc,
      vpcSubnets: { subnets: made.subnets },
      securityGroup: made.securityGroup,
      encrypted: true,
      kmsKey: made.encryptionKey,
      performanceMode: efs.PerformanceMode.GENERAL_PURPOSE,
      throughputMode: provisionedThroughput ? efs.ThroughputMode.PROVISIONED : efs.ThroughputMode.ELASTIC,
      provisionedThroughputPerSecond: provisionedThroughput,
      lifecyclePolicy: lifecycle.infrequentAccessAfter,
      transitionToArchivePolicy: lifecycle.archiveAfter,
      outOfInfrequentAccessPolicy: lifecycle.infrequentAccessAfter && efs.OutOfInfrequentAccessPolicy.AFTER_1_ACCESS,
      enableAutomaticBackups: this.props.automaticBackups ?? true,
      // otherwise a replication, set up by mistake, could overwrite all files with those of another file system
      replicationOverwriteProtection: efs.ReplicationOverwriteProtection.ENABLED,
      fileSystemPolicy: onlyThroughAccessPoints(),
      allowAnonymousAccess: true, // keeps the L2 from adding a statement that lets everybody write; the policy lets in nobody
      removalPolicy: dataProtection.removalPolicy,
    });
  }

  private accessPoint(scope: Construct, shareName: string, fileSystem: efs.IFileSystem): efs.AccessPoint {
    const uid = String(this.user.uid);
    const gid = String(this.user.gid);
    const accessPoint = new efs.AccessPoint(scope, 'AccessPoint', {
      fileSystem,
      path: this.props.directory ?? `/${shareName}`,
      posixUser: { uid, gid },
      createAcl: { ownerUid: uid, ownerGid: gid, permissions: '0750' },
    });
    accessPoint.applyRemovalPolicy(RemovalPolicy.DESTROY); // it holds nothing
    return accessPoint;
  }
}

/** Nothing fails over: what is left of the zones has the same files, and clients there have mount targets of their own. */
function regionalRecovery(): StoreRecovery[] {
  const none = Duration.seconds(0);
  return [FailureScope.COMPONENT, FailureScope.AVAILABILITY_ZONE].map((scope) => ({
    scope,
    mechanism: 'Amazon EFS keeps every file in three or more zones, with a mount target in each',
    recoveryTime: none,
    recoveryPoint: none,
    source: 'https://docs.aws.amazon.com/efs/latest/ug/features.html',
  }));
}
