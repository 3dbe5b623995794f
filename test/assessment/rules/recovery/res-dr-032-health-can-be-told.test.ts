import { healthCanBeTold } from '../../../../src/assessment/rules/recovery/res-dr-032-health-can-be-told';
import { testRule } from '../../../support/rules';

const check = (HealthCheckConfig: Record<string, unknown>) => ({
  Parameters: { P: { Type: 'Number' } },
  Resources: { It: { Type: 'AWS::Route53::HealthCheck', Properties: { HealthCheckConfig } } },
});
const of = (HealthThreshold: unknown, ...ChildHealthChecks: string[]) =>
  check({ Type: 'CALCULATED', ChildHealthChecks, HealthThreshold });

testRule(healthCanBeTold, [
  { name: 'all of two', verdict: 'pass', template: of(2, 'a', 'b') },
  { name: 'one of two', verdict: 'pass', template: of(1, 'a', 'b') },
  { name: 'two of one', verdict: 'fail', template: of(2, 'a') },
  { name: 'none of two', verdict: 'fail', template: of(0, 'a', 'b') },
  { name: 'a parameter decides', verdict: 'unknown', template: of({ Ref: 'P' }, 'a') },
  { name: 'no threshold', verdict: 'unknown', template: check({ Type: 'CALCULATED', ChildHealthChecks: ['a'] }) },
  { name: 'a health check that asks itself', verdict: 'not-applicable', template: check({ Type: 'HTTPS' }) },
]);
