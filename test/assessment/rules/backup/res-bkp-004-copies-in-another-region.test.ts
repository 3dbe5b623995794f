import { copiesInAnotherRegion } from '../../../../src/assessment/rules/backup/res-bkp-004-copies-in-another-region';
import { testRule } from '../../../support/rules';

testRule(copiesInAnotherRegion, [
  {
    name: 'a vault of another Region',
    verdict: 'pass',
    template: {
      Resources: {
        It: {
          Type: 'AWS::Backup::BackupPlan',
          Properties: {
            BackupPlan: {
              BackupPlanName: 'p',
              BackupPlanRule: [
                {
                  RuleName: 'r',
                  TargetBackupVault: 'v',
                  CopyActions: [{ DestinationBackupVaultArn: 'arn:aws:backup:us-west-2:111111111111:backup-vault:v' }],
                },
              ],
            },
          },
        },
      },
    },
  },
  {
    name: 'with the account of the deployment',
    verdict: 'pass',
    template: {
      Resources: {
        It: {
          Type: 'AWS::Backup::BackupPlan',
          Properties: {
            BackupPlan: {
              BackupPlanName: 'p',
              BackupPlanRule: [
                {
                  RuleName: 'r',
                  TargetBackupVault: 'v',
                  CopyActions: [
                    {
                      DestinationBackupVaultArn: {
                        'Fn::Sub': 'arn:aws:backup:us-west-2:${AWS::AccountId}:backup-vault:v',
                      },
                    },
                  ],
                },
              ],
            },
          },
        },
      },
    },
  },
  {
    name: 'no copies',
    verdict: 'fail',
    template: {
      Resources: {
        It: {
          Type: 'AWS::Backup::BackupPlan',
          Properties: {
            BackupPlan: { BackupPlanName: 'p', BackupPlanRule: [{ RuleName: 'r', TargetBackupVault: 'v' }] },
          },
        },
      },
    },
  },
  {
    name: 'a vault of its own Region',
    verdict: 'fail',
    template: {
      Resources: {
        It: {
          Type: 'AWS::Backup::BackupPlan',
          Properties: {
            BackupPlan: {
              BackupPlanName: 'p',
              BackupPlanRule: [
                {
                  RuleName: 'r',
                  TargetBackupVault: 'v',
                  CopyActions: [{ DestinationBackupVaultArn: 'arn:aws:backup:us-east-1:111111111111:backup-vault:v' }],
                },
              ],
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
        It: {
          Type: 'AWS::Backup::BackupPlan',
          Properties: {
            BackupPlan: {
              BackupPlanName: 'p',
              BackupPlanRule: [
                {
                  RuleName: 'r',
                  TargetBackupVault: 'v',
                  CopyActions: [{ DestinationBackupVaultArn: { Ref: 'Choice' } }],
                },
              ],
            },
          },
        },
      },
    },
  },
  {
    name: 'care does not depend on it',
    verdict: 'not-applicable',
    template: {
      Resources: {
        It: {
          Type: 'AWS::Backup::BackupPlan',
          Properties: {
            BackupPlan: { BackupPlanName: 'p', BackupPlanRule: [{ RuleName: 'r', TargetBackupVault: 'v' }] },
          },
        },
      },
    },
    careDependsOnIt: false,
  },
  {
    name: 'a plan for replicas only',
    verdict: 'not-applicable',
    template: {
      Resources: {
        It: {
          Type: 'AWS::Backup::BackupPlan',
          Properties: {
            BackupPlan: { BackupPlanName: 'p', BackupPlanRule: [{ RuleName: 'r', TargetBackupVault: 'v' }] },
          },
        },
        C: { Type: 'AWS::RDS::DBCluster', Properties: { GlobalClusterIdentifier: 'g' } },
        O: { Type: 'AWS::RDS::DBCluster', Properties: { GlobalClusterIdentifier: 'g', MasterUsername: 'ehr' } },
        S: {
          Type: 'AWS::Backup::BackupSelection',
          Properties: {
            BackupPlanId: { Ref: 'It' },
            BackupSelection: { Resources: [{ 'Fn::GetAtt': ['C', 'DBClusterArn'] }] },
          },
        },
      },
    },
  },
]);
