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
