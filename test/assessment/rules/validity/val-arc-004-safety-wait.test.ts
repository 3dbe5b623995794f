import { safetyRuleWaitIsNotNegative } from '../../../../src/assessment/rules/validity/val-arc-004-safety-wait';
import { testRule } from '../../../support/rules';

const it = (Properties: Record<string, unknown>) => ({
  Resources: { It: { Type: 'AWS::Route53RecoveryControl::SafetyRule', Properties } },
});

testRule(safetyRuleWaitIsNotNegative, [
  { name: 'five seconds', verdict: 'pass', template: it({ AssertionRule: { WaitPeriodMs: 5000 } }) },
  { name: 'a negative wait', verdict: 'fail', template: it({ AssertionRule: { WaitPeriodMs: -1 } }) },
  { name: 'a negative wait of a gate', verdict: 'fail', template: it({ GatingRule: { WaitPeriodMs: '-5000' } }) },
  { name: 'from a parameter', verdict: 'unknown', template: it({ AssertionRule: { WaitPeriodMs: { Ref: 'Wait' } } }) },
]);
