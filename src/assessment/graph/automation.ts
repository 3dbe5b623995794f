import { itemsOf, type Resource, textOf } from '../model';
import type { Graph } from './graph';

/** Services that watch accounts, and tell of what they see. */
const WATCHERS = new Set(
  [
    'access-analyzer',
    'backup',
    'cloudwatch',
    'config',
    'guardduty',
    'health',
    'inspector2',
    'macie',
    'securityhub',
    'signin',
    'trustedadvisor',
  ].map((service) => `aws.${service}`),
);

/** Whether nothing but events of AWS's own watch over an account sets it off: it answers alarms, and serves no user. */
export function answersAlarms(resource: Resource, graph: Graph): boolean {
  const rules = graph.referring('AWS::Events::Rule', 'Targets', resource);
  return rules.length > 0 && rules.every(isWatch) && !isCalledOtherwise(resource, graph);
}

function isWatch(rule: Resource): boolean {
  const sources = itemsOf(rule.property('EventPattern', 'source')).map(textOf);
  return (
    rule.property('ScheduleExpression').kind === 'absent' &&
    sources.length > 0 &&
    sources.every((source) => source !== undefined && WATCHERS.has(source))
  );
}

/** Whether a schedule, a queue or stream, or a service that has to be permitted to, sets it off too. */
function isCalledOtherwise(resource: Resource, graph: Graph): boolean {
  return (
    graph.referring('AWS::Scheduler::Schedule', 'Target', resource).length > 0 ||
    graph.referring('AWS::Lambda::EventSourceMapping', 'FunctionName', resource).length > 0 ||
    graph
      .referring('AWS::Lambda::Permission', 'FunctionName', resource)
      .some((permission) => textOf(permission.property('Principal')) !== 'events.amazonaws.com')
  );
}
