import { healthCheckOfRecordExists } from '../../../../src/assessment/rules/recovery/res-dr-007-health-check-exists';
import { testRule } from '../../../support/rules';

const it = (Properties: Record<string, unknown>, others: Record<string, unknown> = {}) => ({
  Resources: { It: { Type: 'AWS::Route53::RecordSet', Properties }, ...others },
});

testRule(healthCheckOfRecordExists, [
  {
    name: 'a health check of the template',
    verdict: 'pass',
    template: it({ HealthCheckId: { Ref: 'Check' } }, { Check: { Type: 'AWS::Route53::HealthCheck' } }),
  },
  {
    name: 'one that a Region switch plan hands out',
    verdict: 'pass',
    template: it(
      { HealthCheckId: { 'Fn::Select': [0, { 'Fn::GetAtt': ['Plan', 'PlanHealthChecks'] }] } },
      { Plan: { Type: 'AWS::ARCRegionSwitch::Plan' } },
    ),
  },
  {
    name: 'an alarm',
    verdict: 'fail',
    template: it({ HealthCheckId: { Ref: 'Alarm' } }, { Alarm: { Type: 'AWS::CloudWatch::Alarm' } }),
  },
  { name: 'no id', verdict: 'fail', template: it({ HealthCheckId: 'my-check' }) },
  {
    name: 'an id from elsewhere',
    verdict: 'unknown',
    template: it({ HealthCheckId: '5d3c0b10-0000-4000-8000-000000000000' }),
  },
  { name: 'from a parameter', verdict: 'unknown', template: it({ HealthCheckId: { Ref: 'Check' } }) },
  { name: 'no health check', verdict: 'not-applicable', template: it({}) },
]);
