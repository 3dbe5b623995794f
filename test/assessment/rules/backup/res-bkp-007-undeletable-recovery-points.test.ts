import { undeletableRecoveryPoints } from '../../../../src/assessment/rules/backup/res-bkp-007-undeletable-recovery-points';
import { testRule } from '../../../support/rules';

testRule(undeletableRecoveryPoints, [
  {
    name: 'an air-gapped target',
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
                  TargetLogicallyAirGappedBackupVaultArn: 'arn:aws:backup:us-east-1:111111111111:backup-vault:g',
                },
              ],
            },
          },
        },
      },
    },
  },
  {
    name: 'a copy to an air-gapped vault',
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
                  CopyActions: [{ DestinationBackupVaultArn: { 'Fn::GetAtt': ['G', 'BackupVaultArn'] } }],
                },
              ],
            },
          },
        },
        G: { Type: 'AWS::Backup::LogicallyAirGappedBackupVault', Properties: { BackupVaultName: 'g' } },
      },
    },
  },
  {
    name: 'a compliance lock',
    verdict: 'pass',
    template: {
      Resources: {
        It: {
          Type: 'AWS::Backup::BackupPlan',
          Properties: { BackupPlan: { BackupPlanRule: [{ TargetBackupVault: { Ref: 'V' } }] } },
        },
        V: {
          Type: 'AWS::Backup::BackupVault',
          Properties: { LockConfiguration: { MinRetentionDays: 35, ChangeableForDays: 3 } },
        },
      },
    },
  },
  {
    name: 'a compliance lock of a vault by its name',
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
                        'Fn::Sub': 'arn:aws:backup:us-east-1:${AWS::AccountId}:backup-vault:w',
                      },
                    },
                  ],
                },
              ],
            },
          },
        },
        V: {
          Type: 'AWS::Backup::BackupVault',
          Properties: { BackupVaultName: 'w', LockConfiguration: { MinRetentionDays: 35, ChangeableForDays: 3 } },
        },
      },
    },
  },
  {
    name: 'a governance lock',
    verdict: 'fail',
    template: {
      Resources: {
        It: {
          Type: 'AWS::Backup::BackupPlan',
          Properties: { BackupPlan: { BackupPlanRule: [{ TargetBackupVault: { Ref: 'V' } }] } },
        },
        V: { Type: 'AWS::Backup::BackupVault', Properties: { LockConfiguration: { MinRetentionDays: 35 } } },
      },
    },
  },
  {
    name: 'a vault that is not here',
    verdict: 'unknown',
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
