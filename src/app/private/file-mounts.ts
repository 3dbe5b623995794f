import type * as ecs from 'aws-cdk-lib/aws-ecs';
import type { Construct, IDependable } from 'constructs';
import { Problems } from '../../core/private/fail';
import type { EfsMount, FileShareConfig } from '../../data';
import type { FileMount } from '../file-mount';
import { grantMount } from './file-access';

/** What is mounted, and what must exist before a task starts. */
export interface MountedShares {
  readonly available: IDependable[];
}

/**
 * Mount file shares into a container: with TLS, as the task's own role, through the share's access point. Where the file
 * system of the container is read-only, these directories are not.
 *
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/efs-best-practices.html
 */
export function mountShares(
  scope: Construct,
  task: ecs.FargateTaskDefinition,
  container: ecs.ContainerDefinition,
  mounts: FileMount[],
  files: { [name: string]: FileShareConfig } = {},
): MountedShares {
  requireMountable(scope, mounts, files);
  const names = [...new Set(mounts.map(({ share }) => share))];
  for (const name of names) {
    const { efs } = files[name] as { efs: EfsMount };
    task.addVolume({
      name: `files-${name}`,
      efsVolumeConfiguration: {
        fileSystemId: efs.fileSystem.fileSystemId,
        transitEncryption: 'ENABLED',
        authorizationConfig: { accessPointId: efs.accessPoint.accessPointId, iam: 'ENABLED' },
      },
    });
    const readOnly = mounts.every((mount) => mount.share !== name || mount.readOnly);
    grantMount(efs, task.taskRole, readOnly);
  }
  for (const { share, containerPath, readOnly } of mounts) {
    container.addMountPoints({ containerPath, sourceVolume: `files-${share}`, readOnly: readOnly ?? false });
  }
  return { available: names.map((name) => files[name].available) };
}

function requireMountable(scope: Construct, mounts: FileMount[], files: { [name: string]: FileShareConfig }): void {
  const problems = new Problems(scope, 'InvalidFileMount');
  const names = Object.keys(files);
  for (const { share } of mounts) {
    problems.require(
      share in files,
      `mounts names the file share "${share}", but the system's files are ${names.length > 0 ? names.join(', ') : 'none'}`,
    );
    problems.require(
      !(share in files) || files[share].efs !== undefined,
      `AWS Fargate on Linux mounts Amazon EFS only, got the share "${share}", which speaks ${files[share]?.protocol}; use FileShare.efs(), or compute that mounts it itself`,
    );
  }
  problems.throwIfAny();
}
