import { FailureScope } from '../../../core/failure-scope';
import { booleanOf, numberOf, reasonOf, textOf } from '../../model';
import { defineRule, failed, NOT_APPLICABLE, PASS, undecided } from '../rule';

export const detectionTime = defineRule({
  id: 'RES-ING-010',
  title: 'a health check finds a failed target within a minute where care depends on it, within three elsewhere',
  severity: 'error',
  scope: FailureScope.COMPONENT,
  why: 'requests go to a failed target, and fail, until it is found',
  fix: 'lower HealthCheckIntervalSeconds or UnhealthyThresholdCount',
  docs: 'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html',
  resourceTypes: ['AWS::ElasticLoadBalancingV2::TargetGroup'],
  evaluate: (group, { careDependsOn }) => {
    // functions are not asked unless told so
    if (textOf(group.property('TargetType')) === 'lambda' && booleanOf(group.property('HealthCheckEnabled')) !== true) {
      return NOT_APPLICABLE;
    }
    const [interval, threshold] = ['HealthCheckIntervalSeconds', 'UnhealthyThresholdCount'].map((name) =>
      group.property(name),
    );
    const reason = reasonOf(interval) ?? reasonOf(threshold);
    if (reason !== undefined) {
      return undecided(reason);
    }
    const seconds = (numberOf(interval) ?? 30) * (numberOf(threshold) ?? 2);
    const most = careDependsOn(group) ? 60 : 180;
    return seconds <= most ? PASS : failed(`it takes ${seconds} s to find a failed target, more than ${most} s`);
  },
});
