import { detectionTime } from '../../../../src/assessment/rules/ingress/res-ing-010-detection-time';
import { testRule } from '../../../support/rules';
import { ref, resource, templateOf } from '../network/subnets';

const it = (properties: Record<string, unknown>) =>
  templateOf({ It: resource('AWS::ElasticLoadBalancingV2::TargetGroup', properties) });

testRule(detectionTime, [
  {
    name: 'half a minute',
    verdict: 'pass',
    template: it({ HealthCheckIntervalSeconds: 10, UnhealthyThresholdCount: 3 }),
  },
  { name: 'the defaults', verdict: 'pass', template: it({}) },
  {
    name: 'a quarter of an hour',
    verdict: 'fail',
    template: it({ HealthCheckIntervalSeconds: 300, UnhealthyThresholdCount: 3 }),
  },
  {
    name: 'more than a minute',
    verdict: 'fail',
    template: it({ HealthCheckIntervalSeconds: 30, UnhealthyThresholdCount: 3 }),
  },
  {
    name: 'more than a minute, and care does not depend on it',
    verdict: 'pass',
    careDependsOnIt: false,
    template: it({ HealthCheckIntervalSeconds: 30, UnhealthyThresholdCount: 3 }),
  },
  { name: 'a parameter decides', verdict: 'unknown', template: it({ HealthCheckIntervalSeconds: ref('P') }) },
  { name: 'a function that is not asked', verdict: 'not-applicable', template: it({ TargetType: 'lambda' }) },
]);
