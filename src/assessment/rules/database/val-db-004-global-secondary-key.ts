import { booleanOf, reasonOf, textOf } from '../../model';
import { defineRule, failed, NOT_APPLICABLE, PASS, undecided } from '../rule';
import { globalMembersOf, hasCredentials } from './global-members';

/** An encrypted secondary of a global database names a key of its own Region. */
export const globalSecondaryKey = defineRule({
  id: 'VAL-DB-004',
  title: 'an encrypted secondary of a global database names a key of its own Region',
  severity: 'error',
  scope: 'DEPLOYMENT',
  why: 'without a key of its Region the encrypted secondary is not created',
  fix: 'set KmsKeyId to a key of the Region of the secondary',
  docs: 'https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-global-database-getting-started.html',
  resourceTypes: ['AWS::RDS::DBCluster'],
  evaluate(cluster, { assembly }) {
    const members = globalMembersOf(cluster, assembly);
    const encrypted = booleanOf(cluster.property('StorageEncrypted')) === true;
    if (members.length < 2 || hasCredentials(cluster) || !encrypted) {
      return NOT_APPLICABLE; // the primary may use the default key
    }
    const key = cluster.property('KmsKeyId');
    const keyRegion =
      key.kind === 'reference' ? key.resource.region : /^arn:[^:]+:kms:([^:]+):/.exec(textOf(key) ?? '')?.[1];
    if (key.kind === 'absent') {
      return failed('names no key', 'Properties.KmsKeyId');
    }
    if (keyRegion === undefined || cluster.region === undefined) {
      return undecided(reasonOf(key) ?? 'the Region of the key is not decided', 'Properties.KmsKeyId');
    }
    return keyRegion === cluster.region ? PASS : failed(`names a key of ${keyRegion}`, 'Properties.KmsKeyId');
  },
});
