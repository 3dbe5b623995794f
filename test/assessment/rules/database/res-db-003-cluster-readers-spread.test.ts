import { clusterReadersSpread } from '../../../../src/assessment/rules/database/res-db-003-cluster-readers-spread';
import { testRule } from '../../../support/rules';

testRule(clusterReadersSpread, [
  {
    name: 'zones left to AWS',
    verdict: 'pass',
    template: {
      Resources: {
        It: { Type: 'AWS::RDS::DBCluster', Properties: {} },
        W: { Type: 'AWS::RDS::DBInstance', Properties: { DBClusterIdentifier: { Ref: 'It' } } },
        X: { Type: 'AWS::RDS::DBInstance', Properties: { DBClusterIdentifier: { Ref: 'It' } } },
        Y: { Type: 'AWS::RDS::DBInstance', Properties: { DBClusterIdentifier: { Ref: 'It' } } },
      },
    },
  },
  {
    name: 'three zones',
    verdict: 'pass',
    template: {
      Resources: {
        It: { Type: 'AWS::RDS::DBCluster', Properties: {} },
        W: {
          Type: 'AWS::RDS::DBInstance',
          Properties: { DBClusterIdentifier: { Ref: 'It' }, AvailabilityZone: 'us-east-1a' },
        },
        X: {
          Type: 'AWS::RDS::DBInstance',
          Properties: { DBClusterIdentifier: { Ref: 'It' }, AvailabilityZone: 'us-east-1b' },
        },
        Y: {
          Type: 'AWS::RDS::DBInstance',
          Properties: { DBClusterIdentifier: { Ref: 'It' }, AvailabilityZone: 'us-east-1c' },
        },
      },
    },
  },
  {
    name: 'both readers in one zone',
    verdict: 'fail',
    template: {
      Resources: {
        It: { Type: 'AWS::RDS::DBCluster', Properties: {} },
        W: {
          Type: 'AWS::RDS::DBInstance',
          Properties: { DBClusterIdentifier: { Ref: 'It' }, AvailabilityZone: 'us-east-1a' },
        },
        X: {
          Type: 'AWS::RDS::DBInstance',
          Properties: { DBClusterIdentifier: { Ref: 'It' }, AvailabilityZone: 'us-east-1b' },
        },
        Y: {
          Type: 'AWS::RDS::DBInstance',
          Properties: { DBClusterIdentifier: { Ref: 'It' }, AvailabilityZone: 'us-east-1b' },
        },
      },
    },
  },
  {
    name: 'one reader',
    verdict: 'not-applicable',
    template: {
      Resources: {
        It: { Type: 'AWS::RDS::DBCluster', Properties: {} },
        W: { Type: 'AWS::RDS::DBInstance', Properties: { DBClusterIdentifier: { Ref: 'It' } } },
        X: { Type: 'AWS::RDS::DBInstance', Properties: { DBClusterIdentifier: { Ref: 'It' } } },
      },
    },
  },
]);
