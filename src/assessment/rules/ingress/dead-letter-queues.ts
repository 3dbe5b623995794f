import { type Assembly, entryOf, type Resource, textOf, type Value } from '../../model';
import { referrersOf } from '../network/referrers';

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

/** Whether a queue holds what could not be delivered: it says so, or something puts that into it. */
export function isDeadLetterQueue(queue: Resource, assembly: Assembly): boolean {
  return (
    says(queue.property('RedriveAllowPolicy')) ||
    USERS.some(([type, ...path]) => referrersOf(queue, assembly, type, ...path).certain.length > 0)
  );
}

/** Who says which queues may use it is one; who says that none may says nothing. */
function says(allowed: Value): boolean {
  return allowed.kind !== 'absent' && textOf(entryOf(allowed, 'redrivePermission')) !== 'denyAll';
}
