import { everyLossIsHeard } from '../../../../src/assessment/rules/compute/res-cmp-037-every-loss-is-heard';
import { testRule } from '../../../support/rules';

const SOUNDS_AT_ONE = { ComparisonOperator: 'GreaterThanOrEqualToThreshold', Threshold: 1, EvaluationPeriods: 1 };

const alarm = (Properties: Record<string, unknown>, queue: Record<string, unknown> = {}) => ({
  Parameters: { P: { Type: 'Number' } },
  Resources: {
    It: { Type: 'AWS::CloudWatch::Alarm', Properties: { ...SOUNDS_AT_ONE, ...Properties } },
    Queue: { Type: 'AWS::SQS::Queue', Properties: queue },
  },
});

const waiting = (more: Record<string, unknown> = {}) => ({
  Namespace: 'AWS/SQS',
  MetricName: 'ApproximateNumberOfMessagesVisible',
  Dimensions: [{ Name: 'QueueName', Value: { 'Fn::GetAtt': ['Queue', 'QueueName'] } }],
  ...more,
});
const lost = (more: Record<string, unknown> = {}) => ({
  Namespace: 'AWS/Events',
  MetricName: 'FailedInvocations',
  ...more,
});
const DEAD_LETTERS = { RedriveAllowPolicy: { redrivePermission: 'allowAll' } };

testRule(everyLossIsHeard, [
  { name: 'the first dead letter', verdict: 'pass', template: alarm(waiting(), DEAD_LETTERS) },
  {
    name: 'dead letters stay, and may be looked at twice',
    verdict: 'pass',
    template: alarm(waiting({ EvaluationPeriods: 3 }), DEAD_LETTERS),
  },
  { name: 'a thousand dead letters', verdict: 'fail', template: alarm(waiting({ Threshold: 1000 }), DEAD_LETTERS) },
  { name: 'messages that wait to be read', verdict: 'not-applicable', template: alarm(waiting({ Threshold: 1000 })) },
  { name: 'the first failed invocation', verdict: 'pass', template: alarm(lost()) },
  {
    name: 'more than none',
    verdict: 'pass',
    template: alarm(lost({ ComparisonOperator: 'GreaterThanThreshold', Threshold: 0 })),
  },
  {
    name: 'more than one',
    verdict: 'fail',
    template: alarm(lost({ ComparisonOperator: 'GreaterThanThreshold', Threshold: 1 })),
  },
  { name: 'a loss in each of three minutes', verdict: 'fail', template: alarm(lost({ EvaluationPeriods: 3 })) },
  {
    name: 'a loss in one of three minutes',
    verdict: 'pass',
    template: alarm(lost({ EvaluationPeriods: 3, DatapointsToAlarm: 1 })),
  },
  { name: 'a parameter decides', verdict: 'unknown', template: alarm(lost({ Threshold: { Ref: 'P' } })) },
  {
    name: 'less than one',
    verdict: 'not-applicable',
    template: alarm(lost({ ComparisonOperator: 'LessThanThreshold' })),
  },
  {
    name: 'errors that are tried again',
    verdict: 'not-applicable',
    template: alarm({ Namespace: 'AWS/Lambda', MetricName: 'Errors' }),
  },
]);
