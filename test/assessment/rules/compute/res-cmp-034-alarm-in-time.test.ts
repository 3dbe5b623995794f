import { alarmInTime } from '../../../../src/assessment/rules/compute/res-cmp-034-alarm-in-time';
import { testRule } from '../../../support/rules';

const alarm = (Properties: Record<string, unknown>) => ({
  Parameters: { P: { Type: 'Number' } },
  Resources: { It: { Type: 'AWS::CloudWatch::Alarm', Properties } },
});

const MATH = [
  { Id: 'share', Expression: '100 * bad' },
  { Id: 'bad', ReturnData: false, MetricStat: { Metric: { MetricName: 'M' }, Period: 60, Stat: 'Sum' } },
];

testRule(alarmInTime, [
  { name: 'three minutes', verdict: 'pass', template: alarm({ Period: 60, EvaluationPeriods: 3 }) },
  { name: 'an hour', verdict: 'pass', template: alarm({ Period: 300, EvaluationPeriods: 12 }) },
  { name: 'a day', verdict: 'fail', template: alarm({ Period: 300, EvaluationPeriods: 288 }) },
  {
    name: 'five minutes of a day',
    verdict: 'pass',
    template: alarm({ Period: 60, EvaluationPeriods: 1440, DatapointsToAlarm: 5 }),
  },
  { name: 'a parameter decides', verdict: 'unknown', template: alarm({ Period: 60, EvaluationPeriods: { Ref: 'P' } }) },
  { name: 'measured by the day', verdict: 'not-applicable', template: alarm({ Period: 86_400, EvaluationPeriods: 2 }) },
  { name: 'metric math by the minute', verdict: 'pass', template: alarm({ EvaluationPeriods: 15, Metrics: MATH }) },
  { name: 'a day of metric math', verdict: 'fail', template: alarm({ EvaluationPeriods: 1440, Metrics: MATH }) },
  { name: 'nothing is looked at', verdict: 'not-applicable', template: alarm({ EvaluationPeriods: 3 }) },
]);
