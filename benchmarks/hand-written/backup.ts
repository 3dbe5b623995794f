import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import * as backup from 'aws-cdk-lib/aws-backup';
import * as events from 'aws-cdk-lib/aws-events';
import * as eventTargets from 'aws-cdk-lib/aws-events-targets';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as sns from 'aws-cdk-lib/aws-sns';
import type * as sqs from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { newDataKey } from './keys';

const window = { scheduleExpressionTimezone: 'UTC', startWindowMinutes: 60, completionWindowMinutes: 720 };

export interface Backups {
  readonly vault: backup.BackupVault;
  readonly key: kms.Key;
}

export function newVault(
  scope: Construct,
  backupVaultName: string,
  encryptionKey: kms.Key,
  days: { readonly min: number; readonly max: number },
): backup.BackupVault {
  return new backup.BackupVault(scope, 'Vault', {
    backupVaultName,
    encryptionKey,
    removalPolicy: RemovalPolicy.RETAIN,
    blockRecoveryPointDeletion: true,
    lockConfiguration: { minRetention: Duration.days(days.min), maxRetention: Duration.days(days.max) },
  });
}

export function addBackup(
  scope: Construct,
  systemName: string,
  resources: backup.BackupResource[],
  topic: sns.ITopic,
  deadLetterQueue: sqs.IQueue,
  copyTo: string[],
): Backups {
  const key = newDataKey(scope, 'BackupKey', `Encrypts the backups of ${systemName}`);
  const vault = newVault(scope, `${systemName}-backup`, key, { min: 35, max: 90 });
  const plan = newPlan(scope, systemName, vault, copyTo);
  const role = new iam.Role(scope, 'BackupRole', {
    description: 'Lets AWS Backup make and copy recovery points',
    assumedBy: new iam.ServicePrincipal('backup.amazonaws.com'),
    managedPolicies: ['service-role/AWSBackupServiceRolePolicyForBackup', 'AWSBackupServiceRolePolicyForS3Backup'].map(
      (name) => iam.ManagedPolicy.fromAwsManagedPolicyName(name),
    ),
  });
  new backup.BackupSelection(scope, 'BackupSelection', {
    backupPlan: plan,
    backupSelectionName: systemName,
    resources,
    role,
    disableDefaultBackupPolicy: true,
  });
  notify(scope, vault, topic, deadLetterQueue);
  return { vault, key };
}

function newPlan(scope: Construct, systemName: string, vault: backup.BackupVault, copyTo: string[]) {
  const kept = { deleteAfterDays: 90 };
  return new backup.CfnBackupPlan(scope, 'BackupPlan', {
    backupPlan: {
      backupPlanName: systemName,
      backupPlanRule: [
        {
          ...window,
          ruleName: 'Continuous',
          targetBackupVault: vault.backupVaultName,
          scheduleExpression: 'cron(0 4 ? * * *)',
          enableContinuousBackup: true,
          lifecycle: { deleteAfterDays: 35 },
        },
        {
          ...window,
          ruleName: 'Every12Hours',
          targetBackupVault: vault.backupVaultName,
          scheduleExpression: 'cron(0 5,17 ? * * *)',
          lifecycle: kept,
          copyActions:
            copyTo.length > 0 ? copyTo.map((arn) => ({ destinationBackupVaultArn: arn, lifecycle: kept })) : undefined,
        },
      ],
    },
  });
}

function notify(scope: Construct, vault: backup.BackupVault, topic: sns.ITopic, deadLetterQueue: sqs.IQueue): void {
  (vault.node.defaultChild as backup.CfnBackupVault).notifications = {
    snsTopicArn: topic.topicArn,
    backupVaultEvents: ['S3_BACKUP_OBJECT_FAILED'],
  };
  topic.addToResourcePolicy(
    new iam.PolicyStatement({
      actions: ['sns:Publish'],
      principals: [
        new iam.ServicePrincipal('backup.amazonaws.com', {
          conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(scope).account } },
        }),
      ],
      resources: [topic.topicArn],
    }),
  );
  const field = (name: string) => events.EventField.fromPath(`$.detail.${name}`);
  for (const [id, kind, vaultField] of [
    ['BackupFailed', 'Backup', 'backupVaultArn'],
    ['CopyFailed', 'Copy', 'sourceBackupVaultArn'],
  ]) {
    const detailType = `${kind} Job State Change`;
    const text = `AWS Backup: ${detailType} to ${field('state')} for ${field('resourceArn')} in ${events.EventField.region}`;
    new events.Rule(scope, id, {
      description: `${detailType} that needs attention`,
      eventPattern: {
        source: ['aws.backup'],
        detailType: [detailType],
        detail: { state: ['FAILED', 'EXPIRED', 'ABORTED', 'PARTIAL'], [vaultField]: [vault.backupVaultArn] },
      },
      targets: [new eventTargets.SnsTopic(topic, { message: events.RuleTargetInput.fromText(text), deadLetterQueue })],
    });
  }
}
