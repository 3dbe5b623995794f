import { evaluationRangeIsPossible } from '../../../../src/assessment/rules/validity/val-cloudwatch-002-evaluation-range';
import { testRule } from '../../../support/rules';

const alarm = (Properties: Record<string, unknown>) => ({
  Parameters: { P: { Type: 'Number' } },
  Resources: { It: { Type: 'AWS::CloudWatch::Alarm', Properties } },
});
const math = (Period: unknown, EvaluationPeriods: number) =>
  alarm({
    EvaluationPeriods,
    Metrics: [{ Id: 'm', MetricStat: { Metric: { MetricName: 'M' }, Period, Stat: 'Sum' } }],
  });

testRule(evaluationRangeIsPossible, [
  { name: 'a day of minutes', verdict: 'pass', template: alarm({ Period: 60, EvaluationPeriods: 1440 }) },
  { name: 'more than a day of minutes', verdict: 'fail', template: alarm({ Period: 60, EvaluationPeriods: 1441 }) },
  { name: 'a week of hours', verdict: 'pass', template: alarm({ Period: 3600, EvaluationPeriods: 168 }) },
  { name: 'more than a week of hours', verdict: 'fail', template: alarm({ Period: 3600, EvaluationPeriods: 169 }) },
  { name: 'a week of hours in an expression', verdict: 'pass', template: math(3600, 168) },
  { name: 'two months of hours in an expression', verdict: 'fail', template: math(3600, 1440) },
  { name: 'a parameter decides', verdict: 'unknown', template: math({ Ref: 'P' }, 3) },
  { name: 'nothing is looked at', verdict: 'not-applicable', template: alarm({ EvaluationPeriods: 3 }) },
]);
