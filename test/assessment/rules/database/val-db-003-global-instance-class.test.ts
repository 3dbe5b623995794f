import { globalInstanceClass } from '../../../../src/assessment/rules/database/val-db-003-global-instance-class';
import { testRule } from '../../../support/rules';

testRule(globalInstanceClass, [
  {
    name: 'memory-optimized',
    verdict: 'pass',
    template: {
      Resources: {
        It: {
          Type: 'AWS::RDS::DBInstance',
          Properties: { DBClusterIdentifier: { Ref: 'C' }, DBInstanceClass: 'db.r6g.large' },
        },
        C: { Type: 'AWS::RDS::DBCluster', Properties: { GlobalClusterIdentifier: 'g' } },
      },
    },
  },
  {
    name: 'burstable',
    verdict: 'fail',
    template: {
      Resources: {
        It: {
          Type: 'AWS::RDS::DBInstance',
          Properties: { DBClusterIdentifier: { Ref: 'C' }, DBInstanceClass: 'db.t4g.medium' },
        },
        C: { Type: 'AWS::RDS::DBCluster', Properties: { GlobalClusterIdentifier: 'g' } },
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
          Properties: { DBClusterIdentifier: { Ref: 'C' }, DBInstanceClass: { Ref: 'Choice' } },
        },
        C: { Type: 'AWS::RDS::DBCluster', Properties: { GlobalClusterIdentifier: 'g' } },
      },
    },
  },
  {
    name: 'no global database',
    verdict: 'not-applicable',
    template: {
      Resources: {
        It: {
          Type: 'AWS::RDS::DBInstance',
          Properties: { DBClusterIdentifier: { Ref: 'C' }, DBInstanceClass: 'db.t4g.medium' },
        },
        C: { Type: 'AWS::RDS::DBCluster' },
      },
    },
  },
]);
