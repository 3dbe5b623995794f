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

/** Alarms on one metric of one's own, told apart by a dimension; the first is judged. */
const checks = (
  others: unknown[],
  more: Record<string, unknown> = { TreatMissingData: 'notBreaching' },
  Namespace = 'Hospital',
) => {
  const one = (Check: string, properties: object) => ({
    Type: 'AWS::CloudWatch::Alarm',
    Properties: {
      Namespace,
      MetricName: 'NotReady',
      Dimensions: [{ Name: 'Check', Value: Check }],
      ComparisonOperator: 'GreaterThanThreshold',
      Threshold: 0,
      ...properties,
    },
  });
  const rest = others.map((TreatMissingData, i) => [`Other${i}`, one(`other ${i}`, { TreatMissingData })]);
  return { Resources: { It: one('it', more), ...Object.fromEntries(rest) } };
};

testRule(silenceIsHeard, [
  {
    name: 'the only one of its like that takes silence for health',
    verdict: 'fail',
    template: checks(['breaching', 'breaching']),
  },
  {
    name: 'one of those that hear silence',
    verdict: 'pass',
    template: checks(['breaching', 'breaching'], { TreatMissingData: 'breaching' }),
  },
  { name: 'one of two, of which either may be meant', verdict: 'not-applicable', template: checks(['breaching']) },
  {
    name: 'one of several that differ',
    verdict: 'not-applicable',
    template: checks(['breaching', 'breaching', 'notBreaching']),
  },
  {
    name: 'a metric that AWS sends when there is something to tell',
    verdict: 'not-applicable',
    template: checks(['breaching', 'breaching'], undefined, 'AWS/Lambda'),
  },
  {
    name: 'another comparison',
    verdict: 'not-applicable',
    template: checks(['breaching', 'breaching'], {
      TreatMissingData: 'notBreaching',
      ComparisonOperator: 'LessThanThreshold',
    }),
  },
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
