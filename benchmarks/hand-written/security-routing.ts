import { Duration, type Stack } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as actions from 'aws-cdk-lib/aws-cloudwatch-actions';
import * as events from 'aws-cdk-lib/aws-events';
import * as eventTargets from 'aws-cdk-lib/aws-events-targets';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { addActivities } from './activities';
import { newTopic } from './notifications';

interface Route {
  readonly description: string;
  readonly eventPattern: events.EventPattern;
  /** Paths in the event of: id, type, severity, account, region. */
  readonly fields: [string, string, string, string, string];
  readonly page: string;
}

function routes(region: string): Record<string, Route> {
  const finding = '$.detail.findings[0]';
  return {
    GuardDuty: {
      description: 'GuardDuty findings of high severity',
      eventPattern: {
        source: ['aws.guardduty'],
        detailType: ['GuardDuty Finding'],
        detail: { severity: events.Match.greaterThanOrEqual(7), service: { archived: [false, { exists: false }] } },
      },
      fields: ['$.detail.id', '$.detail.type', '$.detail.severity', '$.detail.accountId', '$.detail.region'],
      page: `guardduty/home?region=${region}#/findings?search=id%3D${events.EventField.fromPath('$.detail.id')}`,
    },
    SecurityHub: {
      description: 'Failed controls, critical or high',
      eventPattern: {
        source: ['aws.securityhub'],
        detailType: ['Security Hub Findings - Imported'],
        detail: {
          findings: {
            ProductName: events.Match.anythingBut('GuardDuty'),
            Region: [region],
            RecordState: ['ACTIVE'],
            Workflow: { Status: ['NEW'] },
            Compliance: { Status: ['FAILED'] },
            Severity: { Label: ['CRITICAL', 'HIGH'] },
          },
        },
      },
      fields: [
        `${finding}.Id`,
        `${finding}.GeneratorId`,
        `${finding}.Severity.Label`,
        `${finding}.AwsAccountId`,
        `${finding}.Region`,
      ],
      page: `securityhub/home?region=${region}#/findings`,
    },
    Health: {
      description: 'AWS Health events',
      eventPattern: { source: ['aws.health'] },
      fields: [
        '$.detail.eventArn',
        '$.detail.eventTypeCode',
        '$.detail.eventTypeCategory',
        '$.account',
        '$.detail.eventRegion',
      ],
      page: 'health/home',
    },
  };
}

/** Notices of findings, and what becomes of those that cannot be delivered. */
export function addRouting(stack: Stack, key: kms.Key): void {
  const topic = newTopic(stack, 'Topic', key);
  const deadLetterQueue = new sqs.Queue(stack, 'DeadLetterQueue', {
    encryption: sqs.QueueEncryption.KMS,
    encryptionMasterKey: key,
    enforceSSL: true,
    retentionPeriod: Duration.days(14),
  });
  for (const [name, { description, eventPattern, fields, page }] of Object.entries(routes(stack.region))) {
    const [id, type, severity, account, region] = fields.map((path) => events.EventField.fromPath(path));
    const console = `https://console.aws.amazon.com/${page}`;
    const message = events.RuleTargetInput.fromObject({
      notice: description,
      id,
      type,
      severity,
      account,
      region,
      console,
    });
    const rule = new events.Rule(stack, `${name}Rule`, { description, eventPattern });
    const target = new eventTargets.SnsTopic(topic, { message });
    rule.addTarget({
      bind: (to) => ({ ...target.bind(to), deadLetterConfig: { arn: deadLetterQueue.queueArn } }),
    });
  }
  deadLetterQueue.addToResourcePolicy(
    new iam.PolicyStatement({
      actions: ['sqs:SendMessage'],
      principals: [new iam.ServicePrincipal('events.amazonaws.com')],
      resources: [deadLetterQueue.queueArn],
      conditions: {
        ArnLike: { 'aws:SourceArn': stack.formatArn({ service: 'events', resource: 'rule', resourceName: '*' }) },
      },
    }),
  );
  addActivities(stack, topic, deadLetterQueue);
  new cloudwatch.Alarm(stack, 'UndeliveredAlarm', {
    alarmDescription: 'A security notice could not be delivered; read the dead-letter queue and mend the topic',
    metric: deadLetterQueue.metricApproximateNumberOfMessagesVisible({
      statistic: 'Maximum',
      period: Duration.minutes(5),
    }),
    threshold: 1,
    comparisonOperator: cloudwatch.ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
    evaluationPeriods: 1,
    treatMissingData: cloudwatch.TreatMissingData.NOT_BREACHING,
  }).addAlarmAction(new actions.SnsAction(topic));
}
