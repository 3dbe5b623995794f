import { encryptedObjectsAreReplicated } from '../../../../src/assessment/rules/recovery/res-dr-019-replication-encrypted';
import { testRule } from '../../../support/rules';

const it = (Properties: Record<string, unknown>) => ({ Resources: { It: { Type: 'AWS::S3::Bucket', Properties } } });

testRule(encryptedObjectsAreReplicated, [
  {
    name: 'encrypted objects too',
    verdict: 'pass',
    template: it({
      BucketEncryption: {
        ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms' } }],
      },
      ReplicationConfiguration: {
        Rules: [{ Status: 'Enabled', SourceSelectionCriteria: { SseKmsEncryptedObjects: { Status: 'Enabled' } } }],
      },
    }),
  },
  {
    name: 'encrypted objects are left out',
    verdict: 'fail',
    template: it({
      BucketEncryption: {
        ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms' } }],
      },
      ReplicationConfiguration: { Rules: [{ Status: 'Enabled' }] },
    }),
  },
  {
    name: 'imported rules',
    verdict: 'unknown',
    template: it({
      BucketEncryption: { ServerSideEncryptionConfiguration: [{}] },
      ReplicationConfiguration: { Rules: { 'Fn::ImportValue': 'rules' } },
    }),
  },
  {
    name: 'encrypted by S3',
    verdict: 'not-applicable',
    template: it({
      BucketEncryption: {
        ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }],
      },
      ReplicationConfiguration: { Rules: [{ Status: 'Enabled' }] },
    }),
  },
  { name: 'no replication', verdict: 'not-applicable', template: it({}) },
]);
