import { safetyRuleThresholdCanBeMet } from '../../../../src/assessment/rules/validity/val-arc-003-safety-threshold';
import { testRule } from '../../../support/rules';

const it = (Properties: Record<string, unknown>) => ({
  Resources: { It: { Type: 'AWS::Route53RecoveryControl::SafetyRule', Properties } },
});

testRule(safetyRuleThresholdCanBeMet, [
  {
    name: 'at least one of two',
    verdict: 'pass',
    template: it({ AssertionRule: { AssertedControls: ['a', 'b'] }, RuleConfig: { Type: 'ATLEAST', Threshold: 1 } }),
  },
  {
    name: 'at least three of two',
    verdict: 'fail',
    template: it({ AssertionRule: { AssertedControls: ['a', 'b'] }, RuleConfig: { Type: 'ATLEAST', Threshold: 3 } }),
  },
  {
    name: 'at least two gates of one',
    verdict: 'fail',
    template: it({ GatingRule: { GatingControls: ['a'] }, RuleConfig: { Type: 'ATLEAST', Threshold: 2 } }),
  },
  {
    name: 'controls are imported',
    verdict: 'unknown',
    template: it({
      AssertionRule: { AssertedControls: { 'Fn::ImportValue': 'x' } },
      RuleConfig: { Type: 'ATLEAST', Threshold: 1 },
    }),
  },
  {
    name: 'all of them',
    verdict: 'not-applicable',
    template: it({ AssertionRule: { AssertedControls: ['a'] }, RuleConfig: { Type: 'AND', Threshold: 9 } }),
  },
]);
