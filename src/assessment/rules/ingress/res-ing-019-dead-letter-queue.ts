import { FailureScope } from '../../../core/failure-scope';
import { reasonOf } from '../../model';
import { defineRule, failed, NOT_APPLICABLE, PASS, undecided } from '../rule';
import { isDeadLetterQueue } from './dead-letter-queues';

export const deadLetterQueue = defineRule({
  id: 'RES-ING-019',
  title: 'a queue sets aside messages that cannot be processed',
  severity: 'error',
  scope: FailureScope.COMPONENT,
  why: 'a message that fails is tried until it expires, then lost, and holds up those behind it',
  fix: 'add a redrive policy with a dead-letter queue',
  docs: 'https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-dead-letter-queues.html',
  alsoKnownAs: [
    'cdk-nag:AwsSolutions-SQS3',
    'ResilienceHub:Amazon Simple Queue Service/Dead-letter queue',
    'ControlTower:CT.SQS.PR.1',
  ],
  resourceTypes: ['AWS::SQS::Queue'],
  evaluate: (queue, { assembly }) => {
    const redrive = queue.property('RedrivePolicy');
    if (redrive.kind === 'unknown') {
      return undecided(reasonOf(redrive) ?? 'its redrive policy is not decided', 'Properties.RedrivePolicy');
    }
    if (redrive.kind !== 'absent') {
      return PASS;
    }
    return isDeadLetterQueue(queue, assembly)
      ? NOT_APPLICABLE
      : failed('it has no redrive policy', 'Properties.RedrivePolicy');
  },
});
