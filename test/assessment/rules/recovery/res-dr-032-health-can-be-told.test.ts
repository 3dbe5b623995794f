import { healthCanBeTold } from '../../../../src/assessment/rules/recovery/res-dr-032-health-can-be-told';
import { testRule } from '../../../support/rules';

const check = (HealthCheckConfig: Record<string, unknown>) => ({
  Parameters: { P: { Type: 'Number' } },
  Resources: { It: { Type: 'AWS::Route53::HealthCheck', Properties: { HealthCheckConfig } } },
});
const of = (HealthThreshold: unknown, ...ChildHealthChecks: string[]) =>
  check({ Type: 'CALCULATED', ChildHealthChecks, HealthThreshold });

const perhaps = (HealthThreshold: number) => ({
  ...check({
    Type: 'CALCULATED',
    ChildHealthChecks: ['a', { 'Fn::If': ['Both', 'b', { Ref: 'AWS::NoValue' }] }],
    HealthThreshold,
  }),
  Conditions: { Both: { 'Fn::Equals': [{ Ref: 'P' }, 2] } },
});

testRule(healthCanBeTold, [
  { name: 'all of two', verdict: 'pass', template: of(2, 'a', 'b') },
  { name: 'one of two', verdict: 'pass', template: of(1, 'a', 'b') },
  { name: 'two of one', verdict: 'fail', template: of(2, 'a') },
  { name: 'none of two', verdict: 'fail', template: of(0, 'a', 'b') },
  { name: 'a parameter decides', verdict: 'unknown', template: of({ Ref: 'P' }, 'a') },
  {
    name: 'one of two, the second under a condition that a parameter decides',
    verdict: 'pass',
    template: perhaps(1),
  },
  { name: 'both of them', verdict: 'unknown', template: perhaps(2) },
  { name: 'three of them', verdict: 'fail', template: perhaps(3) },
  { name: 'no threshold', verdict: 'unknown', template: check({ Type: 'CALCULATED', ChildHealthChecks: ['a'] }) },
  { name: 'a health check that asks itself', verdict: 'not-applicable', template: check({ Type: 'HTTPS' }) },
]);
