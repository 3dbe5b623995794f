import { clusterBackupRetention } from '../../../../src/assessment/rules/database/res-db-006-cluster-backup-retention';
import { testRule } from '../../../support/rules';

testRule(clusterBackupRetention, [
  {
    name: 'five weeks',
    verdict: 'pass',
    template: { Resources: { It: { Type: 'AWS::RDS::DBCluster', Properties: { BackupRetentionPeriod: 35 } } } },
  },
  {
    name: 'the default of a day',
    verdict: 'fail',
    template: { Resources: { It: { Type: 'AWS::RDS::DBCluster', Properties: { Engine: 'aurora-postgresql' } } } },
  },
  {
    name: 'DocumentDB with three days',
    verdict: 'fail',
    template: { Resources: { It: { Type: 'AWS::DocDB::DBCluster', Properties: { BackupRetentionPeriod: 3 } } } },
  },
  {
    name: 'Neptune with a week',
    verdict: 'pass',
    template: { Resources: { It: { Type: 'AWS::Neptune::DBCluster', Properties: { BackupRetentionPeriod: 7 } } } },
  },
  {
    name: 'a parameter decides',
    verdict: 'unknown',
    template: {
      Parameters: { Choice: { Type: 'String' } },
      Resources: { It: { Type: 'AWS::RDS::DBCluster', Properties: { BackupRetentionPeriod: { Ref: 'Choice' } } } },
    },
  },
]);
