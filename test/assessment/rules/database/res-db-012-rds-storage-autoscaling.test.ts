import { rdsStorageAutoscaling } from '../../../../src/assessment/rules/database/res-db-012-rds-storage-autoscaling';
import { testRule } from '../../../support/rules';

testRule(rdsStorageAutoscaling, [
  {
    name: 'may double',
    verdict: 'pass',
    template: {
      Resources: {
        It: { Type: 'AWS::RDS::DBInstance', Properties: { AllocatedStorage: '100', MaxAllocatedStorage: 200 } },
      },
    },
  },
  {
    name: 'no limit given',
    verdict: 'fail',
    template: { Resources: { It: { Type: 'AWS::RDS::DBInstance', Properties: { AllocatedStorage: '100' } } } },
  },
  {
    name: 'limit at what it has',
    verdict: 'fail',
    template: {
      Resources: {
        It: { Type: 'AWS::RDS::DBInstance', Properties: { AllocatedStorage: 100, MaxAllocatedStorage: 100 } },
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
          Type: 'AWS::RDS::DBInstance',
          Properties: { AllocatedStorage: { Ref: 'Choice' }, MaxAllocatedStorage: 100 },
        },
      },
    },
  },
  {
    name: 'instance of a cluster',
    verdict: 'not-applicable',
    template: { Resources: { It: { Type: 'AWS::RDS::DBInstance', Properties: { DBClusterIdentifier: 'c' } } } },
  },
]);
