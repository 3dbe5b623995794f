import { ContainableResource } from '../containable-resource';

/** How one kind of resource is found in a finding, read, contained and released. */
export interface ContainmentRunbook {
  /** The runbook, which AWS keeps. */
  readonly document: string;
  /** What undoes it. */
  readonly undo: string;
  /** The parameter that names the resource, and those that say what it is. */
  readonly resourceParameter: string;
  readonly parameters?: Record<string, string[]>;
  /** Whether the runbook asks who may reach the resource all the same. */
  readonly restrictedAccess?: boolean;
  /** The part of GuardDuty's `detail.resource` that tells of it, and where its name is. */
  readonly finding: Record<string, unknown>;
  readonly name: string;
  /** What Security Hub CSPM calls such a resource: https://docs.aws.amazon.com/securityhub/latest/userguide/asff-resources.html */
  readonly securityHubType: string;
  /** Its ARN, with `{}` for the name. */
  readonly arn: { readonly service: string; readonly resource: string; readonly global?: boolean };
  /** The call that reads its tags; the answer has them in `tags`. */
  readonly readTags: {
    readonly api: string;
    readonly action: string;
    readonly parameters: Record<string, unknown>;
    readonly tags: string;
  };
  /** What the runbook needs, on any such resource: the page of each runbook lists it. */
  readonly actions: string[];
}

const tagOf = (list: string) => `$.${list}[?(@.Key == 'ehr:tier')].Value`;

/**
 * https://docs.aws.amazon.com/systems-manager-automation-runbooks/latest/userguide/automation-awssupport-containec2instance.html,
 * .../awssupport-contain-iam-principal.html and .../automation-awssupport-contains3resource.html. Actions are those of
 * https://docs.aws.amazon.com/security-ir/latest/userguide/containment-only-template.html, without making buckets, users' keys and secrets,
 * and without IAM Identity Center, tags of policies and devices, and attaching policies, which only undoing needs. What undoes is started
 * by a person, with rights of their own and the parameter `BackupS3KeyName`, whose value ends in the id of the automation.
 *
 * Parameters are those of the pages of `AWSSupport-ContainIAMPrincipal` and `AWSSupport-ContainS3Resource`, which require
 * `BackupS3BucketAccess`. Of the page of `AWSSupport-ContainEC2Instance` only the description could be read: its parameters for the bucket
 * are taken to be the same. A runbook refuses parameters that it does not know, and that is told as a failure.
 */
export const RUNBOOKS: Record<ContainableResource, ContainmentRunbook> = {
  [ContainableResource.INSTANCE]: {
    document: 'AWSSupport-ContainEC2Instance',
    undo: 'Release',
    resourceParameter: 'InstanceId',
    finding: { resourceType: ['Instance'] },
    name: '$.detail.resource.instanceDetails.instanceId',
    securityHubType: 'AwsEc2Instance',
    arn: { service: 'ec2', resource: 'instance' },
    readTags: {
      api: 'ec2:describeTags',
      action: 'ec2:DescribeTags',
      parameters: { Filters: [{ Name: 'resource-id', 'Values.$': 'States.Array($.resource)' }] },
      tags: tagOf('Tags'),
    },
    actions: [
      ...['ec2:AuthorizeSecurityGroupEgress', 'ec2:AuthorizeSecurityGroupIngress', 'ec2:RevokeSecurityGroupEgress'],
      ...['ec2:CreateSecurityGroup', 'ec2:DeleteSecurityGroup', 'ec2:ModifyNetworkInterfaceAttribute'],
      ...['ec2:CreateImage', 'ec2:CopyImage', 'ec2:CreateSnapshot', 'ec2:CreateTags', 'ec2:DeleteTags'],
      ...['ec2:DescribeImages', 'ec2:DescribeInstances', 'ec2:DescribeSecurityGroups', 'ec2:DescribeSnapshots'],
      ...['ec2:DescribeTags', 'autoscaling:CreateOrUpdateTags', 'autoscaling:DeleteTags'],
      ...['autoscaling:DescribeAutoScalingGroups', 'autoscaling:DescribeAutoScalingInstances'],
      ...['autoscaling:DescribeTags', 'autoscaling:EnterStandby', 'autoscaling:ExitStandby'],
      'autoscaling:UpdateAutoScalingGroup',
    ],
  },
  [ContainableResource.IAM_USER]: {
    document: 'AWSSupport-ContainIAMPrincipal',
    undo: 'Restore',
    resourceParameter: 'PrincipalName',
    parameters: { PrincipalType: ['IAM user'] },
    finding: { resourceType: ['AccessKey'], accessKeyDetails: { userType: ['IAMUser'] } },
    name: '$.detail.resource.accessKeyDetails.userName',
    securityHubType: 'AwsIamUser',
    arn: { service: 'iam', resource: 'user', global: true },
    readTags: {
      api: 'iam:listUserTags',
      action: 'iam:ListUserTags',
      parameters: { 'UserName.$': '$.resource' },
      tags: tagOf('Tags'),
    },
    actions: [
      ...['iam:GetUser', 'iam:GetUserPolicy', 'iam:ListUserPolicies', 'iam:ListAttachedUserPolicies'],
      ...['iam:ListAccessKeys', 'iam:ListMFADevices', 'iam:GetLoginProfile', 'iam:UpdateAccessKey'],
      ...['iam:DeleteLoginProfile', 'iam:PutUserPolicy', 'iam:DeleteUserPolicy', 'iam:DeactivateMFADevice'],
      ...['iam:GetPolicy', 'iam:ListPolicies', 'iam:ListVirtualMFADevices', 'iam:TagUser', 'iam:UntagUser'],
    ],
  },
  [ContainableResource.IAM_ROLE]: {
    document: 'AWSSupport-ContainIAMPrincipal',
    undo: 'Restore',
    resourceParameter: 'PrincipalName',
    parameters: { PrincipalType: ['IAM role'] },
    finding: { resourceType: ['AccessKey'], accessKeyDetails: { userType: ['AssumedRole', 'Role'] } },
    name: '$.detail.resource.accessKeyDetails.userName', // of a session, the name of its role
    securityHubType: 'AwsIamRole',
    arn: { service: 'iam', resource: 'role', global: true },
    readTags: {
      api: 'iam:listRoleTags',
      action: 'iam:ListRoleTags',
      parameters: { 'RoleName.$': '$.resource' },
      tags: tagOf('Tags'),
    },
    actions: [
      ...['iam:GetRole', 'iam:GetRolePolicy', 'iam:ListRolePolicies', 'iam:ListAttachedRolePolicies'],
      ...['iam:GetPolicy', 'iam:ListPolicies'],
      ...['iam:PutRolePolicy', 'iam:DeleteRolePolicy', 'iam:TagRole', 'iam:UntagRole'],
    ],
  },
  [ContainableResource.BUCKET]: {
    document: 'AWSSupport-ContainS3Resource',
    undo: 'Restore',
    resourceParameter: 'BucketName',
    restrictedAccess: true,
    finding: { resourceType: ['S3Bucket'] },
    name: '$.detail.resource.s3BucketDetails[0].name',
    securityHubType: 'AwsS3Bucket',
    arn: { service: 's3', resource: '', global: true },
    readTags: {
      api: 's3:getBucketTagging',
      action: 's3:GetBucketTagging',
      parameters: { 'Bucket.$': '$.resource' },
      tags: tagOf('TagSet'),
    },
    actions: [
      ...['s3:GetBucketAcl', 's3:GetBucketLocation', 's3:GetBucketPolicy'],
      ...['s3:GetBucketOwnershipControls', 's3:GetBucketPolicyStatus', 's3:GetBucketPublicAccessBlock'],
      ...['s3:GetBucketTagging', 's3:GetEncryptionConfiguration', 's3:GetReplicationConfiguration', 's3:ListBucket'],
      ...['s3:DeleteBucketPolicy', 's3:PutBucketAcl', 's3:PutBucketOwnershipControls', 's3:PutBucketPolicy'],
      ...['s3:PutBucketPublicAccessBlock', 's3:PutBucketTagging', 'ssm:DescribeAutomationExecutions'],
    ],
  },
};
