import { Duration } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as actions from 'aws-cdk-lib/aws-cloudwatch-actions';
import * as events from 'aws-cdk-lib/aws-events';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import type * as sns from 'aws-cdk-lib/aws-sns';
import type * as sqs from 'aws-cdk-lib/aws-sqs';
import type * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import type { Construct } from 'constructs';

/** Goes off when a response failed. */
export function failedAlarm(scope: Construct, stateMachine: sfn.StateMachine, topic: sns.ITopic): cloudwatch.Alarm {
  const alarm = new cloudwatch.Alarm(scope, 'FailedAlarm', {
    alarmDescription: 'A response to a finding failed: look at its execution, and at the resource',
    metric: stateMachine.metricFailed({ period: Duration.minutes(5), statistic: cloudwatch.Stats.SUM }),
    threshold: 1,
    comparisonOperator: cloudwatch.ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
    evaluationPeriods: 1,
    treatMissingData: cloudwatch.TreatMissingData.NOT_BREACHING, // without executions there is no metric
  });
  alarm.addAlarmAction(new actions.SnsAction(topic));
  return alarm;
}

/**
 * Tells of a response that was stopped from outside, by somebody or by its time limit: such an execution takes no further step, neither to
 * tell nor to close its case, and is none of those that failed.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/eventbridge-integration.html
 */
export function stoppedRule(
  scope: Construct,
  stateMachine: sfn.StateMachine,
  topic: sns.ITopic,
  deadLetterQueue: sqs.IQueue,
): events.Rule {
  const field = (name: string): string => events.EventField.fromPath(`$.detail.${name}`);
  const message = events.RuleTargetInput.fromObject({
    notice: 'A response to a finding was stopped before its end; somebody must look',
    status: field('status'),
    execution: field('executionArn'),
  });
  return new events.Rule(scope, 'StoppedRule', {
    description: 'Responses to findings that were stopped',
    eventPattern: {
      source: ['aws.states'],
      detailType: ['Step Functions Execution Status Change'],
      detail: { stateMachineArn: [stateMachine.stateMachineArn], status: ['ABORTED', 'TIMED_OUT'] },
    },
    targets: [new targets.SnsTopic(topic, { message, deadLetterQueue })],
  });
}
