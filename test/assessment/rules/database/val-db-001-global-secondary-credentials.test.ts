import { globalSecondaryCredentials } from '../../../../src/assessment/rules/database/val-db-001-global-secondary-credentials';
import { testRule } from '../../../support/rules';

testRule(globalSecondaryCredentials, [
  {
    name: 'secondary without credentials',
    verdict: 'pass',
    template: {
      Resources: {
        It: { Type: 'AWS::RDS::DBCluster', Properties: { GlobalClusterIdentifier: 'g' } },
        O: { Type: 'AWS::RDS::DBCluster', Properties: { GlobalClusterIdentifier: 'g', MasterUsername: 'ehr' } },
      },
    },
  },
  {
    name: 'both set a user',
    verdict: 'fail',
    template: {
      Resources: {
        It: { Type: 'AWS::RDS::DBCluster', Properties: { GlobalClusterIdentifier: 'g', MasterUsername: 'ehr' } },
        O: { Type: 'AWS::RDS::DBCluster', Properties: { GlobalClusterIdentifier: 'g', MasterUsername: 'ehr' } },
      },
    },
  },
  {
    name: 'the other is the source of the global database',
    verdict: 'fail',
    template: {
      Resources: {
        It: {
          Type: 'AWS::RDS::DBCluster',
          Properties: { GlobalClusterIdentifier: { Ref: 'G' }, MasterUsername: 'ehr' },
        },
        G: { Type: 'AWS::RDS::GlobalCluster', Properties: { SourceDBClusterIdentifier: { Ref: 'O' } } },
        O: { Type: 'AWS::RDS::DBCluster', Properties: { MasterUsername: 'ehr' } },
      },
    },
  },
  {
    name: 'no global database',
    verdict: 'not-applicable',
    template: { Resources: { It: { Type: 'AWS::RDS::DBCluster', Properties: { MasterUsername: 'ehr' } } } },
  },
]);
