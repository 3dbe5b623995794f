import { entryOf, itemsOf, textOf, type Value } from '../../model';
import { defineRule, failed, NOT_APPLICABLE, PASS, type RuleOutcome, undecided } from '../rule';

const LOCATION = 'Properties.ReplicaRegions';

function regionOf(key: Value): string | undefined {
  if (key.kind === 'reference') {
    return key.resource.region;
  }
  const start = key.kind === 'text' ? key.parts[0] : textOf(key);
  return typeof start === 'string' && start.startsWith('arn:') ? start.split(':')[3] : undefined;
}

/** An alias or id without Region means the one in the Region of the replica. */
function judge(replica: Value): RuleOutcome {
  const region = textOf(entryOf(replica, 'Region'));
  const key = entryOf(replica, 'KmsKeyId');
  const keyRegion = regionOf(key);
  if (region !== undefined && keyRegion !== undefined && keyRegion !== region) {
    return failed(`the replica in ${region} names a key in ${keyRegion}`, LOCATION);
  }
  const decided = key.kind === 'absent' || (region !== undefined && (keyRegion ?? textOf(key)) !== undefined);
  return decided ? PASS : undecided('a Region or key is set at deployment', LOCATION);
}

export const secretReplicaKeyIsInItsRegion = defineRule({
  id: 'VAL-SECRETS-001',
  title: 'the key of a replica of a secret is in the region of the replica',
  severity: 'error',
  scope: 'DEPLOYMENT',
  why: 'a replica cannot be encrypted with a key of another Region, and is refused',
  fix: 'set KmsKeyId to a key or alias in the Region of the replica',
  docs: 'https://docs.aws.amazon.com/secretsmanager/latest/userguide/create-manage-multi-region-secrets.html',
  resourceTypes: ['AWS::SecretsManager::Secret'],
  evaluate: (resource) => {
    const replicas = resource.property('ReplicaRegions');
    if (replicas.kind === 'unknown') {
      return undecided(replicas.reason, LOCATION);
    }
    const outcomes = itemsOf(replicas).map(judge);
    if (outcomes.length === 0) {
      return NOT_APPLICABLE;
    }
    return (
      outcomes.find(({ verdict }) => verdict === 'fail') ??
      outcomes.find(({ verdict }) => verdict === 'unknown') ??
      PASS
    );
  },
});
