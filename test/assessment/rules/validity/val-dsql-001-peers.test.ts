import { distributedClusterHasItsPeer } from '../../../../src/assessment/rules/validity/val-dsql-001-peers';
import { testRule } from '../../../support/rules';

const arn = (region: string) => `arn:aws:dsql:${region}:111111111111:cluster/${'a'.repeat(26)}`;
const both = [arn('us-east-1'), arn('us-west-2')];

const it = (MultiRegionProperties?: unknown) => ({
  Resources: {
    It: { Type: 'AWS::DSQL::Cluster', Properties: MultiRegionProperties ? { MultiRegionProperties } : {} },
  },
});

testRule(distributedClusterHasItsPeer, [
  {
    name: 'both clusters and a witness',
    verdict: 'pass',
    template: it({ WitnessRegion: 'us-east-2', Clusters: both }),
  },
  {
    name: 'the other cluster and a witness',
    verdict: 'pass',
    template: it({ WitnessRegion: 'us-east-2', Clusters: [arn('us-west-2')] }),
  },
  { name: 'one Region', verdict: 'not-applicable', template: it() },
  { name: 'a witness alone', verdict: 'fail', template: it({ WitnessRegion: 'us-east-2' }) },
  {
    name: 'its own cluster alone',
    verdict: 'fail',
    template: it({ WitnessRegion: 'us-east-2', Clusters: [arn('us-east-1')] }),
  },
  { name: 'no witness', verdict: 'fail', template: it({ Clusters: both }) },
  {
    name: 'a witness beside the other cluster',
    verdict: 'fail',
    template: it({ WitnessRegion: 'us-west-2', Clusters: both }),
  },
  {
    name: 'a witness beside this cluster',
    verdict: 'fail',
    template: it({ WitnessRegion: 'us-east-1', Clusters: [arn('us-west-2')] }),
  },
  {
    name: 'a witness from a parameter',
    verdict: 'unknown',
    template: it({ WitnessRegion: { Ref: 'Witness' }, Clusters: both }),
  },
  {
    name: 'clusters from a parameter',
    verdict: 'unknown',
    template: it({ WitnessRegion: 'us-east-2', Clusters: { Ref: 'Clusters' } }),
  },
]);
