import { FailureScope } from '../../../core/failure-scope';
import { type Assembly, type Resource, referencesIn } from '../../model';
import { defineRule, failed, NOT_APPLICABLE, PASS } from '../rule';

const COUNTS: Record<string, string> = {
  'AWS::ECS::Service': 'DesiredCount',
  'AWS::AutoScaling::AutoScalingGroup': 'DesiredCapacity',
};

const scaledIn = new WeakMap<Assembly, Set<Resource>>();

/** Whether something else than the template sets the count while it runs. */
function isScaled(assembly: Assembly, resource: Resource): boolean {
  let scaled = scaledIn.get(assembly);
  if (!scaled) {
    const targets = assembly.resourcesOf('AWS::ApplicationAutoScaling::ScalableTarget', 'AWS::ARCRegionSwitch::Plan');
    scaled = new Set(targets.flatMap((target) => referencesIn(target.property())).map(({ resource: used }) => used));
    scaledIn.set(assembly, scaled);
  }
  return resource.type === 'AWS::AutoScaling::AutoScalingGroup' || scaled.has(resource);
}

export const deploymentDoesNotResetCount = defineRule({
  id: 'RES-DR-012',
  title: 'a template does not set the count of what scales',
  severity: 'warning',
  scope: FailureScope.REGION,
  why: 'after a failover the next deployment sets the count back, and shrinks the Region that carries everything',
  fix: 'remove the desired count, and set the minimum instead',
  docs: 'https://docs.aws.amazon.com/wellarchitected/latest/reliability-pillar/rel_withstand_component_failures_static_stability.html',
  resourceTypes: Object.keys(COUNTS),
  evaluate: (resource, { assembly }) => {
    const key = COUNTS[resource.type] ?? 'DesiredCount';
    if (!isScaled(assembly, resource)) {
      return NOT_APPLICABLE;
    }
    return resource.property(key).kind === 'absent' ? PASS : failed(`sets ${key}`, `Properties.${key}`);
  },
});
