import { elasticacheBackups } from '../../../../src/assessment/rules/database/res-db-026-elasticache-backups';
import { testRule } from '../../../support/rules';

testRule(elasticacheBackups, [
  {
    name: 'a week',
    verdict: 'pass',
    template: {
      Resources: { It: { Type: 'AWS::ElastiCache::ReplicationGroup', Properties: { SnapshotRetentionLimit: 7 } } },
    },
  },
  {
    name: 'the default of none',
    verdict: 'fail',
    template: { Resources: { It: { Type: 'AWS::ElastiCache::ReplicationGroup', Properties: {} } } },
  },
  {
    name: 'a parameter decides',
    verdict: 'unknown',
    template: {
      Parameters: { Choice: { Type: 'String' } },
      Resources: {
        It: { Type: 'AWS::ElastiCache::ReplicationGroup', Properties: { SnapshotRetentionLimit: { Ref: 'Choice' } } },
      },
    },
  },
  {
    name: 'memcached',
    verdict: 'not-applicable',
    template: { Resources: { It: { Type: 'AWS::ElastiCache::CacheCluster', Properties: { Engine: 'memcached' } } } },
  },
]);
