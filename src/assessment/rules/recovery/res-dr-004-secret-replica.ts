import { FailureScope } from '../../../core/failure-scope';
import { entryOf, itemsOf, reasonOf, textOf } from '../../model';
import { defineRule, failed, NOT_APPLICABLE, PASS, undecided } from '../rule';

export const secretIsReplicated = defineRule({
  id: 'RES-DR-004',
  title: 'a secret that care depends on is replicated to another region',
  severity: 'warning',
  scope: FailureScope.REGION,
  why: 'a recovered database without its password in the recovery Region is a database that nobody can open',
  fix: 'list the recovery Region in ReplicaRegions',
  docs: 'https://docs.aws.amazon.com/secretsmanager/latest/userguide/create-manage-multi-region-secrets.html',
  resourceTypes: ['AWS::SecretsManager::Secret'],
  evaluate: (resource, { careDependsOn }) => {
    if (!careDependsOn(resource)) {
      return NOT_APPLICABLE;
    }
    const replicas = resource.property('ReplicaRegions');
    const regions = itemsOf(replicas).map((replica) => entryOf(replica, 'Region'));
    if (regions.some((region) => textOf(region) !== undefined && textOf(region) !== resource.region)) {
      return PASS;
    }
    const open = [replicas, ...regions].find(({ kind }) => kind === 'unknown');
    return open
      ? undecided(reasonOf(open) ?? 'set at deployment', 'Properties.ReplicaRegions')
      : failed('no replica in another Region', 'Properties.ReplicaRegions');
  },
});
