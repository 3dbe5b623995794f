import { everyObjectIsReplicated } from '../../../../src/assessment/rules/recovery/res-dr-020-replication-every-object';
import { testRule } from '../../../support/rules';

const it = (Properties: Record<string, unknown>) => ({ Resources: { It: { Type: 'AWS::S3::Bucket', Properties } } });

testRule(everyObjectIsReplicated, [
  {
    name: 'an empty filter',
    verdict: 'pass',
    template: it({ ReplicationConfiguration: { Rules: [{ Status: 'Enabled', Filter: { Prefix: '' } }] } }),
  },
  {
    name: 'a special rule beside the general one',
    verdict: 'pass',
    template: it({ ReplicationConfiguration: { Rules: [{ Status: 'Enabled', Prefix: 'a/' }, { Status: 'Enabled' }] } }),
  },
  {
    name: 'a prefix',
    verdict: 'fail',
    template: it({ ReplicationConfiguration: { Rules: [{ Status: 'Enabled', Filter: { Prefix: 'documents/' } }] } }),
  },
  {
    name: 'a tag',
    verdict: 'fail',
    template: it({
      ReplicationConfiguration: { Rules: [{ Status: 'Enabled', Filter: { TagFilter: { Key: 'a', Value: 'b' } } }] },
    }),
  },
  {
    name: 'disabled',
    verdict: 'fail',
    template: it({ ReplicationConfiguration: { Rules: [{ Status: 'Disabled' }] } }),
  },
  {
    name: 'imported rules',
    verdict: 'unknown',
    template: it({ ReplicationConfiguration: { Rules: { 'Fn::ImportValue': 'rules' } } }),
  },
  {
    name: 'a status from a parameter',
    verdict: 'unknown',
    template: it({ ReplicationConfiguration: { Rules: [{ Status: { Ref: 'Status' } }] } }),
  },
  { name: 'no replication', verdict: 'not-applicable', template: it({}) },
]);
