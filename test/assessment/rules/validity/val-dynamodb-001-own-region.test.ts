import { globalTableIncludesItsRegion } from '../../../../src/assessment/rules/validity/val-dynamodb-001-own-region';
import { testRule } from '../../../support/rules';

const it = (Properties: Record<string, unknown>) => ({
  Resources: { It: { Type: 'AWS::DynamoDB::GlobalTable', Properties } },
});

testRule(globalTableIncludesItsRegion, [
  {
    name: 'its own Region and another',
    verdict: 'pass',
    template: it({ Replicas: [{ Region: { Ref: 'AWS::Region' } }, { Region: 'us-west-2' }] }),
  },
  { name: 'only another Region', verdict: 'fail', template: it({ Replicas: [{ Region: 'us-west-2' }] }) },
  { name: 'from a parameter', verdict: 'unknown', template: it({ Replicas: [{ Region: { Ref: 'Where' } }] }) },
]);
