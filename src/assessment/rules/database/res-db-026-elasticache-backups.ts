import { FailureScope } from '../../../core/failure-scope';
import { numberOf, reasonOf, textOf } from '../../model';
import { counted, defineRule, failed, NOT_APPLICABLE, PASS, undecided } from '../rule';

/** Snapshots are kept of a cache. */
export const elasticacheBackups = defineRule({
  id: 'RES-DB-026',
  title: 'snapshots are kept of a cache',
  severity: 'warning',
  scope: FailureScope.CORRUPTION,
  why: 'sessions, locks and queues in a cache cannot be rebuilt from anywhere else',
  fix: 'set SnapshotRetentionLimit to a day or more',
  docs: 'https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/backups-automatic.html',
  alsoKnownAs: [
    'SecurityHub:ElastiCache.1',
    'Config:ELASTICACHE_REDIS_CLUSTER_AUTOMATIC_BACKUP_CHECK',
    'Prowler:elasticache_redis_cluster_backup_enabled',
    'cdk-nag:HIPAA.Security-ElastiCacheRedisClusterAutomaticBackup',
    'Trivy:Redis cluster should have backup retention turned on',
    'TrustedAdvisor:ElastiCache (Redis OSS) Clusters Automatic Backup',
    'ResilienceHub:Amazon ElastiCache (Redis OSS)/Backup',
    'Powerpipe-WA-Reliability:elasticache_redis_cluster_automatic_backup_retention_15_days',
    'ControlTower:CT.ELASTICACHE.PR.1',
  ],
  resourceTypes: ['AWS::ElastiCache::ReplicationGroup', 'AWS::ElastiCache::CacheCluster'],
  evaluate(cache) {
    if (textOf(cache.property('Engine')) === 'memcached') {
      return NOT_APPLICABLE; // memcached takes no snapshots
    }
    const value = cache.property('SnapshotRetentionLimit');
    const location = 'Properties.SnapshotRetentionLimit';
    const reason = reasonOf(value);
    if (reason !== undefined) {
      return undecided(reason, location);
    }
    const number = numberOf(value) ?? 0;
    return number >= 1 ? PASS : failed(`keeps snapshots for ${counted(number, 'day')}`, location);
  },
});
