import { trailRecordsEveryRegion } from '../../../../src/assessment/rules/recovery/res-dr-024-trail-every-region';
import { testRule } from '../../../support/rules';

const it = (Properties: Record<string, unknown>) => ({
  Resources: { It: { Type: 'AWS::CloudTrail::Trail', Properties } },
});

testRule(trailRecordsEveryRegion, [
  { name: 'every Region', verdict: 'pass', template: it({ IsMultiRegionTrail: true }) },
  { name: 'one Region by default', verdict: 'fail', template: it({}) },
  { name: 'one Region', verdict: 'fail', template: it({ IsMultiRegionTrail: 'false' }) },
  { name: 'from a parameter', verdict: 'unknown', template: it({ IsMultiRegionTrail: { Ref: 'Every' } }) },
]);
