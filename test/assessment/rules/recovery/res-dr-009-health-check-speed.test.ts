import { healthCheckNoticesWithinAMinute } from '../../../../src/assessment/rules/recovery/res-dr-009-health-check-speed';
import { testRule } from '../../../support/rules';

const it = (Properties: Record<string, unknown>) => ({
  Resources: { It: { Type: 'AWS::Route53::HealthCheck', Properties } },
});

testRule(healthCheckNoticesWithinAMinute, [
  {
    name: 'three times ten seconds',
    verdict: 'pass',
    template: it({ HealthCheckConfig: { Type: 'HTTPS', RequestInterval: 10, FailureThreshold: 3 } }),
  },
  {
    name: 'twice 30 seconds',
    verdict: 'pass',
    template: it({ HealthCheckConfig: { Type: 'TCP', FailureThreshold: 2 } }),
  },
  { name: 'the defaults', verdict: 'fail', template: it({ HealthCheckConfig: { Type: 'HTTPS' } }) },
  {
    name: 'from a parameter',
    verdict: 'unknown',
    template: it({ HealthCheckConfig: { Type: 'HTTPS', RequestInterval: { Ref: 'Interval' } } }),
  },
  {
    name: 'an alarm watches',
    verdict: 'not-applicable',
    template: it({ HealthCheckConfig: { Type: 'CLOUDWATCH_METRIC' } }),
  },
]);
