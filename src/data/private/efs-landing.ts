import { Tags } from 'aws-cdk-lib';
import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as efs from 'aws-cdk-lib/aws-efs';
import { type Construct, DependencyGroup, type IDependable } from 'constructs';
import type { EfsFileShareProps } from '../efs-file-share';
import { EfsLifecycle } from '../efs-lifecycle';
import type { FileShareLandingOptions, LandedFileShare } from '../file-share-replication';
import { onlyThroughAccessPoints } from './efs-policy';

/**
 * The file system that receives what another Region replicates: alike, but not protected from being overwritten, which is what
 * replication does. An L1, because it is there before the network that it is mounted in. Once it was promoted Amazon EFS protects it,
 * whatever the template says.
 *
 * https://docs.aws.amazon.com/efs/latest/ug/replicate-existing-destination.html
 */
export function landEfs(
  scope: Construct,
  props: EfsFileShareProps,
  { encryptionKey, dataProtection }: FileShareLandingOptions,
): LandedFileShare {
  const { provisionedThroughput, automaticBackups = true } = props;
  const { infrequentAccessAfter, archiveAfter } = props.lifecycle ?? EfsLifecycle.infrequentAccess();
  const lifecyclePolicies = [
    ...(infrequentAccessAfter ? [{ transitionToIa: infrequentAccessAfter }] : []),
    ...(infrequentAccessAfter
      ? [{ transitionToPrimaryStorageClass: efs.OutOfInfrequentAccessPolicy.AFTER_1_ACCESS }]
      : []),
    ...(archiveAfter ? [{ transitionToArchive: archiveAfter }] : []),
  ];
  const fileSystem = new efs.CfnFileSystem(scope, 'FileSystem', {
    encrypted: true,
    kmsKeyId: encryptionKey.keyArn,
    performanceMode: efs.PerformanceMode.GENERAL_PURPOSE,
    throughputMode: provisionedThroughput ? efs.ThroughputMode.PROVISIONED : efs.ThroughputMode.ELASTIC,
    provisionedThroughputInMibps: provisionedThroughput?.toMebibytes(),
    lifecyclePolicies: lifecyclePolicies.length > 0 ? lifecyclePolicies : undefined,
    backupPolicy: automaticBackups ? { status: 'ENABLED' } : undefined,
    fileSystemProtection: { replicationOverwriteProtection: efs.ReplicationOverwriteProtection.DISABLED },
    fileSystemPolicy: onlyThroughAccessPoints(),
  });
  fileSystem.applyRemovalPolicy(dataProtection.removalPolicy);
  Tags.of(fileSystem).add('Name', fileSystem.node.path);
  return { fileSystemId: fileSystem.ref, encryptionKey };
}

/** Where what has landed is mounted. */
interface LandedMount extends LandedFileShare {
  readonly subnets: ec2.ISubnet[];
  readonly securityGroup: ec2.ISecurityGroup;
}

/** A mount target in each zone: what was imported makes none. */
export function mountLanded(
  scope: Construct,
  { fileSystemId, subnets, securityGroup }: LandedMount,
): { readonly fileSystem: efs.IFileSystem; readonly available: IDependable } {
  const fileSystem = efs.FileSystem.fromFileSystemAttributes(scope, 'FileSystem', { fileSystemId, securityGroup });
  const targets = subnets.map(
    (subnet, index) =>
      new efs.CfnMountTarget(scope, `MountTarget${index + 1}`, {
        fileSystemId,
        securityGroups: [securityGroup.securityGroupId],
        subnetId: subnet.subnetId,
      }),
  );
  return { fileSystem, available: new DependencyGroup(...targets) };
}
