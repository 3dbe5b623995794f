import { secretIsReplicated } from '../../../../src/assessment/rules/recovery/res-dr-004-secret-replica';
import { testRule } from '../../../support/rules';

const it = (Properties: Record<string, unknown>) => ({
  Resources: { It: { Type: 'AWS::SecretsManager::Secret', Properties } },
});

testRule(secretIsReplicated, [
  { name: 'a replica elsewhere', verdict: 'pass', template: it({ ReplicaRegions: [{ Region: 'us-west-2' }] }) },
  { name: 'no replica', verdict: 'fail', template: it({}) },
  {
    name: 'a Region from a parameter',
    verdict: 'unknown',
    template: it({ ReplicaRegions: [{ Region: { Ref: 'Other' } }] }),
  },
  { name: 'care does not depend on it', verdict: 'not-applicable', template: it({}), careDependsOnIt: false },
]);
