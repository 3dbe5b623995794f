import { FailureScope } from '../../../core/failure-scope';
import { booleanOf, reasonOf, textOf } from '../../model';
import { defineRule, failed, NOT_APPLICABLE, PASS, undecided } from '../rule';
import { attributeOf } from './attributes';

export const zonalShift = defineRule({
  id: 'RES-ING-013',
  title: 'a load balancer can be told to leave a zone',
  severity: 'warning',
  scope: FailureScope.AVAILABILITY_ZONE,
  why: 'a zone that is half broken passes health checks, and only a shift takes traffic away from it',
  fix: 'set the attribute zonal_shift.config.enabled to true',
  docs: 'https://docs.aws.amazon.com/r53recovery/latest/dg/arc-zonal-shift.resource-types.html',
  resourceTypes: ['AWS::ElasticLoadBalancingV2::LoadBalancer'],
  evaluate: (balancer, { careDependsOn }) => {
    if (!careDependsOn(balancer) || textOf(balancer.property('Type')) === 'gateway') {
      return NOT_APPLICABLE;
    }
    const value = attributeOf(balancer, 'zonal_shift.config.enabled');
    const reason = reasonOf(value);
    if (reason !== undefined) {
      return undecided(reason, 'Properties.LoadBalancerAttributes');
    }
    return booleanOf(value) === true
      ? PASS
      : failed('zonal_shift.config.enabled is false', 'Properties.LoadBalancerAttributes');
  },
});
