import type { Assembly, Resource } from '../../model';
import { comparisonOf, queriesOf } from './alarm-metrics';

/** Sent by services and agents of AWS; a template that does not say the name is not read further. */
const OF_AWS = /^(AWS\/|ECS\/|ContainerInsights|CloudWatchSynthetics|CWAgent|\?)/;

const alike = new WeakMap<Assembly, Map<string, Resource[]>>();

/** The alarms of a stack on one metric of its own, compared in one way, which dimensions tell apart; none for other alarms. */
export function alarmsAlike(alarm: Resource, assembly: Assembly): readonly Resource[] {
  const groups = alike.get(assembly) ?? groupsIn(assembly);
  alike.set(assembly, groups);
  return groups.get(groupOf(alarm) ?? '') ?? [];
}

function groupsIn(assembly: Assembly): Map<string, Resource[]> {
  const groups = new Map<string, Resource[]>();
  for (const alarm of assembly.resourcesOf('AWS::CloudWatch::Alarm')) {
    const group = groupOf(alarm);
    if (group) {
      groups.set(group, [...(groups.get(group) ?? []), alarm]);
    }
  }
  return groups;
}

function groupOf(alarm: Resource): string | undefined {
  const [query, ...others] = queriesOf(alarm);
  const { metric } = query ?? {};
  return metric === undefined || others.length > 0 || OF_AWS.test(metric)
    ? undefined
    : `${alarm.stack.id} ${metric} ${comparisonOf(alarm)}`;
}
