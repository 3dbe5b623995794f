import { FailureScope } from '../../../core/failure-scope';
import { booleanOf, datastoreMembers, isDatastoreCopy, reasonOf } from '../../model';
import { defineRule, failed, NOT_APPLICABLE, PASS, undecided } from '../rule';

/** A cache takes minor upgrades by itself. */
export const elasticacheMinorUpgrades = defineRule({
  id: 'RES-DB-027',
  title: 'a cache takes minor upgrades by itself',
  severity: 'warning',
  scope: FailureScope.COMPONENT,
  why: 'minor versions fix crashes and failed failovers that are known',
  fix: 'leave AutoMinorVersionUpgrade out, or set it to true',
  docs: 'https://docs.aws.amazon.com/securityhub/latest/userguide/elasticache-controls.html',
  alsoKnownAs: [
    'SecurityHub:ElastiCache.2',
    'Prowler:elasticache_redis_cluster_auto_minor_version_upgrades',
    'ControlTower:CT.ELASTICACHE.PR.2',
  ],
  resourceTypes: ['AWS::ElastiCache::ReplicationGroup', 'AWS::ElastiCache::CacheCluster'],
  evaluate(cache, { assembly }) {
    // https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/Redis-Global-Datastores-Getting-Started.html
    if (isDatastoreCopy(cache) || datastoreMembers(cache, assembly).length > 0) {
      return NOT_APPLICABLE; // ElastiCache turns it off for members of a global datastore, and refuses to turn it on
    }
    const value = cache.property('AutoMinorVersionUpgrade');
    const location = 'Properties.AutoMinorVersionUpgrade';
    const reason = reasonOf(value);
    if (reason !== undefined) {
      return undecided(reason, location);
    }
    return booleanOf(value) === false ? failed('minor upgrades are switched off', location) : PASS;
  },
});
