import { elasticacheGlobalDatastore } from '../../../../src/assessment/rules/database/res-db-028-elasticache-global-datastore';
import { testRule } from '../../../support/rules';

testRule(elasticacheGlobalDatastore, [
  {
    name: 'member of a global datastore',
    verdict: 'pass',
    template: {
      Resources: {
        It: { Type: 'AWS::ElastiCache::ReplicationGroup', Properties: {} },
        G: {
          Type: 'AWS::ElastiCache::GlobalReplicationGroup',
          Properties: { Members: [{ ReplicationGroupId: { Ref: 'It' }, Role: 'PRIMARY' }] },
        },
      },
    },
  },
  {
    name: 'joins one',
    verdict: 'pass',
    template: {
      Resources: { It: { Type: 'AWS::ElastiCache::ReplicationGroup', Properties: { GlobalReplicationGroupId: 'g' } } },
    },
  },
  {
    name: 'alone',
    verdict: 'fail',
    template: { Resources: { It: { Type: 'AWS::ElastiCache::ReplicationGroup', Properties: {} } } },
  },
  {
    name: 'care does not depend on it',
    verdict: 'not-applicable',
    template: { Resources: { It: { Type: 'AWS::ElastiCache::ReplicationGroup', Properties: {} } } },
    careDependsOnIt: false,
  },
]);
