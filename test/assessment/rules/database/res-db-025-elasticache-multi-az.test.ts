import { elasticacheMultiAz } from '../../../../src/assessment/rules/database/res-db-025-elasticache-multi-az';
import { testRule } from '../../../support/rules';

/** A member of a global datastore, whose first member has these. */
function copyOf(first: Record<string, unknown>) {
  return {
    Resources: {
      First: { Type: 'AWS::ElastiCache::ReplicationGroup', Properties: first },
      Datastore: {
        Type: 'AWS::ElastiCache::GlobalReplicationGroup',
        Properties: { GlobalReplicationGroupIdSuffix: 'ehr', Members: [{ ReplicationGroupId: { Ref: 'First' } }] },
      },
      It: {
        Type: 'AWS::ElastiCache::ReplicationGroup',
        Properties: { GlobalReplicationGroupId: 'ldgnf-ehr', NumCacheClusters: 2 },
      },
    },
  };
}

testRule(elasticacheMultiAz, [
  {
    name: 'both on',
    verdict: 'pass',
    template: {
      Resources: {
        It: {
          Type: 'AWS::ElastiCache::ReplicationGroup',
          Properties: { MultiAZEnabled: true, AutomaticFailoverEnabled: true, NumCacheClusters: 2 },
        },
      },
    },
  },
  {
    name: 'the default',
    verdict: 'fail',
    template: {
      Resources: { It: { Type: 'AWS::ElastiCache::ReplicationGroup', Properties: { NumCacheClusters: 2 } } },
    },
  },
  {
    name: 'failover without a second zone',
    verdict: 'fail',
    template: {
      Resources: {
        It: {
          Type: 'AWS::ElastiCache::ReplicationGroup',
          Properties: { AutomaticFailoverEnabled: true, NumCacheClusters: 2 },
        },
      },
    },
  },
  {
    name: 'no replica',
    verdict: 'fail',
    template: {
      Resources: {
        It: {
          Type: 'AWS::ElastiCache::ReplicationGroup',
          Properties: { MultiAZEnabled: true, AutomaticFailoverEnabled: true, ReplicasPerNodeGroup: 0 },
        },
      },
    },
  },
  {
    name: 'a copy, whose primary has both',
    verdict: 'pass',
    template: copyOf({ MultiAZEnabled: true, AutomaticFailoverEnabled: true, NumCacheClusters: 2 }),
  },
  {
    name: 'a copy, whose primary has not',
    verdict: 'fail',
    template: copyOf({ AutomaticFailoverEnabled: true, NumCacheClusters: 2 }),
    observed: 'MultiAZEnabled is off',
  },
  {
    name: 'a copy, whose primary is elsewhere',
    verdict: 'unknown',
    template: {
      Resources: {
        It: {
          Type: 'AWS::ElastiCache::ReplicationGroup',
          Properties: { GlobalReplicationGroupId: 'ldgnf-ehr', NumCacheClusters: 2 },
        },
      },
    },
    observed: 'primary of its global datastore',
  },
  {
    name: 'a parameter decides',
    verdict: 'unknown',
    template: {
      Parameters: { Choice: { Type: 'String' } },
      Resources: {
        It: {
          Type: 'AWS::ElastiCache::ReplicationGroup',
          Properties: { MultiAZEnabled: { Ref: 'Choice' }, AutomaticFailoverEnabled: true, NumCacheClusters: 2 },
        },
      },
    },
  },
]);
