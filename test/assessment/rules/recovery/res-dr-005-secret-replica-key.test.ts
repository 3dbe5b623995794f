import { secretReplicaHasCustomerKey } from '../../../../src/assessment/rules/recovery/res-dr-005-secret-replica-key';
import { testRule } from '../../../support/rules';

const it = (Properties: Record<string, unknown>) => ({
  Resources: { It: { Type: 'AWS::SecretsManager::Secret', Properties } },
});

testRule(secretReplicaHasCustomerKey, [
  {
    name: 'a key of its own',
    verdict: 'pass',
    template: it({ KmsKeyId: 'key', ReplicaRegions: [{ Region: 'us-west-2', KmsKeyId: 'alias/ehr' }] }),
  },
  {
    name: 'the key of AWS',
    verdict: 'fail',
    template: it({ KmsKeyId: 'key', ReplicaRegions: [{ Region: 'us-west-2' }] }),
  },
  {
    name: 'imported replicas',
    verdict: 'unknown',
    template: it({ KmsKeyId: 'key', ReplicaRegions: { 'Fn::ImportValue': 'replicas' } }),
  },
  {
    name: 'the secret has the key of AWS too',
    verdict: 'not-applicable',
    template: it({ ReplicaRegions: [{ Region: 'us-west-2' }] }),
  },
  { name: 'no replica', verdict: 'not-applicable', template: it({ KmsKeyId: 'key' }) },
]);
