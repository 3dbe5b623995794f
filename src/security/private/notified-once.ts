import { Duration, Stack } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as actions from 'aws-cdk-lib/aws-cloudwatch-actions';
import * as events from 'aws-cdk-lib/aws-events';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import type * as sns from 'aws-cdk-lib/aws-sns';
import * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import type { DataProtection } from '../../core/data-protection';
import { acknowledge } from '../../core/private/acknowledgements';
import { ManagedPolicyRole } from '../../core/private/managed-policy-role';
import { allowLogGroup } from './log-group-key';
import type { Notice } from './notices';

/** What telling once needs to know. */
export interface NotifiedOnceProps {
  readonly topic: sns.ITopic;
  readonly encryptionKey?: kms.IKey;
  readonly notice: Notice;
  readonly dataProtection: DataProtection;
}

/**
 * Tells of a finding of Security Hub CSPM, and then sets its workflow status to NOTIFIED, so that it is not told again until the check
 * passes and fails anew. In this order: what could not be told comes again.
 *
 * @see https://docs.aws.amazon.com/securityhub/latest/userguide/findings-workflow-status.html
 */
export class NotifiedOnce extends Construct {
  public readonly stateMachine: sfn.StateMachine;
  public readonly target: events.IRuleTarget;

  public constructor(scope: Construct, id: string, props: NotifiedOnceProps) {
    super(scope, id);
    const { topic, encryptionKey, notice } = props;
    const stack = Stack.of(this);
    const role = this.role('Role', 'states.amazonaws.com', 'Tells of findings, and marks them as told');
    role.addToPrincipalPolicy(new iam.PolicyStatement({ actions: ['sns:Publish'], resources: [topic.topicArn] }));
    const hub = stack.formatArn({ service: 'securityhub', resource: 'hub', resourceName: 'default' });
    role.addToPrincipalPolicy(
      new iam.PolicyStatement({ actions: ['securityhub:BatchUpdateFindings'], resources: [hub] }),
    );
    encryptionKey?.grant(role, 'kms:Decrypt', 'kms:GenerateDataKey');
    if (encryptionKey) {
      allowLogGroup(this, encryptionKey);
    }
    const logGroup = new logs.LogGroup(this, 'LogGroup', {
      encryptionKey,
      retention: logs.RetentionDays.ONE_YEAR,
      removalPolicy: props.dataProtection.removalPolicy,
    });
    this.stateMachine = new sfn.StateMachine(this, 'StateMachine', {
      definitionBody: sfn.DefinitionBody.fromString(stack.toJsonString(definition(stack.partition, topic.topicArn))),
      role,
      tracingEnabled: true,
      logs: { destination: logGroup, level: sfn.LogLevel.ALL, includeExecutionData: false },
    });
    acknowledge(role, 'stateMachineLogs', ['Resource::*']); // CDK lets it deliver logs and traces
    const starter = this.role('StarterRole', 'events.amazonaws.com', 'Starts telling of findings');
    this.stateMachine.grantStartExecution(starter);
    const field = (name: string): string => events.EventField.fromPath(`$.detail.findings[0].${name}`);
    this.target = new targets.SfnStateMachine(this.stateMachine, {
      role: starter,
      input: events.RuleTargetInput.fromObject({
        message: notice.fields,
        finding: { id: field('Id'), productArn: field('ProductArn') },
      }),
    });
    this.alarm(topic);
  }

  private role(id: string, service: string, description: string): iam.Role {
    const conditions = { StringEquals: { 'aws:SourceAccount': Stack.of(this).account } };
    return new ManagedPolicyRole(this, id, {
      description,
      assumedBy: new iam.ServicePrincipal(service, { conditions }),
    });
  }

  private alarm(topic: sns.ITopic): void {
    const alarm = new cloudwatch.Alarm(this, 'FailedAlarm', {
      alarmDescription:
        'A finding of Security Hub CSPM could not be told, or not be marked as told: it will be told again',
      metric: this.stateMachine.metricFailed({ period: Duration.minutes(5), statistic: cloudwatch.Stats.SUM }),
      threshold: 1,
      comparisonOperator: cloudwatch.ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      evaluationPeriods: 1,
      treatMissingData: cloudwatch.TreatMissingData.NOT_BREACHING, // without executions there is no metric
    });
    alarm.addAlarmAction(new actions.SnsAction(topic));
  }
}

function definition(partition: string, topicArn: string): Record<string, unknown> {
  const Retry = [{ ErrorEquals: ['States.ALL'], IntervalSeconds: 5, MaxAttempts: 6, BackoffRate: 2 }];
  return {
    Comment: 'Tells of a finding once',
    StartAt: 'Tell',
    States: {
      Tell: {
        Type: 'Task',
        Resource: `arn:${partition}:states:::sns:publish`,
        Parameters: { TopicArn: topicArn, 'Message.$': '$.message' },
        ResultPath: null,
        Retry,
        Next: 'Mark',
      },
      Mark: {
        Type: 'Task',
        Resource: `arn:${partition}:states:::aws-sdk:securityhub:batchUpdateFindings`,
        Parameters: {
          FindingIdentifiers: [{ 'Id.$': '$.finding.id', 'ProductArn.$': '$.finding.productArn' }],
          Workflow: { Status: 'NOTIFIED' },
        },
        ResultSelector: { 'unprocessed.$': '$.UnprocessedFindings' },
        ResultPath: '$.marked',
        Retry,
        Next: 'IsMarked',
      },
      IsMarked: {
        Type: 'Choice', // what it could not change is in the answer, not an error
        Choices: [{ Variable: '$.marked.unprocessed[0]', IsPresent: true, Next: 'NotMarked' }],
        Default: 'Done',
      },
      NotMarked: { Type: 'Fail', Error: 'NotMarked', Cause: 'Security Hub CSPM did not change the workflow status' },
      Done: { Type: 'Succeed' },
    },
  };
}
