import { globalSecondaryKey } from '../../../../src/assessment/rules/database/val-db-004-global-secondary-key';
import { testRule } from '../../../support/rules';

testRule(globalSecondaryKey, [
  {
    name: 'a key of its Region',
    verdict: 'pass',
    template: {
      Resources: {
        It: {
          Type: 'AWS::RDS::DBCluster',
          Properties: {
            GlobalClusterIdentifier: 'g',
            StorageEncrypted: true,
            KmsKeyId: { 'Fn::GetAtt': ['K', 'Arn'] },
          },
        },
        K: { Type: 'AWS::KMS::Key' },
        O: { Type: 'AWS::RDS::DBCluster', Properties: { GlobalClusterIdentifier: 'g', MasterUsername: 'ehr' } },
      },
    },
  },
  {
    name: 'no key',
    verdict: 'fail',
    template: {
      Resources: {
        It: { Type: 'AWS::RDS::DBCluster', Properties: { GlobalClusterIdentifier: 'g', StorageEncrypted: true } },
        O: { Type: 'AWS::RDS::DBCluster', Properties: { GlobalClusterIdentifier: 'g', MasterUsername: 'ehr' } },
      },
    },
  },
  {
    name: 'a key of another Region',
    verdict: 'fail',
    template: {
      Resources: {
        It: {
          Type: 'AWS::RDS::DBCluster',
          Properties: {
            GlobalClusterIdentifier: 'g',
            StorageEncrypted: true,
            KmsKeyId: 'arn:aws:kms:eu-west-1:111111111111:key/k',
          },
        },
        O: { Type: 'AWS::RDS::DBCluster', Properties: { GlobalClusterIdentifier: 'g', MasterUsername: 'ehr' } },
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
          Properties: { GlobalClusterIdentifier: 'g', StorageEncrypted: true, KmsKeyId: { Ref: 'Choice' } },
        },
        O: { Type: 'AWS::RDS::DBCluster', Properties: { GlobalClusterIdentifier: 'g', MasterUsername: 'ehr' } },
      },
    },
  },
  {
    name: 'the primary',
    verdict: 'not-applicable',
    template: {
      Resources: {
        It: {
          Type: 'AWS::RDS::DBCluster',
          Properties: { GlobalClusterIdentifier: 'g', StorageEncrypted: true, MasterUsername: 'ehr' },
        },
        O: { Type: 'AWS::RDS::DBCluster', Properties: { GlobalClusterIdentifier: 'g' } },
      },
    },
  },
]);
