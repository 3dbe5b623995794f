import { databaseDeletionProtection } from '../../../../src/assessment/rules/database/res-db-008-database-deletion-protection';
import { testRule } from '../../../support/rules';

testRule(databaseDeletionProtection, [
  {
    name: 'protected',
    verdict: 'pass',
    template: { Resources: { It: { Type: 'AWS::RDS::DBInstance', Properties: { DeletionProtection: true } } } },
  },
  {
    name: 'the default',
    verdict: 'fail',
    template: { Resources: { It: { Type: 'AWS::RDS::DBInstance', Properties: { Engine: 'mysql' } } } },
  },
  {
    name: 'cluster without it',
    verdict: 'fail',
    template: { Resources: { It: { Type: 'AWS::RDS::DBCluster', Properties: { DBClusterIdentifier: 'c' } } } },
  },
  {
    name: 'Neptune cluster',
    verdict: 'pass',
    template: { Resources: { It: { Type: 'AWS::Neptune::DBCluster', Properties: { DeletionProtection: 'true' } } } },
  },
  {
    name: 'Aurora DSQL cluster',
    verdict: 'pass',
    template: { Resources: { It: { Type: 'AWS::DSQL::Cluster', Properties: { DeletionProtectionEnabled: true } } } },
  },
  {
    name: 'Aurora DSQL cluster that says nothing',
    verdict: 'fail',
    template: { Resources: { It: { Type: 'AWS::DSQL::Cluster', Properties: {} } } },
  },
  {
    name: 'a parameter decides',
    verdict: 'unknown',
    template: {
      Parameters: { Choice: { Type: 'String' } },
      Resources: { It: { Type: 'AWS::RDS::DBInstance', Properties: { DeletionProtection: { Ref: 'Choice' } } } },
    },
  },
  {
    name: 'instance of a cluster',
    verdict: 'not-applicable',
    template: { Resources: { It: { Type: 'AWS::RDS::DBInstance', Properties: { DBClusterIdentifier: 'c' } } } },
  },
]);
