import { alarmCanSound } from '../../../../src/assessment/rules/compute/res-cmp-035-alarm-can-sound';
import { testRule } from '../../../support/rules';

const alarm = (Threshold: unknown, more: Record<string, unknown> = {}) => ({
  Parameters: { P: { Type: 'Number' } },
  Resources: {
    It: {
      Type: 'AWS::CloudWatch::Alarm',
      Properties: {
        Namespace: 'AWS/VPN',
        MetricName: 'TunnelState',
        ComparisonOperator: 'LessThanThreshold',
        Threshold,
        ...more,
      },
    },
  },
});

const state = (Threshold: number, more: Record<string, unknown> = {}) =>
  alarm(Threshold, {
    Namespace: 'AWS/EC2',
    MetricName: 'StatusCheckFailed',
    Statistic: 'Maximum',
    ComparisonOperator: 'GreaterThanOrEqualToThreshold',
    ...more,
  });

const files = (Threshold: number) =>
  alarm(Threshold, {
    Namespace: 'AWS/EFS',
    MetricName: 'PercentIOLimit',
    Statistic: 'Maximum',
    ComparisonOperator: 'GreaterThanThreshold',
  });

const records = (Threshold: number) =>
  alarm(Threshold, {
    Namespace: 'AWS/AuroraDSQL',
    MetricName: 'ClusterStorageSize',
    Statistic: 'Maximum',
    ComparisonOperator: 'GreaterThanThreshold',
  });

const math = (Expression: string, Threshold: number) =>
  alarm(Threshold, {
    ...{ Namespace: undefined, MetricName: undefined },
    ComparisonOperator: 'GreaterThanOrEqualToThreshold',
    Metrics: [
      { Id: 'it', Expression },
      {
        Id: 'one',
        ReturnData: false,
        MetricStat: { Metric: { Namespace: 'AWS/VPN', MetricName: 'TunnelState' }, Period: 60, Stat: 'Maximum' },
      },
    ],
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
  { name: 'a state that is 1', verdict: 'pass', template: state(1) },
  {
    name: 'a state that is more than 1',
    verdict: 'fail',
    template: state(1, { ComparisonOperator: 'GreaterThanThreshold' }),
  },
  { name: 'a state that is 1000', verdict: 'fail', template: state(1000) },
  { name: 'a sum of states', verdict: 'not-applicable', template: state(1000, { Statistic: 'Sum' }) },
  { name: 'more than eight tebibytes of Aurora DSQL', verdict: 'pass', template: records(8 * 2 ** 40) },
  { name: 'more of Aurora DSQL than AWS allows', verdict: 'fail', template: records(8000 * 2 ** 40) },
  { name: 'more than 90 percent', verdict: 'pass', template: files(90) },
  { name: 'more than 90 000 percent', verdict: 'fail', template: files(90_000) },
  { name: 'yes or no', verdict: 'pass', template: math('IF(one < 1 OR (one > 2), 1, 0)', 1) },
  { name: 'more than yes', verdict: 'fail', template: math('IF(one < 1 OR (one > 2), 1, 0)', 1000) },
  { name: 'two answers added', verdict: 'not-applicable', template: math('IF(one < 1, 1, 0) + IF(one > 2, 1, 0)', 2) },
  { name: 'the largest of states', verdict: 'fail', template: math('MAX([one, one])', 2) },
  { name: 'a computed number', verdict: 'not-applicable', template: math('one * 100', 2) },
  {
    name: 'a lag of less than nought, where nothing is replicated',
    verdict: 'not-applicable',
    template: alarm(0, { Namespace: 'AWS/RDS', MetricName: 'ReplicaLag' }),
  },
  {
    name: 'memory beyond what a cache should keep to',
    verdict: 'not-applicable',
    template: alarm(100, {
      Namespace: 'AWS/ElastiCache',
      MetricName: 'DatabaseMemoryUsagePercentage',
      Statistic: 'Maximum',
      ComparisonOperator: 'GreaterThanThreshold',
    }),
  },
  {
    name: 'a band around the usual, over a percentile',
    verdict: 'not-applicable',
    template: alarm(undefined, {
      ...{ Namespace: undefined, MetricName: undefined, ThresholdMetricId: 'usual' },
      ComparisonOperator: 'GreaterThanUpperThreshold',
      Metrics: [
        { Id: 'usual', Expression: 'ANOMALY_DETECTION_BAND(slow, 2)' },
        {
          Id: 'slow',
          MetricStat: {
            Metric: { Namespace: 'AWS/EC2', MetricName: 'CPUUtilization' },
            ...{ Period: 300, Stat: 'p99.9' },
          },
        },
      ],
    }),
  },
  { name: 'a metric of its own', verdict: 'not-applicable', template: alarm(0, { Namespace: 'Hospital' }) },
]);
