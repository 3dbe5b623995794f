import { rdsInstanceBackups } from '../../../../src/assessment/rules/database/res-db-005-rds-instance-backups';
import { testRule } from '../../../support/rules';

testRule(rdsInstanceBackups, [
  {
    name: 'five weeks',
    verdict: 'pass',
    template: { Resources: { It: { Type: 'AWS::RDS::DBInstance', Properties: { BackupRetentionPeriod: 35 } } } },
  },
  {
    name: 'as text',
    verdict: 'pass',
    template: { Resources: { It: { Type: 'AWS::RDS::DBInstance', Properties: { BackupRetentionPeriod: '7' } } } },
  },
  {
    name: 'the default of a day',
    verdict: 'fail',
    template: { Resources: { It: { Type: 'AWS::RDS::DBInstance', Properties: { Engine: 'mysql' } } } },
  },
  {
    name: 'none',
    verdict: 'fail',
    template: { Resources: { It: { Type: 'AWS::RDS::DBInstance', Properties: { BackupRetentionPeriod: 0 } } } },
  },
  {
    name: 'a parameter decides',
    verdict: 'unknown',
    template: {
      Parameters: { Choice: { Type: 'String' } },
      Resources: { It: { Type: 'AWS::RDS::DBInstance', Properties: { BackupRetentionPeriod: { Ref: 'Choice' } } } },
    },
  },
  {
    name: 'instance of a cluster',
    verdict: 'not-applicable',
    template: { Resources: { It: { Type: 'AWS::RDS::DBInstance', Properties: { DBClusterIdentifier: 'c' } } } },
  },
]);
