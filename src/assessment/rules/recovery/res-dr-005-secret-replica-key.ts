import { FailureScope } from '../../../core/failure-scope';
import { entryOf, itemsOf, reasonOf, textOf } from '../../model';
import { defineRule, failed, NOT_APPLICABLE, PASS, undecided } from '../rule';

export const secretReplicaHasCustomerKey = defineRule({
  id: 'RES-DR-005',
  title: 'replicas of a secret with a customer key have one too',
  severity: 'warning',
  scope: FailureScope.REGION,
  why: 'a replica without a key of its own falls back to the key of AWS, whose policy nobody can limit or share',
  fix: 'set KmsKeyId of each replica to a key or alias in its Region',
  docs: 'https://docs.aws.amazon.com/secretsmanager/latest/userguide/create-manage-multi-region-secrets.html',
  resourceTypes: ['AWS::SecretsManager::Secret'],
  evaluate: (resource) => {
    const replicas = resource.property('ReplicaRegions');
    if (replicas.kind === 'absent' || resource.property('KmsKeyId').kind === 'absent') {
      return NOT_APPLICABLE;
    }
    if (replicas.kind !== 'list') {
      return undecided(reasonOf(replicas) ?? 'set at deployment', 'Properties.ReplicaRegions');
    }
    const without = itemsOf(replicas).find((replica) => entryOf(replica, 'KmsKeyId').kind === 'absent');
    return without
      ? failed(`no key for ${textOf(entryOf(without, 'Region')) ?? 'a replica'}`, 'Properties.ReplicaRegions')
      : PASS;
  },
});
