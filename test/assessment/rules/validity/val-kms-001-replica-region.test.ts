import { replicaKeyIsInAnotherRegion } from '../../../../src/assessment/rules/validity/val-kms-001-replica-region';
import { testRule } from '../../../support/rules';

const it = (Properties: Record<string, unknown>, others: Record<string, unknown> = {}) => ({
  Resources: { It: { Type: 'AWS::KMS::ReplicaKey', Properties }, ...others },
});

testRule(replicaKeyIsInAnotherRegion, [
  {
    name: 'a primary elsewhere',
    verdict: 'pass',
    template: it({ PrimaryKeyArn: { 'Fn::Sub': 'arn:aws:kms:us-west-2:${AWS::AccountId}:key/mrk-1' } }),
  },
  {
    name: 'a primary in the same Region',
    verdict: 'fail',
    template: it({ PrimaryKeyArn: { 'Fn::Sub': 'arn:aws:kms:${AWS::Region}:${AWS::AccountId}:key/mrk-1' } }),
  },
  {
    name: 'a primary in the same stack',
    verdict: 'fail',
    template: it({ PrimaryKeyArn: { 'Fn::GetAtt': ['Key', 'Arn'] } }, { Key: { Type: 'AWS::KMS::Key' } }),
  },
  { name: 'from a parameter', verdict: 'unknown', template: it({ PrimaryKeyArn: { Ref: 'Key' } }) },
]);
