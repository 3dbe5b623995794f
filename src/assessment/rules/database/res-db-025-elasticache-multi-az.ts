import { FailureScope } from '../../../core/failure-scope';
import { booleanOf, datastorePrimary, isDatastoreCopy, numberOf, reasonOf } from '../../model';
import { defineRule, failed, PASS, undecided } from '../rule';

/** A replica of a cache in another zone takes over by itself. */
export const elasticacheMultiAz = defineRule({
  id: 'RES-DB-025',
  title: 'a replica of a cache in another zone takes over by itself',
  severity: 'error',
  scope: FailureScope.AVAILABILITY_ZONE,
  why: 'sessions and locks are gone with the node, and users are logged out, unless a replica elsewhere becomes primary',
  fix: 'set MultiAZEnabled and AutomaticFailoverEnabled to true, with a replica per node group',
  docs: 'https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/AutoFailover.html',
  alsoKnownAs: [
    'Prowler:elasticache_redis_cluster_multi_az_enabled',
    'cdk-nag:AwsSolutions-AEC4',
    'TrustedAdvisor:Amazon ElastiCache Multi-AZ clusters',
    'ResilienceHub:Amazon ElastiCache (Redis OSS)/Single-AZ deployment',
    'SecurityHub:ElastiCache.3',
    'Prowler:elasticache_redis_cluster_automatic_failover_enabled',
    'ResilienceHub:Amazon ElastiCache (Redis OSS)/Faster in-Region failover',
    'ControlTower:CT.ELASTICACHE.PR.3',
  ],
  resourceTypes: ['AWS::ElastiCache::ReplicationGroup'],
  evaluate(group, { assembly }) {
    // a copy in another Region takes both from the primary of its global datastore
    const source = isDatastoreCopy(group) ? datastorePrimary(group, assembly) : group;
    if (source === undefined) {
      return undecided('it takes this from the primary of its global datastore, which is in no template here');
    }
    const switches = ['MultiAZEnabled', 'AutomaticFailoverEnabled'];
    const off = switches.find((name) => {
      const value = source.property(name);
      return value.kind === 'absent' || booleanOf(value) === false;
    });
    const replicas = group.property('ReplicasPerNodeGroup');
    const nodes = group.property('NumCacheClusters');
    if (off !== undefined) {
      return failed(`${off} is off`, `Properties.${off}`);
    }
    if (numberOf(replicas) === 0 || numberOf(nodes) === 1) {
      return failed('has no replica', 'Properties.ReplicasPerNodeGroup');
    }
    const reason = [...switches.map((name) => source.property(name)), replicas, nodes]
      .map(reasonOf)
      .find((each) => each !== undefined);
    return reason === undefined ? PASS : undecided(reason);
  },
});
