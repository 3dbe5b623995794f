import { FailureScope } from '../../../core/failure-scope';
import { type Assembly, numberOf, type Resource, reasonOf, referencesIn } from '../../model';
import { isDeadLetterQueue } from '../ingress/dead-letter-queues';
import { defineRule, failed, NOT_APPLICABLE, PASS, undecided } from '../rule';
import { comparisonOf, queriesOf } from './alarm-metrics';

/** Each counts what nothing tries again: an order, a result, a copy of a record. */
const LOSSES =
  /^(AWS\/Events (FailedInvocations|InvocationsFailedToBeSentToDlq)|AWS\/Lambda (DeadLetterErrors|DestinationDeliveryFailures)|AWS\/SNS NumberOfNotificationsFailedToRedriveToDlq|AWS\/S3 OperationsFailedReplication|AWS\/Backup NumberOf(Backup|Copy)JobsFailed)$/;
const WAITING = 'AWS/SQS ApproximateNumberOfMessagesVisible';

export const everyLossIsHeard = defineRule({
  id: 'RES-CMP-037',
  title: 'an alarm on what is given up sounds at the first',
  severity: 'warning',
  scope: FailureScope.COMPONENT,
  why: 'what went to a dead-letter queue, or failed for good, is tried by nobody again: one lost order is one patient',
  fix: 'let the alarm sound at 1, in one period',
  docs: 'https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/dead-letter-queues-alarms-cloudwatch.html',
  resourceTypes: ['AWS::CloudWatch::Alarm'],
  evaluate: (alarm, { assembly }) => {
    const counted = whatIsCounted(alarm, assembly);
    const comparison = comparisonOf(alarm);
    if (counted === undefined || (comparison !== undefined && !/^GreaterThan(OrEqualTo)?$/.test(comparison))) {
      return NOT_APPLICABLE;
    }
    const datapoints = alarm.property('DatapointsToAlarm');
    const count = datapoints.kind === 'absent' ? alarm.property('EvaluationPeriods') : datapoints;
    const threshold = alarm.property('Threshold');
    const [limit, periods] = [numberOf(threshold), numberOf(count)];
    if (limit === undefined || periods === undefined || comparison === undefined) {
      return undecided(
        reasonOf(threshold) ?? reasonOf(count) ?? 'it is not decided when it sounds',
        'Properties.Threshold',
      );
    }
    const first = comparison === 'GreaterThan' ? limit < 1 : limit <= 1;
    if (!first) {
      return failed(`it waits for ${comparison === 'GreaterThan' ? 'more than ' : ''}${limit}`, 'Properties.Threshold');
    }
    return counted === 'event' && periods > 1
      ? failed(`it waits for ${periods} periods with a loss in each`, 'Properties.EvaluationPeriods')
      : PASS;
  },
});

/** A loss at a moment, or messages that wait until somebody looks; undefined for anything else. */
function whatIsCounted(alarm: Resource, assembly: Assembly): 'event' | 'queue' | undefined {
  const [query, ...more] = queriesOf(alarm);
  if (query?.metric === undefined || more.length > 0) {
    return undefined;
  }
  if (LOSSES.test(query.metric)) {
    return 'event';
  }
  const queues = referencesIn(query.dimensions).map(({ resource }) => resource);
  const isQueue = queues.some((queue) => queue.type === 'AWS::SQS::Queue' && isDeadLetterQueue(queue, assembly));
  return query.metric === WAITING && isQueue ? 'queue' : undefined;
}
