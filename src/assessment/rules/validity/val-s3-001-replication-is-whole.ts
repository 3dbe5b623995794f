import { entryOf, itemsOf, textOf, type Value } from '../../model';
import { defineRule, failed, NOT_APPLICABLE, PASS, undecided } from '../rule';

const LOCATION = 'Properties.ReplicationConfiguration';

function isOn(value: Value): boolean {
  return textOf(entryOf(value, 'Status')) === 'Enabled';
}

function problemOf(rule: Value): string | undefined {
  const destination = entryOf(rule, 'Destination');
  if (isOn(entryOf(destination, 'ReplicationTime')) && entryOf(destination, 'Metrics').kind === 'absent') {
    return 'a rule has ReplicationTime without Metrics';
  }
  const encrypted = entryOf(entryOf(rule, 'SourceSelectionCriteria'), 'SseKmsEncryptedObjects');
  const key = entryOf(entryOf(destination, 'EncryptionConfiguration'), 'ReplicaKmsKeyID');
  if (isOn(encrypted) && key.kind === 'absent') {
    return 'a rule copies encrypted objects without ReplicaKmsKeyID';
  }
  return undefined;
}

export const replicationIsWhole = defineRule({
  id: 'VAL-S3-001',
  title: 'a replicated bucket is versioned, and its rules name metrics and keys where they need them',
  severity: 'error',
  scope: 'DEPLOYMENT',
  why: 'replication without versions, time control without metrics, and encrypted objects without a key for the replica are refused',
  fix: 'enable versioning, add Metrics beside ReplicationTime, and ReplicaKmsKeyID beside SseKmsEncryptedObjects',
  docs: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication.html',
  resourceTypes: ['AWS::S3::Bucket'],
  evaluate: (resource) => {
    const replication = resource.property('ReplicationConfiguration');
    if (replication.kind === 'absent') {
      return NOT_APPLICABLE;
    }
    const versioning = resource.property('VersioningConfiguration');
    if (versioning.kind !== 'unknown' && !isOn(versioning)) {
      return failed('replicates without versions', 'Properties.VersioningConfiguration');
    }
    const problem = itemsOf(entryOf(replication, 'Rules'))
      .map(problemOf)
      .find((text) => text !== undefined);
    if (problem !== undefined) {
      return failed(problem, `${LOCATION}.Rules`);
    }
    const open = [replication, entryOf(replication, 'Rules'), versioning].find(({ kind }) => kind === 'unknown');
    return open ? undecided('replication or versioning is set at deployment', LOCATION) : PASS;
  },
});
