import { elasticacheMinorUpgrades } from '../../../../src/assessment/rules/database/res-db-027-elasticache-minor-upgrades';
import { testRule } from '../../../support/rules';

testRule(elasticacheMinorUpgrades, [
  {
    name: 'the default',
    verdict: 'pass',
    template: { Resources: { It: { Type: 'AWS::ElastiCache::ReplicationGroup', Properties: {} } } },
  },
  {
    name: 'switched off',
    verdict: 'fail',
    template: {
      Resources: { It: { Type: 'AWS::ElastiCache::ReplicationGroup', Properties: { AutoMinorVersionUpgrade: false } } },
    },
  },
  {
    name: 'switched off, in a global datastore, which has it off',
    verdict: 'not-applicable',
    template: {
      Resources: {
        It: { Type: 'AWS::ElastiCache::ReplicationGroup', Properties: { AutoMinorVersionUpgrade: false } },
        Datastore: {
          Type: 'AWS::ElastiCache::GlobalReplicationGroup',
          Properties: { GlobalReplicationGroupIdSuffix: 'ehr', Members: [{ ReplicationGroupId: { Ref: 'It' } }] },
        },
      },
    },
  },
  {
    name: 'switched off, beside a global datastore',
    verdict: 'fail',
    template: {
      Resources: {
        It: {
          Type: 'AWS::ElastiCache::ReplicationGroup',
          Properties: { ReplicationGroupId: 'it', AutoMinorVersionUpgrade: false },
        },
        Datastore: {
          Type: 'AWS::ElastiCache::GlobalReplicationGroup',
          Properties: { GlobalReplicationGroupIdSuffix: 'ehr', Members: [{ ReplicationGroupId: 'other' }] },
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
        It: { Type: 'AWS::ElastiCache::ReplicationGroup', Properties: { AutoMinorVersionUpgrade: { Ref: 'Choice' } } },
      },
    },
  },
]);
