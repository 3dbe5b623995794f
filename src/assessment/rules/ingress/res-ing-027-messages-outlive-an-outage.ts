import { FailureScope } from '../../../core/failure-scope';
import { numberOf, reasonOf } from '../../model';
import { defineRule, failed, PASS, undecided } from '../rule';

const DAY = 86_400;

/** The default of the service: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SetQueueAttributes.html */
const DEFAULT_DAYS = 4;

export const messagesOutliveAnOutage = defineRule({
  id: 'RES-ING-027',
  title: 'messages wait for four days or longer until somebody takes them',
  severity: 'warning',
  scope: FailureScope.COMPONENT,
  why: 'a consumer that stands still over a long weekend loses what expires meanwhile',
  fix: 'leave MessageRetentionPeriod out, or raise it to as much as 1209600',
  docs: 'https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-configure-queue-parameters.html',
  resourceTypes: ['AWS::SQS::Queue'],
  evaluate: (queue) => {
    const period = queue.property('MessageRetentionPeriod');
    const location = 'Properties.MessageRetentionPeriod';
    if (period.kind === 'absent') {
      return PASS;
    }
    const seconds = numberOf(period);
    if (seconds === undefined) {
      return undecided(reasonOf(period) ?? 'its retention is not decided', location);
    }
    return seconds < DEFAULT_DAYS * DAY ? failed(`messages expire after ${seconds} s`, location) : PASS;
  },
});
