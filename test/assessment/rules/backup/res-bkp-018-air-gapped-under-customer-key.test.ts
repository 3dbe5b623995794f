import { airGappedUnderCustomerKey } from '../../../../src/assessment/rules/backup/res-bkp-018-air-gapped-under-customer-key';
import { testRule } from '../../../support/rules';

testRule(airGappedUnderCustomerKey, [
  {
    name: 'a key',
    verdict: 'pass',
    template: {
      Resources: {
        It: { Type: 'AWS::RDS::DBCluster', Properties: { KmsKeyId: { 'Fn::GetAtt': ['K', 'Arn'] } } },
        K: { Type: 'AWS::KMS::Key' },
        P: {
          Type: 'AWS::Backup::BackupPlan',
          Properties: {
            BackupPlan: {
              BackupPlanName: 'p',
              BackupPlanRule: [
                {
                  RuleName: 'r',
                  TargetBackupVault: 'v',
                  TargetLogicallyAirGappedBackupVaultArn: 'arn:aws:backup:us-east-1:111111111111:backup-vault:g',
                },
              ],
            },
          },
        },
        S: {
          Type: 'AWS::Backup::BackupSelection',
          Properties: {
            BackupPlanId: { Ref: 'P' },
            BackupSelection: {
              SelectionName: 's',
              Resources: [{ 'Fn::Sub': 'arn:${AWS::Partition}:rds:${AWS::Region}:${AWS::AccountId}:cluster:${It}' }],
            },
          },
        },
      },
    },
  },
  {
    name: 'none',
    verdict: 'fail',
    template: {
      Resources: {
        It: { Type: 'AWS::RDS::DBCluster', Properties: {} },
        P: {
          Type: 'AWS::Backup::BackupPlan',
          Properties: {
            BackupPlan: {
              BackupPlanName: 'p',
              BackupPlanRule: [
                {
                  RuleName: 'r',
                  TargetBackupVault: 'v',
                  TargetLogicallyAirGappedBackupVaultArn: 'arn:aws:backup:us-east-1:111111111111:backup-vault:g',
                },
              ],
            },
          },
        },
        S: {
          Type: 'AWS::Backup::BackupSelection',
          Properties: {
            BackupPlanId: { Ref: 'P' },
            BackupSelection: {
              SelectionName: 's',
              Resources: [{ 'Fn::Sub': 'arn:${AWS::Partition}:rds:${AWS::Region}:${AWS::AccountId}:cluster:${It}' }],
            },
          },
        },
      },
    },
  },
  {
    name: 'the key that AWS manages',
    verdict: 'fail',
    template: {
      Resources: {
        It: { Type: 'AWS::RDS::DBCluster', Properties: { KmsKeyId: 'alias/aws/rds' } },
        P: {
          Type: 'AWS::Backup::BackupPlan',
          Properties: {
            BackupPlan: {
              BackupPlanName: 'p',
              BackupPlanRule: [
                {
                  RuleName: 'r',
                  TargetBackupVault: 'v',
                  TargetLogicallyAirGappedBackupVaultArn: 'arn:aws:backup:us-east-1:111111111111:backup-vault:g',
                },
              ],
            },
          },
        },
        S: {
          Type: 'AWS::Backup::BackupSelection',
          Properties: {
            BackupPlanId: { Ref: 'P' },
            BackupSelection: {
              SelectionName: 's',
              Resources: [{ 'Fn::Sub': 'arn:${AWS::Partition}:rds:${AWS::Region}:${AWS::AccountId}:cluster:${It}' }],
            },
          },
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
        It: { Type: 'AWS::RDS::DBCluster', Properties: { KmsKeyId: { Ref: 'Choice' } } },
        P: {
          Type: 'AWS::Backup::BackupPlan',
          Properties: {
            BackupPlan: {
              BackupPlanName: 'p',
              BackupPlanRule: [
                {
                  RuleName: 'r',
                  TargetBackupVault: 'v',
                  TargetLogicallyAirGappedBackupVaultArn: 'arn:aws:backup:us-east-1:111111111111:backup-vault:g',
                },
              ],
            },
          },
        },
        S: {
          Type: 'AWS::Backup::BackupSelection',
          Properties: {
            BackupPlanId: { Ref: 'P' },
            BackupSelection: {
              SelectionName: 's',
              Resources: [{ 'Fn::Sub': 'arn:${AWS::Partition}:rds:${AWS::Region}:${AWS::AccountId}:cluster:${It}' }],
            },
          },
        },
      },
    },
  },
  {
    name: 'no air-gapped vault',
    verdict: 'not-applicable',
    template: {
      Resources: {
        It: { Type: 'AWS::RDS::DBCluster', Properties: {} },
        P: {
          Type: 'AWS::Backup::BackupPlan',
          Properties: {
            BackupPlan: { BackupPlanName: 'p', BackupPlanRule: [{ RuleName: 'r', TargetBackupVault: 'v' }] },
          },
        },
        S: {
          Type: 'AWS::Backup::BackupSelection',
          Properties: {
            BackupPlanId: { Ref: 'P' },
            BackupSelection: {
              SelectionName: 's',
              Resources: [{ 'Fn::Sub': 'arn:${AWS::Partition}:rds:${AWS::Region}:${AWS::AccountId}:cluster:${It}' }],
            },
          },
        },
      },
    },
  },
]);
