import { globalManagedPassword } from '../../../../src/assessment/rules/database/val-db-005-global-managed-password';
import { testRule } from '../../../support/rules';

testRule(globalManagedPassword, [
  {
    name: 'a secret of its own',
    verdict: 'pass',
    template: {
      Resources: {
        It: { Type: 'AWS::RDS::DBCluster', Properties: { GlobalClusterIdentifier: 'g', MasterUsername: 'ehr' } },
      },
    },
  },
  {
    name: 'managed',
    verdict: 'fail',
    template: {
      Resources: {
        It: {
          Type: 'AWS::RDS::DBCluster',
          Properties: { GlobalClusterIdentifier: 'g', ManageMasterUserPassword: true },
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
          Properties: { GlobalClusterIdentifier: 'g', ManageMasterUserPassword: { Ref: 'Choice' } },
        },
      },
    },
  },
  {
    name: 'no global database',
    verdict: 'not-applicable',
    template: { Resources: { It: { Type: 'AWS::RDS::DBCluster', Properties: { ManageMasterUserPassword: true } } } },
  },
]);
