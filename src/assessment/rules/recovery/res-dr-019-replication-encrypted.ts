import { FailureScope } from '../../../core/failure-scope';
import { entryOf, itemsOf, textOf, type Value } from '../../model';
import { defineRule, failed, NOT_APPLICABLE, PASS, undecided } from '../rule';

const LOCATION = 'Properties.ReplicationConfiguration.Rules';

function copiesEncrypted(rule: Value): boolean {
  const encrypted = entryOf(entryOf(rule, 'SourceSelectionCriteria'), 'SseKmsEncryptedObjects');
  return textOf(entryOf(encrypted, 'Status')) === 'Enabled';
}

export const encryptedObjectsAreReplicated = defineRule({
  id: 'RES-DR-019',
  title: 'a bucket encrypted with KMS replicates its encrypted objects',
  severity: 'error',
  scope: FailureScope.REGION,
  why: 'objects encrypted with KMS are left out of replication unless a rule asks for them: the replica stays empty, and nothing says so',
  fix: 'set SourceSelectionCriteria.SseKmsEncryptedObjects to Enabled, with a key in the Region of the replica',
  docs: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication-config-for-kms-objects.html',
  resourceTypes: ['AWS::S3::Bucket'],
  evaluate: (resource) => {
    const rules = resource.property('ReplicationConfiguration', 'Rules');
    const encryption = resource.property('BucketEncryption', 'ServerSideEncryptionConfiguration');
    if (rules.kind === 'absent' || encryption.kind === 'absent') {
      return NOT_APPLICABLE;
    }
    if (rules.kind !== 'list' || encryption.kind !== 'list') {
      return undecided('replication or encryption is set at deployment', LOCATION);
    }
    const algorithms = encryption.items.map((item) =>
      textOf(entryOf(entryOf(item, 'ServerSideEncryptionByDefault'), 'SSEAlgorithm')),
    );
    if (!algorithms.some((algorithm) => algorithm?.startsWith('aws:kms'))) {
      return NOT_APPLICABLE;
    }
    const enabled = itemsOf(rules).filter((rule) => textOf(entryOf(rule, 'Status')) === 'Enabled');
    const without = enabled.findIndex((rule) => !copiesEncrypted(rule));
    return without >= 0 ? failed(`rule ${without} leaves encrypted objects out`, LOCATION) : PASS;
  },
});
