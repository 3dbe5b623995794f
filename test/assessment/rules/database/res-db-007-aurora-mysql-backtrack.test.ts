import { auroraMysqlBacktrack } from '../../../../src/assessment/rules/database/res-db-007-aurora-mysql-backtrack';
import { testRule } from '../../../support/rules';

testRule(auroraMysqlBacktrack, [
  {
    name: 'a day',
    verdict: 'pass',
    template: {
      Resources: {
        It: { Type: 'AWS::RDS::DBCluster', Properties: { Engine: 'aurora-mysql', BacktrackWindow: 86400 } },
      },
    },
  },
  {
    name: 'none',
    verdict: 'fail',
    template: { Resources: { It: { Type: 'AWS::RDS::DBCluster', Properties: { Engine: 'aurora-mysql' } } } },
  },
  {
    name: 'a parameter decides',
    verdict: 'unknown',
    template: {
      Parameters: { Choice: { Type: 'String' } },
      Resources: {
        It: { Type: 'AWS::RDS::DBCluster', Properties: { Engine: 'aurora-mysql', BacktrackWindow: { Ref: 'Choice' } } },
      },
    },
  },
  {
    name: 'PostgreSQL',
    verdict: 'not-applicable',
    template: { Resources: { It: { Type: 'AWS::RDS::DBCluster', Properties: { Engine: 'aurora-postgresql' } } } },
  },
  {
    name: 'member of a global database',
    verdict: 'not-applicable',
    template: {
      Resources: {
        It: { Type: 'AWS::RDS::DBCluster', Properties: { Engine: 'aurora-mysql', GlobalClusterIdentifier: 'g' } },
      },
    },
  },
]);
