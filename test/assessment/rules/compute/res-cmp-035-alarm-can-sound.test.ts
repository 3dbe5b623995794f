import { alarmCanSound } from '../../../../src/assessment/rules/compute/res-cmp-035-alarm-can-sound';
import { testRule } from '../../../support/rules';

const alarm = (Threshold: unknown, more: Record<string, unknown> = {}) => ({
  Parameters: { P: { Type: 'Number' } },
  Resources: {
    It: {
      Type: 'AWS::CloudWatch::Alarm',
      Properties: { Namespace: 'AWS/VPN', ComparisonOperator: 'LessThanThreshold', Threshold, ...more },
    },
  },
});

testRule(alarmCanSound, [
  { name: 'less than one', verdict: 'pass', template: alarm(1) },
  { name: 'nought or less', verdict: 'pass', template: alarm(0, { ComparisonOperator: 'LessThanOrEqualToThreshold' }) },
  { name: 'less than nought', verdict: 'fail', template: alarm(0) },
  { name: 'below nought', verdict: 'fail', template: alarm(-1, { ComparisonOperator: 'LessThanOrEqualToThreshold' }) },
  { name: 'a parameter decides', verdict: 'unknown', template: alarm({ Ref: 'P' }) },
  {
    name: 'more than nought',
    verdict: 'not-applicable',
    template: alarm(0, { ComparisonOperator: 'GreaterThanThreshold' }),
  },
  {
    name: 'bands',
    verdict: 'not-applicable',
    template: alarm(0, { ComparisonOperator: 'LessThanLowerOrGreaterThanUpperThreshold', Namespace: 'Own' }),
  },
  { name: 'a metric of its own', verdict: 'not-applicable', template: alarm(0, { Namespace: 'Hospital' }) },
]);
