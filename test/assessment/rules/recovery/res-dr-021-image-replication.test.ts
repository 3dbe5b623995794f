import { imagesAreReplicated } from '../../../../src/assessment/rules/recovery/res-dr-021-image-replication';
import { testRule } from '../../../support/rules';

const it = (Properties: Record<string, unknown>, others: Record<string, unknown> = {}) => ({
  Resources: { It: { Type: 'AWS::ECR::Repository', Properties }, ...others },
});

const registry = (Rules: unknown[]) => ({
  Registry: { Type: 'AWS::ECR::ReplicationConfiguration', Properties: { ReplicationConfiguration: { Rules } } },
});

testRule(imagesAreReplicated, [
  { name: 'every image', verdict: 'pass', template: it({}, registry([{ Destinations: [{ Region: 'us-west-2' }] }])) },
  {
    name: 'images with the prefix',
    verdict: 'pass',
    template: it(
      { RepositoryName: 'ehr/app' },
      registry([{ Destinations: [{ Region: 'us-west-2' }], RepositoryFilters: [{ Filter: 'ehr' }] }]),
    ),
  },
  {
    name: 'only other images',
    verdict: 'fail',
    template: it(
      { RepositoryName: 'ehr/app' },
      registry([{ Destinations: [{ Region: 'us-west-2' }], RepositoryFilters: [{ Filter: 'web' }] }]),
    ),
  },
  {
    name: 'another account of the same Region',
    verdict: 'fail',
    template: it({ RepositoryName: 'ehr/app' }, registry([{ Destinations: [{ Region: 'us-east-1' }] }])),
  },
  { name: 'the registry is set up elsewhere', verdict: 'unknown', template: it({}) },
  {
    name: 'a Region from a parameter',
    verdict: 'unknown',
    template: it({ RepositoryName: 'ehr/app' }, registry([{ Destinations: [{ Region: { Ref: 'Other' } }] }])),
  },
  { name: 'care does not depend on it', verdict: 'not-applicable', template: it({}), careDependsOnIt: false },
]);
