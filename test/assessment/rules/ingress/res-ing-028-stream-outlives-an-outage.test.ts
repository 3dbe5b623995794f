import { streamOutlivesAnOutage } from '../../../../src/assessment/rules/ingress/res-ing-028-stream-outlives-an-outage';
import { testRule } from '../../../support/rules';

const it = (Properties: Record<string, unknown>) => ({
  Parameters: { Hours: { Type: 'Number' } },
  Resources: { It: { Type: 'AWS::Kinesis::Stream', Properties } },
});

testRule(streamOutlivesAnOutage, [
  { name: 'a week', verdict: 'pass', template: it({ RetentionPeriodHours: 168 }) },
  { name: 'two days', verdict: 'fail', template: it({ RetentionPeriodHours: 48 }) },
  { name: 'the default of a day', verdict: 'fail', template: it({}) },
  { name: 'a parameter', verdict: 'unknown', template: it({ RetentionPeriodHours: { Ref: 'Hours' } }) },
  { name: 'care does not depend on it', verdict: 'not-applicable', template: it({}), careDependsOnIt: false },
]);
