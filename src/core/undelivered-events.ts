import { Duration } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { acknowledge } from './private/acknowledgements';

/**
 * Keeps, for 14 days, what the Amazon EventBridge rules of one system could not deliver in this Region, and raises an alarm: an
 * event that its target refuses, or does not take for a day, is otherwise dropped without a trace.
 *
 * One queue for all rules; each message says which rule and target it was for, and what the target answered. Encrypted with a
 * key of Amazon SQS, which lets EventBridge write without a key policy: events name jobs and secrets, and carry no PHI. It is
 * removed with its stack. Costs what one alarm costs; the queue is empty.
 *
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-dlq.html
 */
export class UndeliveredEvents extends Construct {
  /** Holds the events. Give it to a rule's target as its dead-letter queue. */
  public readonly queue: sqs.Queue;
  /** Goes off when there is one. It has no action: add whoever shall read it. */
  public readonly alarm: cloudwatch.Alarm;

  public constructor(scope: Construct, id: string) {
    super(scope, id);
    this.queue = new sqs.Queue(this, 'Queue', {
      encryption: sqs.QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: Duration.days(14), // the longest there is
    });
    acknowledge(this.queue, 'deadLetterQueueItself');
    this.alarm = new cloudwatch.Alarm(this, 'Alarm', {
      alarmDescription: 'An event could not be delivered; read it in the dead-letter queue, and mend its target',
      metric: this.queue.metricApproximateNumberOfMessagesVisible({
        statistic: cloudwatch.Stats.MAXIMUM,
        period: Duration.minutes(5),
      }),
      threshold: 1,
      comparisonOperator: cloudwatch.ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      evaluationPeriods: 1,
      treatMissingData: cloudwatch.TreatMissingData.NOT_BREACHING, // an empty queue reports nothing after six hours
    });
  }
}
