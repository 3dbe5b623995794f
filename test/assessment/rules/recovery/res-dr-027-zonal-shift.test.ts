import { loadBalancerTakesZonalShift } from '../../../../src/assessment/rules/recovery/res-dr-027-zonal-shift';
import { testRule } from '../../../support/rules';

const it = (Properties: Record<string, unknown>) => ({
  Resources: { It: { Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer', Properties } },
});

testRule(loadBalancerTakesZonalShift, [
  {
    name: 'switched on',
    verdict: 'pass',
    template: it({ LoadBalancerAttributes: [{ Key: 'zonal_shift.config.enabled', Value: 'true' }] }),
  },
  {
    name: 'not set',
    verdict: 'fail',
    template: it({ LoadBalancerAttributes: [{ Key: 'deletion_protection.enabled', Value: 'true' }] }),
  },
  {
    name: 'switched off',
    verdict: 'fail',
    template: it({ Type: 'network', LoadBalancerAttributes: [{ Key: 'zonal_shift.config.enabled', Value: 'false' }] }),
  },
  {
    name: 'from a parameter',
    verdict: 'unknown',
    template: it({ LoadBalancerAttributes: [{ Key: 'zonal_shift.config.enabled', Value: { Ref: 'Shift' } }] }),
  },
  { name: 'a gateway', verdict: 'not-applicable', template: it({ Type: 'gateway' }) },
]);
