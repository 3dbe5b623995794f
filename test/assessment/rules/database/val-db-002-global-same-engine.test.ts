import { globalSameEngine } from '../../../../src/assessment/rules/database/val-db-002-global-same-engine';
import { testRule } from '../../../support/rules';

testRule(globalSameEngine, [
  {
    name: 'same version',
    verdict: 'pass',
    template: {
      Resources: {
        It: {
          Type: 'AWS::RDS::DBCluster',
          Properties: { GlobalClusterIdentifier: 'g', Engine: 'aurora-postgresql', EngineVersion: '16.6' },
        },
        O: {
          Type: 'AWS::RDS::DBCluster',
          Properties: { GlobalClusterIdentifier: 'g', Engine: 'aurora-postgresql', EngineVersion: '16.6' },
        },
      },
    },
  },
  {
    name: 'another version',
    verdict: 'fail',
    template: {
      Resources: {
        It: {
          Type: 'AWS::RDS::DBCluster',
          Properties: { GlobalClusterIdentifier: 'g', Engine: 'aurora-postgresql', EngineVersion: '16.6' },
        },
        O: {
          Type: 'AWS::RDS::DBCluster',
          Properties: { GlobalClusterIdentifier: 'g', Engine: 'aurora-postgresql', EngineVersion: '15.10' },
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
        It: {
          Type: 'AWS::RDS::DBCluster',
          Properties: { GlobalClusterIdentifier: 'g', Engine: 'aurora-postgresql', EngineVersion: { Ref: 'Choice' } },
        },
        O: {
          Type: 'AWS::RDS::DBCluster',
          Properties: { GlobalClusterIdentifier: 'g', Engine: 'aurora-postgresql', EngineVersion: '16.6' },
        },
      },
    },
  },
  {
    name: 'no global database',
    verdict: 'not-applicable',
    template: { Resources: { It: { Type: 'AWS::RDS::DBCluster', Properties: { Engine: 'aurora-postgresql' } } } },
  },
]);
