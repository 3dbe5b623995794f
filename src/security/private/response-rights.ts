import { Stack } from 'aws-cdk-lib';
import type * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import type { IConstruct } from 'constructs';
import { acknowledge } from '../../core/private/acknowledgements';
import { asFindingText } from '../../core/private/granular-finding';
import { ContainableResource } from '../containable-resource';
import type { IncidentResponseProps } from '../incident-response-props';
import { RUNBOOKS } from './containment-runbooks';

/** What the steps of a response work with. */
export interface StepRights extends IncidentResponseProps {
  readonly resources: ContainableResource[];
  readonly stateMachineName: string;
  readonly openCases: dynamodb.ITableV2;
  readonly runbookRoles: iam.IRole[];
}

/** Let a runbook contain one kind of resource, and keep a record of what it changed. */
export function allowContainment(
  role: iam.Role,
  resource: ContainableResource,
  records: s3.IBucket,
  encryptionKey: kms.IKey,
  neverContain: string[],
): void {
  const { actions } = RUNBOOKS[resource];
  const ofGroups = actions.filter((action) => /^autoscaling:(?!Describe)/.test(action));
  const nameless = actions.filter((action) =>
    /^ssm:|:(GetPolicy|ListPolicies|ListVirtualMFADevices)$|^autoscaling:Describe/.test(action),
  );
  const named = actions.filter((action) => ![...ofGroups, ...nameless].includes(action));
  allow(role, named, [anyOf(role, resource)], anyOf(role, resource) === '*' ? inItsRegion(role) : undefined);
  allow(role, ofGroups, [anyGroup(role)]);
  allow(role, [...nameless, 's3:GetAccountPublicAccessBlock'], ['*']); // looked at before the records are written, as below
  keepOff(role, resource, named, neverContain);
  allow(role, ['s3:PutObject', 's3:GetObject'], [records.arnForObjects('*')]);
  const ofRecords = ['s3:ListBucket', 's3:GetBucketLocation', 's3:GetBucketAcl', 's3:GetBucketPolicyStatus'];
  allow(role, [...ofRecords, 's3:GetBucketPublicAccessBlock', 's3:GetEncryptionConfiguration'], [records.bucketArn]);
  allow(role, ['kms:Decrypt', 'kms:GenerateDataKey'], [encryptionKey.keyArn]);
}

/** Let the steps of a response look, tell, and start runbooks. They contain nothing themselves. */
export function allowSteps(role: iam.Role, rights: StepRights): void {
  const stack = Stack.of(role);
  const { topic, escalationTopic = topic, resources } = rights;
  allow(role, ['dynamodb:PutItem', 'dynamodb:GetItem', 'dynamodb:DeleteItem'], [rights.openCases.tableArn]);
  allow(role, ['sns:Publish'], [...new Set([topic.topicArn, escalationTopic.topicArn])]);
  allow(role, ['kms:Decrypt', 'kms:GenerateDataKey'], [rights.encryptionKey.keyArn]);
  const { partition, region, account } = stack;
  const executions = `arn:${partition}:states:${region}:${account}:execution:${rights.stateMachineName}:*`;
  allow(role, ['states:DescribeExecution'], [executions]);
  for (const resource of resources) {
    allow(role, [RUNBOOKS[resource].readTags.action], [anyOf(role, resource)]);
  }
  if (rights.securityHubProducts) {
    const hub = stack.formatArn({ service: 'securityhub', resource: 'hub', resourceName: 'default' });
    allow(role, ['securityhub:BatchUpdateFindings'], [hub]);
  }
  if (rights.securityHubProducts && resources.includes(ContainableResource.IAM_USER)) {
    allow(role, ['iam:GetAccessKeyLastUsed'], [anyOf(role, ContainableResource.IAM_USER)]); // whose key a finding is about
  }
  if (rights.mode.contains) {
    allowRunbooks(role, rights);
  }
  if (rights.mode.contains && resources.includes(ContainableResource.INSTANCE)) {
    allowEvidence(role, rights.forensicAccount);
  }
}

function allowRunbooks(role: iam.Role, { resources, runbookRoles }: StepRights): void {
  const stack = Stack.of(role);
  const { partition, region } = stack;
  const documents = [...new Set(resources.map((resource) => RUNBOOKS[resource].document))];
  allow(
    role,
    ['ssm:StartAutomationExecution'],
    documents.flatMap((document) => [
      `arn:${partition}:ssm:${region}::document/${document}`,
      `arn:${partition}:ssm:${region}:*:automation-definition/${document}:$DEFAULT`,
    ]),
  );
  const executions = stack.formatArn({ service: 'ssm', resource: 'automation-execution', resourceName: '*' });
  allow(role, ['ssm:StartAutomationExecution', 'ssm:GetAutomationExecution'], [executions]);
  allow(
    role,
    ['iam:PassRole'],
    runbookRoles.map(({ roleArn }) => roleArn),
    { StringEquals: { 'iam:PassedToService': 'ssm.amazonaws.com' } },
  );
}

/** Snapshots, and their copies for one other account. Keys are those of whichever volume, used through Amazon EC2 only. */
function allowEvidence(role: iam.Role, forensicAccount: string | undefined): void {
  const stack = Stack.of(role);
  const { partition, region } = stack;
  const snapshots = `arn:${partition}:ec2:${region}::snapshot/*`;
  const ofAccount = (service: string, resource: string) => stack.formatArn({ service, resource, resourceName: '*' });
  allow(role, ['ec2:CreateSnapshots'], [snapshots, ofAccount('ec2', 'instance'), ofAccount('ec2', 'volume')]);
  allow(role, ['ec2:CreateTags'], [snapshots], {
    StringEquals: { 'ec2:CreateAction': ['CreateSnapshots', 'CopySnapshot'] },
  });
  if (forensicAccount) {
    allow(role, ['ec2:CopySnapshot'], [snapshots]);
    allow(role, ['ec2:ModifySnapshotAttribute'], [snapshots], { StringEquals: { 'ec2:Add/userId': forensicAccount } });
    const copying = ['kms:DescribeKey', 'kms:CreateGrant', 'kms:Decrypt', 'kms:ReEncryptFrom', 'kms:ReEncryptTo'];
    allow(role, [...copying, 'kms:GenerateDataKeyWithoutPlaintext'], [ofAccount('kms', 'key')], {
      StringEquals: { 'kms:ViaService': `ec2.${region}.amazonaws.com` },
    });
  }
}

/** The ARN of a resource that can be contained. */
export function containableArn(scope: IConstruct, kind: ContainableResource, name: string): string {
  const { partition, region, account } = Stack.of(scope);
  const { service, resource, global } = RUNBOOKS[kind].arn;
  if (service === 's3') {
    return `arn:${partition}:s3:::${name}`;
  }
  return `arn:${partition}:${service}:${global ? '' : region}:${account}:${resource}/${name}`;
}

/** Not even a person who starts the runbook by hand contains these. Of instances it cannot be said: their network interfaces are changed. */
function keepOff(role: iam.Role, kind: ContainableResource, actions: string[], names: string[]): void {
  const { service, global } = RUNBOOKS[kind].arn;
  const changing = actions.filter((action) => !/:(Get|List|Describe)/.test(action));
  if (!global || names.length === 0) {
    return;
  }
  const withPath = service === 'iam' ? names.map((name) => `*/${name}`) : [];
  role.addToPrincipalPolicy(
    new iam.PolicyStatement({
      effect: iam.Effect.DENY,
      actions: changing,
      resources: [...names, ...withPath].map((name) => containableArn(role, kind, name)),
    }),
  );
}

function inItsRegion(scope: IConstruct): iam.Conditions {
  return { StringEquals: { 'aws:RequestedRegion': Stack.of(scope).region } };
}

/** An Auto Scaling group whose instance is taken out of service. */
function anyGroup(scope: IConstruct): string {
  const { partition, region, account } = Stack.of(scope);
  return `arn:${partition}:autoscaling:${region}:${account}:autoScalingGroup:*:autoScalingGroupName/*`;
}

/** Amazon EC2 describes all or nothing. */
function anyOf(scope: IConstruct, kind: ContainableResource): string {
  return RUNBOOKS[kind].arn.service === 'ec2' ? '*' : containableArn(scope, kind, '*');
}

/** Grants to a role, and answers for those that end in a wildcard: which resource a finding will name is not known. */
function allow(role: iam.Role, actions: string[], resources: string[], conditions?: iam.Conditions): void {
  if (actions.length === 0) {
    return;
  }
  role.addToPrincipalPolicy(new iam.PolicyStatement({ actions, resources, conditions }));
  const findings = resources
    .map((resource) => asFindingText(role, resource))
    .filter((text) => text.includes('*'))
    .map((text) => `Resource::${text}`);
  if (findings.length > 0) {
    acknowledge(role, 'containment', findings);
  }
}
