import type { ActivityDetectionOptions } from '../activity-detection';
import { ActivitySeverity } from '../activity-severity';

/** A detection of this library: as one of the user's, and whether deployments do such a thing every day. */
export interface StandardActivity extends ActivityDetectionOptions {
  readonly routine?: boolean;
}

const { CRITICAL, HIGH, MEDIUM } = ActivitySeverity;
const cis = (number: string): string => `CIS AWS Foundations 6.0, ${number}`;
const API_CALL = 'AWS API Call via CloudTrail';
const SIGN_IN = 'AWS Console Sign In via CloudTrail';
/** Only AWS sends events of such a source: nobody can fake one with PutEvents. */
const FROM_AWS = [{ prefix: 'aws.' }] as unknown as string[];

/** Calls of services, by the first part of their event source, whoever makes them. */
function calls(events: Record<string, string[]>): ActivityDetectionOptions['eventPattern'] {
  return {
    source: FROM_AWS,
    detailType: [API_CALL],
    detail: {
      eventSource: Object.keys(events).map((service) => `${service}.amazonaws.com`),
      eventName: [...new Set(Object.values(events).flat())],
    },
  };
}

/**
 * What this library watches for. Event names are those of AWS CloudTrail, which are not always those of the API.
 *
 * 5.1 (unauthorized calls) and 5.6 (failed sign-ins) are not here: one of them means nothing, and events cannot be counted.
 */
export const STANDARD_ACTIVITIES = {
  rootUse: {
    title: 'The root user was used',
    severity: CRITICAL,
    reference: cis('5.3'),
    eventPattern: {
      source: FROM_AWS,
      detailType: [API_CALL, SIGN_IN],
      detail: {
        userIdentity: { type: ['Root'], invokedBy: [{ exists: false }] }, // a service on behalf of the account is not the user
        eventType: [{ 'anything-but': ['AwsServiceEvent'] }],
      },
    },
  },
  signInWithoutMfa: {
    title: 'An IAM user signed in to the console without a second factor',
    severity: HIGH,
    reference: cis('5.2'),
    eventPattern: {
      source: ['aws.signin'],
      detailType: [SIGN_IN],
      detail: {
        eventName: ['ConsoleLogin'],
        userIdentity: { type: ['IAMUser'] }, // of federated users only their identity provider knows
        additionalEventData: { MFAUsed: [{ 'anything-but': ['Yes'] }] },
        responseElements: { ConsoleLogin: ['Success'] },
      },
    },
  },
  iamPolicies: {
    title: 'Policies of IAM changed',
    severity: HIGH,
    reference: cis('5.4'),
    routine: true,
    eventPattern: calls({
      iam: [
        ...['PutGroupPolicy', 'PutRolePolicy', 'PutUserPolicy', 'DeleteGroupPolicy', 'DeleteRolePolicy'],
        ...['DeleteUserPolicy', 'CreatePolicy', 'DeletePolicy', 'CreatePolicyVersion', 'DeletePolicyVersion'],
        ...['SetDefaultPolicyVersion', 'AttachRolePolicy', 'DetachRolePolicy', 'AttachUserPolicy', 'DetachUserPolicy'],
        ...['AttachGroupPolicy', 'DetachGroupPolicy'],
      ],
    }),
  },
  auditTrail: {
    title: 'The audit trail changed',
    severity: CRITICAL,
    reference: cis('5.5'),
    eventPattern: calls({
      cloudtrail: ['CreateTrail', 'UpdateTrail', 'DeleteTrail', 'StartLogging', 'StopLogging', 'PutEventSelectors'],
    }),
  },
  keys: {
    title: 'A key is disabled or to be deleted',
    severity: CRITICAL,
    reference: cis('5.7'),
    eventPattern: calls({ kms: ['DisableKey', 'ScheduleKeyDeletion', 'DeleteImportedKeyMaterial'] }),
  },
  bucketPolicies: {
    title: 'Access to a bucket, or what becomes of its objects, changed',
    severity: HIGH,
    reference: cis('5.8'),
    routine: true,
    eventPattern: calls({
      s3: [
        ...['PutBucketAcl', 'PutBucketPolicy', 'DeleteBucketPolicy', 'PutBucketCors', 'DeleteBucketCors'],
        ...['PutBucketLifecycle', 'DeleteBucketLifecycle', 'PutBucketReplication', 'DeleteBucketReplication'],
        ...['PutBucketPublicAccessBlock', 'DeleteBucketPublicAccessBlock', 'PutBucketVersioning'],
        ...['PutAccountPublicAccessBlock', 'DeleteAccountPublicAccessBlock'],
      ],
    }),
  },
  configRecording: {
    title: 'The recording of AWS Config changed',
    severity: HIGH,
    reference: cis('5.9'),
    eventPattern: calls({
      config: [
        ...['StopConfigurationRecorder', 'DeleteConfigurationRecorder', 'PutConfigurationRecorder'],
        ...['DeleteDeliveryChannel', 'PutDeliveryChannel'],
      ],
    }),
  },
  securityGroups: {
    title: 'Security groups changed',
    severity: MEDIUM,
    reference: cis('5.10'),
    routine: true,
    eventPattern: calls({
      ec2: [
        ...['AuthorizeSecurityGroupIngress', 'AuthorizeSecurityGroupEgress', 'RevokeSecurityGroupIngress'],
        ...['RevokeSecurityGroupEgress', 'ModifySecurityGroupRules', 'CreateSecurityGroup', 'DeleteSecurityGroup'],
      ],
    }),
  },
  networkAcls: {
    title: 'Network ACLs changed',
    severity: MEDIUM,
    reference: cis('5.11'),
    routine: true,
    eventPattern: calls({
      ec2: [
        ...['CreateNetworkAcl', 'CreateNetworkAclEntry', 'DeleteNetworkAcl', 'DeleteNetworkAclEntry'],
        ...['ReplaceNetworkAclEntry', 'ReplaceNetworkAclAssociation'],
      ],
    }),
  },
  gateways: {
    title: 'Gateways of a network changed',
    severity: MEDIUM,
    reference: cis('5.12'),
    routine: true,
    eventPattern: calls({
      ec2: [
        ...['CreateCustomerGateway', 'DeleteCustomerGateway', 'CreateInternetGateway', 'DeleteInternetGateway'],
        ...['AttachInternetGateway', 'DetachInternetGateway'],
      ],
    }),
  },
  routes: {
    title: 'Routes changed',
    severity: MEDIUM,
    reference: cis('5.13'),
    routine: true,
    eventPattern: calls({
      ec2: [
        ...['CreateRoute', 'ReplaceRoute', 'DeleteRoute', 'CreateRouteTable', 'DeleteRouteTable'],
        ...['ReplaceRouteTableAssociation', 'DisassociateRouteTable'],
      ],
    }),
  },
  networks: {
    title: 'A VPC, a peering or a flow log changed',
    severity: MEDIUM,
    reference: cis('5.14'),
    routine: true,
    eventPattern: calls({
      ec2: [
        ...['CreateVpc', 'DeleteVpc', 'ModifyVpcAttribute', 'CreateVpcPeeringConnection', 'DeleteVpcPeeringConnection'],
        ...['AcceptVpcPeeringConnection', 'RejectVpcPeeringConnection', 'DeleteFlowLogs'],
      ],
    }),
  },
  organization: {
    title: 'The organization changed',
    severity: HIGH,
    reference: cis('5.15'),
    routine: true,
    eventPattern: calls({
      organizations: [
        ...['AcceptHandshake', 'CancelHandshake', 'DeclineHandshake', 'InviteAccountToOrganization', 'CreateAccount'],
        ...['CloseAccount', 'MoveAccount', 'RemoveAccountFromOrganization', 'LeaveOrganization', 'CreateOrganization'],
        ...['DeleteOrganization', 'EnableAllFeatures', 'AttachPolicy', 'DetachPolicy', 'CreatePolicy', 'UpdatePolicy'],
        ...['DeletePolicy', 'EnablePolicyType', 'DisablePolicyType', 'CreateOrganizationalUnit'],
        ...['UpdateOrganizationalUnit', 'DeleteOrganizationalUnit'],
      ],
    }),
  },
  detectionOff: {
    title: 'A service that detects was turned off or cut off',
    severity: CRITICAL,
    eventPattern: calls({
      guardduty: [
        ...['DeleteDetector', 'UpdateDetector', 'StopMonitoringMembers', 'DeletePublishingDestination'],
        ...['DisassociateFromAdministratorAccount', 'DisassociateMembers', 'DeleteMembers'],
        'DisassociateFromMasterAccount', // deprecated, and not gone
      ],
      securityhub: [
        ...['DisableSecurityHub', 'DisableSecurityHubV2', 'BatchDisableStandards'],
        ...['DisassociateFromAdministratorAccount', 'DisassociateFromMasterAccount'],
      ],
      inspector2: ['Disable'],
      macie2: ['DisableMacie', 'DisassociateFromAdministratorAccount', 'DisassociateFromMasterAccount'],
      'access-analyzer': ['DeleteAnalyzer'],
    }),
  },
  backups: {
    title: 'Backups, or what keeps them, are deleted or loosened', // what precedes extortion
    severity: CRITICAL,
    eventPattern: calls({
      backup: [
        ...['DeleteRecoveryPoint', 'DisassociateRecoveryPoint', 'UpdateRecoveryPointLifecycle', 'DeleteBackupVault'],
        ...['DeleteBackupVaultLockConfiguration', 'PutBackupVaultLockConfiguration', 'DeleteBackupPlan'],
        ...['PutBackupVaultAccessPolicy', 'DeleteBackupVaultAccessPolicy', 'DeleteBackupSelection'],
      ],
    }),
  },
  snapshotsShared: {
    title: 'A snapshot or an image is shared', // the quietest way to take a database away
    severity: CRITICAL,
    eventPattern: calls({
      ec2: ['ModifySnapshotAttribute', 'ModifyImageAttribute'],
      rds: ['ModifyDBSnapshotAttribute', 'ModifyDBClusterSnapshotAttribute'],
    }),
  },
  alarmsSilenced: {
    title: 'Alarms or notices are silenced', // these among them
    severity: HIGH,
    routine: true,
    eventPattern: calls({
      monitoring: ['DisableAlarmActions', 'DeleteAlarms'],
      events: ['DisableRule', 'DeleteRule', 'RemoveTargets'],
      sns: ['DeleteTopic', 'Unsubscribe'],
      // what is archived, trusted or suppressed is not told any more
      guardduty: [
        ...['ArchiveFindings', 'CreateFilter', 'UpdateFilter', 'CreateIPSet', 'UpdateIPSet'],
        ...['CreateTrustedEntitySet', 'UpdateTrustedEntitySet'],
      ],
      securityhub: ['CreateAutomationRule', 'BatchUpdateAutomationRules', 'CreateAutomationRuleV2'],
    }),
  },
  shells: {
    title: 'Somebody opened a shell on an instance or in a container',
    severity: MEDIUM,
    eventPattern: calls({ ssm: ['StartSession'], ecs: ['ExecuteCommand'] }),
  },
} satisfies Record<string, StandardActivity>;
