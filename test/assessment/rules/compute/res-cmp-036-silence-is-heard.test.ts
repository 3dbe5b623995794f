import { silenceIsHeard } from '../../../../src/assessment/rules/compute/res-cmp-036-silence-is-heard';
import { testRule } from '../../../support/rules';

const alarm = (Properties: Record<string, unknown>) => ({
  Parameters: { P: { Type: 'String' } },
  Resources: { It: { Type: 'AWS::CloudWatch::Alarm', Properties } },
});

const targets = (more: Record<string, unknown>) =>
  alarm({
    Namespace: 'AWS/ApplicationELB',
    MetricName: 'HealthyHostCount',
    ComparisonOperator: 'LessThanThreshold',
    Threshold: 1,
    ...more,
  });
const machine = (more: Record<string, unknown>) =>
  alarm({ Namespace: 'AWS/EC2', MetricName: 'StatusCheckFailed', ComparisonOperator: 'GreaterThanThreshold', ...more });
const math = (Expression: string, more: Record<string, unknown> = {}) =>
  alarm({
    Metrics: [
      { Id: 'bad', Expression },
      { Id: 'all', Expression: 'FILL(one, 0) + 0', ReturnData: false },
      {
        Id: 'one',
        ReturnData: false,
        MetricStat: {
          Metric: { Namespace: 'AWS/NetworkELB', MetricName: 'HealthyHostCount' },
          Period: 60,
          Stat: 'Maximum',
        },
      },
    ],
    ComparisonOperator: 'GreaterThanOrEqualToThreshold',
    Threshold: 1,
    TreatMissingData: 'notBreaching',
    ...more,
  });

testRule(silenceIsHeard, [
  { name: 'no target counts as none', verdict: 'pass', template: targets({ TreatMissingData: 'breaching' }) },
  { name: 'missing data is no health', verdict: 'pass', template: targets({}) },
  { name: 'silence is health', verdict: 'fail', template: targets({ TreatMissingData: 'notBreaching' }) },
  { name: 'silence changes nothing', verdict: 'fail', template: targets({ TreatMissingData: 'ignore' }) },
  { name: 'a parameter decides', verdict: 'unknown', template: targets({ TreatMissingData: { Ref: 'P' } }) },
  {
    name: 'too many of the living',
    verdict: 'not-applicable',
    template: targets({ ComparisonOperator: 'GreaterThanThreshold', TreatMissingData: 'notBreaching' }),
  },
  { name: 'a machine that is stopped', verdict: 'fail', template: machine({ TreatMissingData: 'notBreaching' }) },
  { name: 'a machine that is heard', verdict: 'pass', template: machine({ TreatMissingData: 'breaching' }) },
  { name: 'an expression on the living', verdict: 'fail', template: math('IF(one < 1, 1, 0)') },
  { name: 'an expression on their sum', verdict: 'fail', template: math('IF(all <= 1, 1, 0)') },
  {
    name: 'an expression that hears silence',
    verdict: 'pass',
    template: math('IF(one < 1, 1, 0)', { TreatMissingData: 'breaching' }),
  },
  { name: 'an expression that asks for too many', verdict: 'not-applicable', template: math('IF(one > 1, 1, 0)') },
  {
    name: 'errors, which are sent when there are some',
    verdict: 'not-applicable',
    template: alarm({
      Namespace: 'AWS/Lambda',
      MetricName: 'Errors',
      ComparisonOperator: 'GreaterThanThreshold',
      TreatMissingData: 'notBreaching',
    }),
  },
]);
