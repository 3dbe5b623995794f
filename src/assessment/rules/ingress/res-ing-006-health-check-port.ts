import { FailureScope } from '../../../core/failure-scope';
import { entryOf, itemsOf, numberOf, type Resource, reasonOf, textOf } from '../../model';
import { referrersOf } from '../network/referrers';
import { defineRule, failed, NOT_APPLICABLE, PASS, undecided } from '../rule';

export const healthCheckPort = defineRule({
  id: 'RES-ING-006',
  title: 'the health check asks the port that traffic goes to',
  severity: 'error',
  scope: FailureScope.COMPONENT,
  why: 'tasks with a port of the host chosen at start are found unhealthy at any fixed port, and replaced for ever',
  fix: 'leave HealthCheckPort out, or set it to traffic-port',
  docs: 'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html',
  alsoKnownAs: ['cfn-lint/cloudformation-validate:I3049', 'cfn-lint/cloudformation-validate:W3049'],
  resourceTypes: ['AWS::ElasticLoadBalancingV2::TargetGroup'],
  evaluate: (group, { assembly }) => {
    const services = referrersOf(group, assembly, 'AWS::ECS::Service', 'LoadBalancers').certain;
    if (!services.some((service) => choosesPort(service, group))) {
      return NOT_APPLICABLE;
    }
    const port = group.property('HealthCheckPort');
    const reason = reasonOf(port);
    if (reason !== undefined) {
      return undecided(reason, 'Properties.HealthCheckPort');
    }
    return (textOf(port) ?? 'traffic-port') === 'traffic-port'
      ? PASS
      : failed(
          `it asks port ${textOf(port)}, the tasks listen on a port chosen at start`,
          'Properties.HealthCheckPort',
        );
  },
});

/** Whether the host port of the container behind the target group is left to chance: 0, or left out in bridge mode. */
function choosesPort(service: Resource, group: Resource): boolean {
  const definition = service.property('TaskDefinition');
  const balancer = itemsOf(service.property('LoadBalancers')).find((one) => {
    const target = entryOf(one, 'TargetGroupArn');
    return target.kind === 'reference' && target.resource.id === group.id;
  });
  if (definition.kind !== 'reference' || !balancer) {
    return false;
  }
  const task = definition.resource;
  const container = itemsOf(task.property('ContainerDefinitions')).find(
    (one) => textOf(entryOf(one, 'Name')) === textOf(entryOf(balancer, 'ContainerName')),
  );
  const mode = textOf(task.property('NetworkMode')) ?? 'bridge';
  const mapping = itemsOf(entryOf(container ?? balancer, 'PortMappings')).find(
    (one) => numberOf(entryOf(one, 'ContainerPort')) === numberOf(entryOf(balancer, 'ContainerPort')),
  );
  const host = mapping && entryOf(mapping, 'HostPort');
  return mode === 'bridge' && host !== undefined && (host.kind === 'absent' || numberOf(host) === 0);
}
