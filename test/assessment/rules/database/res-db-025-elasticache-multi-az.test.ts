import { elasticacheMultiAz } from '../../../../src/assessment/rules/database/res-db-025-elasticache-multi-az';
import { testRule } from '../../../support/rules';

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
