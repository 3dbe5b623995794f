import { Stack } from 'aws-cdk-lib';
import * as backup from 'aws-cdk-lib/aws-backup';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as events from 'aws-cdk-lib/aws-events';
import * as eventTargets from 'aws-cdk-lib/aws-events-targets';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as rds from 'aws-cdk-lib/aws-rds';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import type * as sns from 'aws-cdk-lib/aws-sns';
import type * as sqs from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { DATABASE } from './network';

export interface Restored {
  readonly systemName: string;
  readonly vpc: ec2.IVpc;
  readonly vault: backup.BackupVault;
  readonly clusterArn: string;
  readonly documents: s3.IBucket;
  readonly topic: sns.ITopic;
  readonly deadLetterQueue: sqs.IQueue;
}

/** Restores the newest recovery points every week, into subnets that reach nothing. */
export function restoreWeekly(scope: Construct, restored: Restored): void {
  const { systemName, vpc, vault, clusterArn, documents } = restored;
  const subnets = new rds.SubnetGroup(scope, 'RestoreSubnets', {
    description: 'Where restored databases are looked at',
    vpc,
    vpcSubnets: DATABASE,
  });
  const nobody = new ec2.SecurityGroup(scope, 'Nobody', { vpc, allowAllOutbound: false });
  const role = new iam.Role(scope, 'RestoreRole', {
    description: 'Lets AWS Backup restore recovery points for a test',
    assumedBy: new iam.ServicePrincipal('backup.amazonaws.com', {
      conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(scope).account } },
    }),
    managedPolicies: [
      'service-role/AWSBackupServiceRolePolicyForRestores',
      'AWSBackupServiceRolePolicyForS3Restore',
    ].map((name) => iam.ManagedPolicy.fromAwsManagedPolicyName(name)),
  });
  const plan = new backup.CfnRestoreTestingPlan(scope, 'RestoreTestingPlan', {
    restoreTestingPlanName: `${systemName.replaceAll('-', '_')}_restores`,
    scheduleExpression: 'cron(0 5 ? * SUN *)',
    scheduleExpressionTimezone: 'UTC',
    startWindowHours: 8,
    recoveryPointSelection: {
      algorithm: 'LATEST_WITHIN_WINDOW',
      includeVaults: [vault.backupVaultArn],
      recoveryPointTypes: ['SNAPSHOT', 'CONTINUOUS'],
      selectionWindowDays: 7,
    },
  });
  const select = (name: string, type: string, arn: string, restoreMetadataOverrides?: Record<string, string>) => {
    const selection = new backup.CfnRestoreTestingSelection(scope, `Restore${type}`, {
      restoreTestingPlanName: plan.restoreTestingPlanName,
      restoreTestingSelectionName: name,
      protectedResourceType: type,
      protectedResourceArns: [arn],
      iamRoleArn: role.roleArn,
      validationWindowHours: 4,
      restoreMetadataOverrides,
    });
    selection.node.addDependency(plan);
  };
  select('aurora', 'Aurora', clusterArn, {
    dbSubnetGroupName: subnets.subnetGroupName,
    vpcSecurityGroupIds: JSON.stringify([nobody.securityGroupId]),
  });
  select('s3', 'S3', documents.bucketArn);
  notifyOfFailedRestores(scope, restored);
}

function notifyOfFailedRestores(scope: Construct, { topic, deadLetterQueue }: Restored): void {
  const field = (name: string) => events.EventField.fromPath(`$.detail.${name}`);
  const text = `AWS Backup: restore ${field('restoreJobId')} of ${field('resourceType')} is ${field('status')} in ${events.EventField.region}`;
  new events.Rule(scope, 'RestoreFailed', {
    description: 'Restore that needs attention',
    eventPattern: {
      source: ['aws.backup'],
      detailType: ['Restore Job State Change'],
      detail: { status: ['FAILED', 'ABORTED'] },
    },
    targets: [new eventTargets.SnsTopic(topic, { message: events.RuleTargetInput.fromText(text), deadLetterQueue })],
  });
}
