import { clusterInstancesInTwoZones } from '../../../../src/assessment/rules/database/res-db-002-cluster-instances-in-two-zones';
import { testRule } from '../../../support/rules';

testRule(clusterInstancesInTwoZones, [
  {
    name: 'writer and reader',
    verdict: 'pass',
    template: {
      Resources: {
        It: { Type: 'AWS::RDS::DBCluster', Properties: { Engine: 'aurora-postgresql' } },
        W: { Type: 'AWS::RDS::DBInstance', Properties: { DBClusterIdentifier: { Ref: 'It' } } },
        X: { Type: 'AWS::RDS::DBInstance', Properties: { DBClusterIdentifier: { Ref: 'It' } } },
      },
    },
  },
  {
    name: 'instances that name the cluster',
    verdict: 'pass',
    template: {
      Resources: {
        It: { Type: 'AWS::RDS::DBCluster', Properties: { DBClusterIdentifier: 'Ehr' } },
        W: { Type: 'AWS::RDS::DBInstance', Properties: { DBClusterIdentifier: 'ehr' } },
        X: { Type: 'AWS::RDS::DBInstance', Properties: { DBClusterIdentifier: 'ehr' } },
      },
    },
  },
  {
    name: 'Multi-AZ DB cluster',
    verdict: 'pass',
    template: {
      Resources: {
        It: {
          Type: 'AWS::RDS::DBCluster',
          Properties: { Engine: 'postgres', DBClusterInstanceClass: 'db.m6gd.large' },
        },
      },
    },
  },
  {
    name: 'writer alone',
    verdict: 'fail',
    template: {
      Resources: {
        It: { Type: 'AWS::RDS::DBCluster', Properties: { Engine: 'aurora-postgresql' } },
        W: { Type: 'AWS::RDS::DBInstance', Properties: { DBClusterIdentifier: { Ref: 'It' } } },
      },
    },
  },
  {
    name: 'both in one zone',
    verdict: 'fail',
    template: {
      Resources: {
        It: { Type: 'AWS::RDS::DBCluster', Properties: { Engine: 'aurora-postgresql' } },
        W: {
          Type: 'AWS::RDS::DBInstance',
          Properties: { DBClusterIdentifier: { Ref: 'It' }, AvailabilityZone: 'us-east-1a' },
        },
        X: {
          Type: 'AWS::RDS::DBInstance',
          Properties: { DBClusterIdentifier: { Ref: 'It' }, AvailabilityZone: 'us-east-1a' },
        },
      },
    },
  },
  {
    name: 'DocumentDB without a replica',
    verdict: 'fail',
    template: {
      Resources: {
        It: { Type: 'AWS::DocDB::DBCluster', Properties: {} },
        W: { Type: 'AWS::DocDB::DBInstance', Properties: { DBClusterIdentifier: { Ref: 'It' } } },
      },
    },
  },
  {
    name: 'Neptune with a replica',
    verdict: 'pass',
    template: {
      Resources: {
        It: { Type: 'AWS::Neptune::DBCluster', Properties: {} },
        W: { Type: 'AWS::Neptune::DBInstance', Properties: { DBClusterIdentifier: { Ref: 'It' } } },
        X: { Type: 'AWS::Neptune::DBInstance', Properties: { DBClusterIdentifier: { Ref: 'It' } } },
      },
    },
  },
  {
    name: 'an instance whose cluster is a parameter',
    verdict: 'unknown',
    template: {
      Parameters: { Choice: { Type: 'String' } },
      Resources: {
        It: { Type: 'AWS::RDS::DBCluster', Properties: {} },
        W: { Type: 'AWS::RDS::DBInstance', Properties: { DBClusterIdentifier: { Ref: 'Choice' } } },
      },
    },
  },
  {
    name: 'a copy of a global database that has no instances',
    verdict: 'not-applicable',
    template: { Resources: { It: { Type: 'AWS::RDS::DBCluster', Properties: { GlobalClusterIdentifier: 'g' } } } },
  },
  {
    name: 'a copy of a global database with one',
    verdict: 'fail',
    template: {
      Resources: {
        It: { Type: 'AWS::RDS::DBCluster', Properties: { GlobalClusterIdentifier: 'g' } },
        W: { Type: 'AWS::RDS::DBInstance', Properties: { DBClusterIdentifier: { Ref: 'It' } } },
      },
    },
  },
  {
    name: 'the first member of a global database without instances',
    verdict: 'fail',
    template: {
      Resources: {
        It: { Type: 'AWS::RDS::DBCluster', Properties: { GlobalClusterIdentifier: 'g', MasterUsername: 'clinic' } },
      },
    },
  },
  {
    name: 'Aurora Serverless v1',
    verdict: 'not-applicable',
    template: { Resources: { It: { Type: 'AWS::RDS::DBCluster', Properties: { EngineMode: 'serverless' } } } },
  },
]);
