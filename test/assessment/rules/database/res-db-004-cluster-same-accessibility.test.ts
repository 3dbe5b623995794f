import { clusterSameAccessibility } from '../../../../src/assessment/rules/database/res-db-004-cluster-same-accessibility';
import { testRule } from '../../../support/rules';

testRule(clusterSameAccessibility, [
  {
    name: 'all private',
    verdict: 'pass',
    template: {
      Resources: {
        It: { Type: 'AWS::RDS::DBCluster', Properties: {} },
        W: {
          Type: 'AWS::RDS::DBInstance',
          Properties: { DBClusterIdentifier: { Ref: 'It' }, PubliclyAccessible: false },
        },
        X: {
          Type: 'AWS::RDS::DBInstance',
          Properties: { DBClusterIdentifier: { Ref: 'It' }, PubliclyAccessible: false },
        },
      },
    },
  },
  {
    name: 'one is public',
    verdict: 'fail',
    template: {
      Resources: {
        It: { Type: 'AWS::RDS::DBCluster', Properties: {} },
        W: {
          Type: 'AWS::RDS::DBInstance',
          Properties: { DBClusterIdentifier: { Ref: 'It' }, PubliclyAccessible: true },
        },
        X: {
          Type: 'AWS::RDS::DBInstance',
          Properties: { DBClusterIdentifier: { Ref: 'It' }, PubliclyAccessible: false },
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
        It: { Type: 'AWS::RDS::DBCluster', Properties: {} },
        W: {
          Type: 'AWS::RDS::DBInstance',
          Properties: { DBClusterIdentifier: { Ref: 'It' }, PubliclyAccessible: true },
        },
        X: {
          Type: 'AWS::RDS::DBInstance',
          Properties: { DBClusterIdentifier: { Ref: 'It' }, PubliclyAccessible: { Ref: 'Choice' } },
        },
      },
    },
  },
  {
    name: 'one instance',
    verdict: 'not-applicable',
    template: {
      Resources: {
        It: { Type: 'AWS::RDS::DBCluster', Properties: {} },
        W: { Type: 'AWS::RDS::DBInstance', Properties: { DBClusterIdentifier: { Ref: 'It' } } },
      },
    },
  },
]);
