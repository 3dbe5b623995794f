import { rdsInstanceMultiAz } from '../../../../src/assessment/rules/database/res-db-001-rds-instance-multi-az';
import { testRule } from '../../../support/rules';

testRule(rdsInstanceMultiAz, [
  {
    name: 'multi-AZ instance',
    verdict: 'pass',
    template: {
      Resources: { It: { Type: 'AWS::RDS::DBInstance', Properties: { Engine: 'postgres', MultiAZ: true } } },
    },
  },
  {
    name: 'no word of it',
    verdict: 'fail',
    template: { Resources: { It: { Type: 'AWS::RDS::DBInstance', Properties: { Engine: 'postgres' } } } },
  },
  {
    name: 'switched off',
    verdict: 'fail',
    template: { Resources: { It: { Type: 'AWS::RDS::DBInstance', Properties: { MultiAZ: false } } } },
  },
  {
    name: 'a parameter decides',
    verdict: 'unknown',
    template: {
      Parameters: { Choice: { Type: 'String' } },
      Resources: { It: { Type: 'AWS::RDS::DBInstance', Properties: { MultiAZ: { Ref: 'Choice' } } } },
    },
  },
  {
    name: 'instance of a cluster',
    verdict: 'not-applicable',
    template: { Resources: { It: { Type: 'AWS::RDS::DBInstance', Properties: { DBClusterIdentifier: 'c' } } } },
  },
  {
    name: 'read replica',
    verdict: 'not-applicable',
    template: { Resources: { It: { Type: 'AWS::RDS::DBInstance', Properties: { SourceDBInstanceIdentifier: 'd' } } } },
  },
]);
