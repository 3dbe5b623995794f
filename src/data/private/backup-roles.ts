import type * as backup from 'aws-cdk-lib/aws-backup';
import * as iam from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { acknowledge } from '../../core/private/acknowledgements';
import { ManagedPolicyRole } from '../../core/private/managed-policy-role';
import type { MalwareScan } from '../malware-scan';

/** What AWS Backup works under. https://docs.aws.amazon.com/aws-backup/latest/devguide/iam-service-roles.html */
export function backupRole(
  scope: Construct,
  resources: backup.BackupResource[],
  malwareScan: MalwareScan | undefined,
): iam.Role {
  const hasBucket = resources.some(({ resource }) => resource?.includes(':s3:::'));
  return serviceRole(scope, 'Role', 'backup.amazonaws.com', 'Lets AWS Backup make and copy recovery points', [
    'service-role/AWSBackupServiceRolePolicyForBackup',
    ...(hasBucket ? ['AWSBackupServiceRolePolicyForS3Backup'] : []),
    ...(malwareScan ? ['AWSBackupServiceRolePolicyForScans'] : []),
  ]);
}

/** What GuardDuty reads recovery points with. https://docs.aws.amazon.com/guardduty/latest/ug/malware-protection-backup-iam-permissions.html */
export function scannerRole(scope: Construct): iam.Role {
  return serviceRole(
    scope,
    'ScannerRole',
    'malware-protection.guardduty.amazonaws.com',
    'Lets GuardDuty look for malware in recovery points',
    ['AWSBackupGuardDutyRolePolicyForScans'],
  );
}

function serviceRole(scope: Construct, id: string, service: string, description: string, policies: string[]): iam.Role {
  const role = new ManagedPolicyRole(scope, id, {
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
