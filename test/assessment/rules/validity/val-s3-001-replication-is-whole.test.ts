import { replicationIsWhole } from '../../../../src/assessment/rules/validity/val-s3-001-replication-is-whole';
import { testRule } from '../../../support/rules';

const it = (Properties: Record<string, unknown>) => ({ Resources: { It: { Type: 'AWS::S3::Bucket', Properties } } });

testRule(replicationIsWhole, [
  {
    name: 'versions, metrics and a key',
    verdict: 'pass',
    template: it({
      VersioningConfiguration: { Status: 'Enabled' },
      ReplicationConfiguration: {
        Rules: [
          {
            SourceSelectionCriteria: { SseKmsEncryptedObjects: { Status: 'Enabled' } },
            Destination: {
              ReplicationTime: { Status: 'Enabled' },
              Metrics: { Status: 'Enabled' },
              EncryptionConfiguration: { ReplicaKmsKeyID: 'key' },
            },
          },
        ],
      },
    }),
  },
  {
    name: 'no versions',
    verdict: 'fail',
    template: it({ ReplicationConfiguration: { Rules: [{ Destination: {} }] } }),
  },
  {
    name: 'time control without metrics',
    verdict: 'fail',
    template: it({
      VersioningConfiguration: { Status: 'Enabled' },
      ReplicationConfiguration: { Rules: [{ Destination: { ReplicationTime: { Status: 'Enabled' } } }] },
    }),
  },
  {
    name: 'encrypted objects without a key',
    verdict: 'fail',
    template: it({
      VersioningConfiguration: { Status: 'Enabled' },
      ReplicationConfiguration: {
        Rules: [{ SourceSelectionCriteria: { SseKmsEncryptedObjects: { Status: 'Enabled' } }, Destination: {} }],
      },
    }),
  },
  {
    name: 'imported rules',
    verdict: 'unknown',
    template: it({
      VersioningConfiguration: { Status: 'Enabled' },
      ReplicationConfiguration: { Rules: { 'Fn::ImportValue': 'rules' } },
    }),
  },
  { name: 'no replication', verdict: 'not-applicable', template: it({}) },
]);
