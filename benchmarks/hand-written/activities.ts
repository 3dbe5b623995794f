import type { Stack } from 'aws-cdk-lib';
import * as events from 'aws-cdk-lib/aws-events';
import * as eventTargets from 'aws-cdk-lib/aws-events-targets';
import type * as sns from 'aws-cdk-lib/aws-sns';
import type * as sqs from 'aws-cdk-lib/aws-sqs';

interface Activity {
  readonly id: string;
  readonly title: string;
  readonly reference?: string;
  readonly severity: string;
  readonly routine: boolean;
  readonly services: string[];
  /** Event names, with a space between them. */
  readonly calls: string;
}

const FROM_AWS = events.Match.prefix('aws.');
const API_CALL = 'AWS API Call via CloudTrail';
const SIGN_IN = 'AWS Console Sign In via CloudTrail';

const ACTIVITIES: Activity[] = [
  {
    id: 'IamPolicies',
    title: 'Policies of IAM changed',
    reference: 'CIS AWS Foundations 6.0, 5.4',
    severity: 'HIGH',
    routine: true,
    services: ['iam'],
    calls:
      'PutGroupPolicy PutRolePolicy PutUserPolicy DeleteGroupPolicy DeleteRolePolicy DeleteUserPolicy CreatePolicy DeletePolicy CreatePolicyVersion DeletePolicyVersion SetDefaultPolicyVersion AttachRolePolicy DetachRolePolicy AttachUserPolicy DetachUserPolicy AttachGroupPolicy DetachGroupPolicy',
  },
  {
    id: 'AuditTrail',
    title: 'The audit trail changed',
    reference: 'CIS AWS Foundations 6.0, 5.5',
    severity: 'CRITICAL',
    routine: false,
    services: ['cloudtrail'],
    calls: 'CreateTrail UpdateTrail DeleteTrail StartLogging StopLogging PutEventSelectors',
  },
  {
    id: 'Keys',
    title: 'A key is disabled or to be deleted',
    reference: 'CIS AWS Foundations 6.0, 5.7',
    severity: 'CRITICAL',
    routine: false,
    services: ['kms'],
    calls: 'DisableKey ScheduleKeyDeletion DeleteImportedKeyMaterial',
  },
  {
    id: 'BucketPolicies',
    title: 'Access to a bucket, or what becomes of its objects, changed',
    reference: 'CIS AWS Foundations 6.0, 5.8',
    severity: 'HIGH',
    routine: true,
    services: ['s3'],
    calls:
      'PutBucketAcl PutBucketPolicy DeleteBucketPolicy PutBucketCors DeleteBucketCors PutBucketLifecycle DeleteBucketLifecycle PutBucketReplication DeleteBucketReplication PutBucketPublicAccessBlock DeleteBucketPublicAccessBlock PutBucketVersioning PutAccountPublicAccessBlock DeleteAccountPublicAccessBlock',
  },
  {
    id: 'ConfigRecording',
    title: 'The recording of AWS Config changed',
    reference: 'CIS AWS Foundations 6.0, 5.9',
    severity: 'HIGH',
    routine: false,
    services: ['config'],
    calls:
      'StopConfigurationRecorder DeleteConfigurationRecorder PutConfigurationRecorder DeleteDeliveryChannel PutDeliveryChannel',
  },
  {
    id: 'SecurityGroups',
    title: 'Security groups changed',
    reference: 'CIS AWS Foundations 6.0, 5.10',
    severity: 'MEDIUM',
    routine: true,
    services: ['ec2'],
    calls:
      'AuthorizeSecurityGroupIngress AuthorizeSecurityGroupEgress RevokeSecurityGroupIngress RevokeSecurityGroupEgress ModifySecurityGroupRules CreateSecurityGroup DeleteSecurityGroup',
  },
  {
    id: 'NetworkAcls',
    title: 'Network ACLs changed',
    reference: 'CIS AWS Foundations 6.0, 5.11',
    severity: 'MEDIUM',
    routine: true,
    services: ['ec2'],
    calls:
      'CreateNetworkAcl CreateNetworkAclEntry DeleteNetworkAcl DeleteNetworkAclEntry ReplaceNetworkAclEntry ReplaceNetworkAclAssociation',
  },
  {
    id: 'Gateways',
    title: 'Gateways of a network changed',
    reference: 'CIS AWS Foundations 6.0, 5.12',
    severity: 'MEDIUM',
    routine: true,
    services: ['ec2'],
    calls:
      'CreateCustomerGateway DeleteCustomerGateway CreateInternetGateway DeleteInternetGateway AttachInternetGateway DetachInternetGateway',
  },
  {
    id: 'Routes',
    title: 'Routes changed',
    reference: 'CIS AWS Foundations 6.0, 5.13',
    severity: 'MEDIUM',
    routine: true,
    services: ['ec2'],
    calls:
      'CreateRoute ReplaceRoute DeleteRoute CreateRouteTable DeleteRouteTable ReplaceRouteTableAssociation DisassociateRouteTable',
  },
  {
    id: 'Networks',
    title: 'A VPC, a peering or a flow log changed',
    reference: 'CIS AWS Foundations 6.0, 5.14',
    severity: 'MEDIUM',
    routine: true,
    services: ['ec2'],
    calls:
      'CreateVpc DeleteVpc ModifyVpcAttribute CreateVpcPeeringConnection DeleteVpcPeeringConnection AcceptVpcPeeringConnection RejectVpcPeeringConnection DeleteFlowLogs',
  },
  {
    id: 'Organization',
    title: 'The organization changed',
    reference: 'CIS AWS Foundations 6.0, 5.15',
    severity: 'HIGH',
    routine: true,
    services: ['organizations'],
    calls:
      'AcceptHandshake CancelHandshake DeclineHandshake InviteAccountToOrganization CreateAccount CloseAccount MoveAccount RemoveAccountFromOrganization LeaveOrganization CreateOrganization DeleteOrganization EnableAllFeatures AttachPolicy DetachPolicy CreatePolicy UpdatePolicy DeletePolicy EnablePolicyType DisablePolicyType CreateOrganizationalUnit UpdateOrganizationalUnit DeleteOrganizationalUnit',
  },
  {
    id: 'DetectionOff',
    title: 'A service that detects was turned off or cut off',

    severity: 'CRITICAL',
    routine: false,
    services: ['guardduty', 'securityhub', 'inspector2', 'macie2', 'access-analyzer'],
    calls:
      'DeleteDetector UpdateDetector StopMonitoringMembers DeletePublishingDestination DisassociateFromAdministratorAccount DisassociateMembers DeleteMembers DisableSecurityHub DisableSecurityHubV2 BatchDisableStandards Disable DisableMacie DeleteAnalyzer',
  },
  {
    id: 'Backups',
    title: 'Backups, or what keeps them, are deleted or loosened',

    severity: 'CRITICAL',
    routine: false,
    services: ['backup'],
    calls:
      'DeleteRecoveryPoint DisassociateRecoveryPoint UpdateRecoveryPointLifecycle DeleteBackupVault DeleteBackupVaultLockConfiguration PutBackupVaultLockConfiguration DeleteBackupPlan PutBackupVaultAccessPolicy DeleteBackupVaultAccessPolicy DeleteBackupSelection',
  },
  {
    id: 'SnapshotsShared',
    title: 'A snapshot or an image is shared',

    severity: 'CRITICAL',
    routine: false,
    services: ['ec2', 'rds'],
    calls: 'ModifySnapshotAttribute ModifyImageAttribute ModifyDBSnapshotAttribute ModifyDBClusterSnapshotAttribute',
  },
  {
    id: 'AlarmsSilenced',
    title: 'Alarms or notices are silenced',

    severity: 'HIGH',
    routine: true,
    services: ['monitoring', 'events', 'sns', 'guardduty', 'securityhub'],
    calls:
      'DisableAlarmActions DeleteAlarms DisableRule DeleteRule RemoveTargets DeleteTopic Unsubscribe ArchiveFindings CreateFilter UpdateFilter CreateIPSet UpdateIPSet CreateTrustedEntitySet CreateAutomationRule BatchUpdateAutomationRules CreateAutomationRuleV2',
  },
];

/** A rule for each thing that somebody should know of. */
export function addActivities(stack: Stack, topic: sns.ITopic, deadLetterQueue: sqs.IQueue): void {
  const add = (id: string, title: string, severity: string, description: string, eventPattern: events.EventPattern) => {
    const field = (path: string): string => events.EventField.fromPath(path);
    const eventId = field('$.detail.eventID');
    const message = events.RuleTargetInput.fromObject({
      notice: title,
      id: eventId,
      type: field('$.detail.eventName'),
      severity,
      account: field('$.account'),
      region: field('$.detail.awsRegion'),
      console: `https://console.aws.amazon.com/cloudtrailv2/home?region=${stack.region}#/events/${eventId}`,
    });
    const target = new eventTargets.SnsTopic(topic, { message });
    new events.Rule(stack, `${id}Rule`, {
      description,
      eventPattern,
      targets: [{ bind: (rule) => ({ ...target.bind(rule), deadLetterConfig: { arn: deadLetterQueue.queueArn } }) }],
    });
  };
  const root = 'The root user was used';
  add('RootUse', root, 'CRITICAL', `${root}: CIS AWS Foundations 6.0, 5.3`, {
    source: FROM_AWS,
    detailType: [API_CALL, SIGN_IN],
    detail: {
      userIdentity: { type: ['Root'], invokedBy: events.Match.doesNotExist() },
      eventType: events.Match.anythingBut('AwsServiceEvent'),
    },
  });
  const bare = 'An IAM user signed in to the console without a second factor';
  add('SignInWithoutMfa', bare, 'HIGH', `${bare}: CIS AWS Foundations 6.0, 5.2`, {
    source: ['aws.signin'],
    detailType: [SIGN_IN],
    detail: {
      eventName: ['ConsoleLogin'],
      userIdentity: { type: ['IAMUser'] },
      additionalEventData: { MFAUsed: events.Match.anythingBut('Yes') },
      responseElements: { ConsoleLogin: ['Success'] },
    },
  });
  for (const { id, title, reference, severity, routine, services, calls } of ACTIVITIES) {
    add(id, title, severity, reference ? `${title}: ${reference}` : title, {
      source: FROM_AWS,
      detailType: [API_CALL],
      detail: {
        eventSource: services.map((service) => `${service}.amazonaws.com`),
        eventName: calls.split(' '),
        ...(routine
          ? { userIdentity: { invokedBy: [{ exists: false }, { 'anything-but': ['cloudformation.amazonaws.com'] }] } }
          : {}),
      },
    });
  }
}
