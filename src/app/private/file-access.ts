import * as iam from 'aws-cdk-lib/aws-iam';
import type { EfsMount } from '../../data';

/**
 * Let a principal mount an Amazon EFS file share through its access point, and no other way. Nothing of AWS KMS: Amazon EFS
 * encrypts and decrypts, not its clients.
 */
export function grantMount(
  { fileSystem, accessPoint, rootAccess }: EfsMount,
  grantee: iam.IGrantable,
  readOnly: boolean,
): iam.Grant {
  return iam.Grant.addToPrincipal({
    grantee,
    actions: [
      'elasticfilesystem:ClientMount',
      ...(readOnly ? [] : ['elasticfilesystem:ClientWrite']),
      ...(rootAccess ? ['elasticfilesystem:ClientRootAccess'] : []),
    ],
    resourceArns: [fileSystem.fileSystemArn],
    conditions: { StringEquals: { 'elasticfilesystem:AccessPointArn': accessPoint.accessPointArn } },
  });
}
