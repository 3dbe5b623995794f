import { FailureScope } from '../../../core/failure-scope';
import { type Assembly, known, numberOf, type Resource, reasonOf, textOf, unknown, type Value } from '../../model';
import { referrersOf } from '../network/referrers';
import { defineRule, failed, NOT_APPLICABLE, PASS, undecided } from '../rule';

export const enoughRuns = defineRule({
  id: 'RES-CMP-019',
  title: 'enough runs that one task or instance can be lost before another starts',
  severity: 'error',
  scope: FailureScope.CONTROL_PLANE,
  why: 'where one runs, its loss is an outage until another has started, if another can start at all',
  fix: 'keep at least two running, or better enough for the peak without one zone',
  docs: 'https://docs.aws.amazon.com/wellarchitected/latest/reliability-pillar/rel_withstand_component_failures_static_stability.html',
  resourceTypes: ['AWS::ECS::Service', 'AWS::AutoScaling::AutoScalingGroup'],
  evaluate: (resource, { assembly, careDependsOn }) => {
    if (!careDependsOn(resource) || textOf(resource.property('SchedulingStrategy')) === 'DAEMON') {
      return NOT_APPLICABLE;
    }
    const least = resource.type === 'AWS::ECS::Service' ? leastTasks(resource, assembly) : resource.property('MinSize');
    const number = numberOf(least);
    if (number === undefined) {
      return undecided(reasonOf(least) ?? 'how many run is not decided');
    }
    return number >= 2 ? PASS : failed(`${number === 1 ? 'one runs' : 'none runs'} at the least`);
  },
});

/** The minimum of what scales the service, else the number it starts with: 1 where it is left out. */
function leastTasks(service: Resource, assembly: Assembly): Value {
  const scaling = referrersOf(service, assembly, 'AWS::ApplicationAutoScaling::ScalableTarget', 'ResourceId');
  const target = scaling.certain[0] ?? scalingByName(service, assembly);
  if (target) {
    return target.property('MinCapacity');
  }
  const desired = service.property('DesiredCount');
  return scaling.open !== undefined && (numberOf(desired) ?? 1) < 2
    ? unknown(scaling.open)
    : desired.kind === 'absent'
      ? known(1)
      : desired;
}

const byName = new WeakMap<Assembly, Map<string, Resource>>();

/** Names are written out where a stack of another Region has to know them. */
function scalingByName(service: Resource, assembly: Assembly): Resource | undefined {
  const cluster = service.property('Cluster');
  const clusterName = cluster.kind === 'reference' ? cluster.resource.property('ClusterName') : cluster;
  const id = `service/${textOf(clusterName)}/${textOf(service.property('ServiceName'))}`;
  const index = byName.get(assembly) ?? new Map(targetsIn(assembly));
  byName.set(assembly, index);
  return index.get(`${service.region} ${id}`);
}

function* targetsIn(assembly: Assembly): Iterable<[string, Resource]> {
  for (const target of assembly.resourcesOf('AWS::ApplicationAutoScaling::ScalableTarget')) {
    yield [`${target.region} ${textOf(target.property('ResourceId'))}`, target];
  }
}
