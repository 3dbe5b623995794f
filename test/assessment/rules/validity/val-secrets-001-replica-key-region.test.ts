import { secretReplicaKeyIsInItsRegion } from '../../../../src/assessment/rules/validity/val-secrets-001-replica-key-region';
import { testRule } from '../../../support/rules';

const it = (Properties: Record<string, unknown>, others: Record<string, unknown> = {}) => ({
  Resources: { It: { Type: 'AWS::SecretsManager::Secret', Properties }, ...others },
});

testRule(secretReplicaKeyIsInItsRegion, [
  {
    name: 'a key of the Region',
    verdict: 'pass',
    template: it({
      ReplicaRegions: [
        { Region: 'us-west-2', KmsKeyId: { 'Fn::Sub': 'arn:aws:kms:us-west-2:${AWS::AccountId}:alias/ehr' } },
      ],
    }),
  },
  {
    name: 'an alias',
    verdict: 'pass',
    template: it({ ReplicaRegions: [{ Region: 'us-west-2', KmsKeyId: 'alias/ehr' }] }),
  },
  { name: 'the key of AWS', verdict: 'pass', template: it({ ReplicaRegions: [{ Region: 'us-west-2' }] }) },
  {
    name: 'a key of this stack',
    verdict: 'fail',
    template: it(
      { ReplicaRegions: [{ Region: 'us-west-2', KmsKeyId: { 'Fn::GetAtt': ['Key', 'Arn'] } }] },
      { Key: { Type: 'AWS::KMS::Key' } },
    ),
  },
  {
    name: 'an ARN of another Region',
    verdict: 'fail',
    template: it({ ReplicaRegions: [{ Region: 'us-west-2', KmsKeyId: 'arn:aws:kms:us-east-1:1:key/a' }] }),
  },
  {
    name: 'from a parameter',
    verdict: 'unknown',
    template: it({ ReplicaRegions: [{ Region: 'us-west-2', KmsKeyId: { Ref: 'Key' } }] }),
  },
  { name: 'no replica', verdict: 'not-applicable', template: it({}) },
]);
