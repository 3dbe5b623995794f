import { FailureScope } from '../../../core/failure-scope';
import { itemsOf, numberOf, reasonOf } from '../../model';
import { defineRule, failed, NOT_APPLICABLE, PASS, undecided } from '../rule';

export const gracePeriod = defineRule({
  id: 'RES-CMP-020',
  title: 'tasks behind a load balancer are given the time they take to start',
  severity: 'error',
  scope: FailureScope.COMPONENT,
  why: 'tasks that start slower than the health check counts are stopped and replaced for ever, most likely after an outage',
  fix: 'set HealthCheckGracePeriodSeconds to the longest measured start',
  docs: 'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service_definition_parameters.html',
  resourceTypes: ['AWS::ECS::Service'],
  evaluate: (service) => {
    const balancers = service.property('LoadBalancers');
    if (itemsOf(balancers).length === 0) {
      return NOT_APPLICABLE;
    }
    const grace = service.property('HealthCheckGracePeriodSeconds');
    const reason = reasonOf(grace) ?? (balancers.kind === 'unknown' && !numberOf(grace) ? balancers.reason : undefined);
    if (reason !== undefined) {
      return undecided(reason, 'Properties.HealthCheckGracePeriodSeconds');
    }
    return (numberOf(grace) ?? 0) > 0
      ? PASS
      : failed('tasks are given no time to start', 'Properties.HealthCheckGracePeriodSeconds');
  },
});
