import { strongConsistencyIsWhole } from '../../../../src/assessment/rules/validity/val-dynamodb-002-strong-consistency';
import { testRule } from '../../../support/rules';

const it = (replicas: unknown[], witness?: unknown, more: Record<string, unknown> = {}) => ({
  Resources: {
    It: {
      Type: 'AWS::DynamoDB::GlobalTable',
      Properties: {
        MultiRegionConsistency: 'STRONG',
        Replicas: replicas.map((Region) => ({ Region })),
        ...(witness ? { GlobalTableWitnesses: [{ Region: witness }] } : {}),
        ...more,
      },
    },
  },
});

testRule(strongConsistencyIsWhole, [
  { name: 'two replicas and a witness', verdict: 'pass', template: it(['us-east-1', 'us-west-2'], 'us-east-2') },
  { name: 'three replicas', verdict: 'pass', template: it(['eu-west-1', 'eu-west-2', 'eu-central-1']) },
  { name: 'two replicas and no witness', verdict: 'fail', template: it(['us-east-1', 'us-west-2']) },
  {
    name: 'three replicas and a witness',
    verdict: 'fail',
    template: it(['eu-west-1', 'eu-west-2', 'eu-west-3'], 'eu-central-1'),
  },
  { name: 'Regions of two sets', verdict: 'fail', template: it(['us-east-1', 'us-west-2'], 'eu-west-1') },
  { name: 'a Region of no set', verdict: 'fail', template: it(['us-east-1', 'us-west-1'], 'us-west-2') },
  { name: 'a witness beside a replica', verdict: 'fail', template: it(['us-east-1', 'us-west-2'], 'us-west-2') },
  {
    name: 'a time to live',
    verdict: 'fail',
    template: it(['us-east-1', 'us-west-2'], 'us-east-2', { TimeToLiveSpecification: { Enabled: true } }),
  },
  {
    name: 'a local index',
    verdict: 'fail',
    template: it(['us-east-1', 'us-west-2'], 'us-east-2', { LocalSecondaryIndexes: [{ IndexName: 'x' }] }),
  },
  { name: 'a witness from a parameter', verdict: 'unknown', template: it(['us-east-1', 'us-west-2'], { Ref: 'W' }) },
  {
    name: 'consistency from a parameter',
    verdict: 'unknown',
    template: it(['us-east-1'], undefined, { MultiRegionConsistency: { Ref: 'Consistency' } }),
  },
  {
    name: 'eventual consistency',
    verdict: 'not-applicable',
    template: it(['us-east-1', 'eu-west-1'], undefined, { MultiRegionConsistency: 'EVENTUAL' }),
  },
]);
