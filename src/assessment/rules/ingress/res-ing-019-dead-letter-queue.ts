import { FailureScope } from '../../../core/failure-scope';
import { type Assembly, entryOf, type Resource, reasonOf, textOf, type Value } from '../../model';
import { referrersOf } from '../network/referrers';
import { defineRule, failed, NOT_APPLICABLE, PASS, undecided } from '../rule';

/** What puts into a queue what it failed to deliver. */
const USERS: readonly (readonly [type: string, ...path: string[]])[] = [
  ['AWS::SQS::Queue', 'RedrivePolicy'],
  ['AWS::SNS::Subscription', 'RedrivePolicy'],
  ['AWS::Events::Rule', 'Targets', '*', 'DeadLetterConfig'],
  ['AWS::Events::EventBus', 'DeadLetterConfig'],
  ['AWS::Scheduler::Schedule', 'Target', 'DeadLetterConfig'],
  ['AWS::Lambda::Function', 'DeadLetterConfig'],
  ['AWS::Lambda::EventInvokeConfig', 'DestinationConfig', 'OnFailure'],
  ['AWS::Lambda::EventSourceMapping', 'DestinationConfig', 'OnFailure'],
  ['AWS::Pipes::Pipe', 'SourceParameters'],
];

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

/** Who says which queues may use it is one; who says that none may says nothing. */
function says(allowed: Value): boolean {
  return allowed.kind !== 'absent' && textOf(entryOf(allowed, 'redrivePermission')) !== 'denyAll';
}

function isDeadLetterQueue(queue: Resource, assembly: Assembly): boolean {
  return (
    says(queue.property('RedriveAllowPolicy')) ||
    USERS.some(([type, ...path]) => referrersOf(queue, assembly, type, ...path).certain.length > 0)
  );
}
