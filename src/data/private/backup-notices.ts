import { Stack } from 'aws-cdk-lib';
import type * as backup from 'aws-cdk-lib/aws-backup';
import * as events from 'aws-cdk-lib/aws-events';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as sns from 'aws-cdk-lib/aws-sns';
import type * as sqs from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';

const FAILED = ['FAILED', 'EXPIRED', 'ABORTED', 'PARTIAL'];

/**
 * Tell a topic when a backup or a copy of it fails. By Amazon EventBridge: the vault's own notifications no longer report
 * failed jobs. https://docs.aws.amazon.com/aws-backup/latest/devguide/sns-notifications.html and .../eventbridge.html
 */
export function notifyOfFailures(
  scope: Construct,
  vaultArn: string,
  topic: sns.ITopic,
  deadLetterQueue?: sqs.IQueue,
): events.Rule[] {
  const target = (message: events.RuleTargetInput) => new targets.SnsTopic(topic, { message, deadLetterQueue });
  return [
    failureRule(scope, 'BackupFailed', 'Backup Job State Change', { backupVaultArn: [vaultArn] }, target),
    failureRule(scope, 'CopyFailed', 'Copy Job State Change', { sourceBackupVaultArn: [vaultArn] }, target),
  ];
}

/**
 * Tell a topic when a scan finds malware, and when it could not look everywhere. Where GuardDuty is on, the first is a finding as well.
 * https://docs.aws.amazon.com/aws-backup/latest/devguide/eventbridge.html
 */
export function notifyOfScans(
  scope: Construct,
  vaultArn: string,
  topic: sns.ITopic,
  deadLetterQueue?: sqs.IQueue,
): events.Rule[] {
  const field = (name: string) => events.EventField.fromPath(`$.detail.${name}`);
  const scanRule = (id: string, description: string, detail: Record<string, unknown>): events.Rule => {
    const text = `AWS Backup: ${description} (scan ${field('scanJobId')} is ${field('state')}): ${field('recoveryPointArn')} of ${field('resourceType')} in ${events.EventField.region}`;
    return new events.Rule(scope, id, {
      description,
      eventPattern: {
        source: ['aws.backup'],
        detailType: ['Scan Job State Change'],
        detail: { backupVaultArn: [vaultArn], ...detail },
      },
      targets: [new targets.SnsTopic(topic, { message: events.RuleTargetInput.fromText(text), deadLetterQueue })],
    });
  };
  return [
    scanRule('MalwareFound', 'Malware in a recovery point; do not restore it', {
      scanResult: { scanResultStatus: ['THREATS_FOUND'] },
    }),
    scanRule('ScanIncomplete', 'Recovery point that was not scanned, or in part only', {
      state: ['FAILED', 'CANCELED', 'COMPLETED_WITH_ISSUES'],
    }),
  ];
}

/**
 * Tell a topic when a restore fails, whoever asked for it: a rule on the role of a test would be silent if the event did not carry
 * it. Restore events say `status` where the others say `state`. https://docs.aws.amazon.com/aws-backup/latest/devguide/eventbridge.html
 */
export function notifyOfFailedRestores(scope: Construct, topic: sns.ITopic, deadLetterQueue?: sqs.IQueue): events.Rule {
  const field = (name: string) => events.EventField.fromPath(`$.detail.${name}`);
  const text = `AWS Backup: restore ${field('restoreJobId')} of ${field('resourceType')} is ${field('status')} in ${events.EventField.region}`;
  return new events.Rule(scope, 'RestoreFailed', {
    description: 'Restore that needs attention',
    eventPattern: {
      source: ['aws.backup'],
      detailType: ['Restore Job State Change'],
      detail: { status: ['FAILED', 'ABORTED'] },
    },
    targets: [new targets.SnsTopic(topic, { message: events.RuleTargetInput.fromText(text), deadLetterQueue })],
  });
}

function failureRule(
  scope: Construct,
  id: string,
  detailType: string,
  vault: Record<string, string[]>,
  target: (message: events.RuleTargetInput) => events.IRuleTarget,
): events.Rule {
  const field = (name: string) => events.EventField.fromPath(`$.detail.${name}`);
  const text = `AWS Backup: ${detailType} to ${field('state')} for ${field('resourceArn')} in ${events.EventField.region}`;
  return new events.Rule(scope, id, {
    description: `${detailType} that needs attention`,
    eventPattern: { source: ['aws.backup'], detailType: [detailType], detail: { state: FAILED, ...vault } },
    targets: [target(events.RuleTargetInput.fromText(text))],
  });
}

/** Tell a topic what only the vault itself reports. The L2 property would let AWS Backup publish for any account. */
export function notifyOfVault(
  vault: backup.BackupVault,
  topic: sns.ITopic,
  backupVaultEvents: backup.BackupVaultEvents[],
): void {
  (vault.node.defaultChild as backup.CfnBackupVault).notifications = { snsTopicArn: topic.topicArn, backupVaultEvents };
  topic.addToResourcePolicy(
    new iam.PolicyStatement({
      actions: ['sns:Publish'],
      principals: [
        new iam.ServicePrincipal('backup.amazonaws.com', {
          conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(vault).account } },
        }),
      ],
      resources: [topic.topicArn],
    }),
  );
}
