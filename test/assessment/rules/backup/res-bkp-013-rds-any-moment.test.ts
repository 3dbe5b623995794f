import { rdsAnyMoment } from '../../../../src/assessment/rules/backup/res-bkp-013-rds-any-moment';
import { testRule } from '../../../support/rules';

testRule(rdsAnyMoment, [
  {
    name: 'continuous',
    verdict: 'pass',
    template: {
      Resources: {
        It: { Type: 'AWS::RDS::DBCluster', Properties: {} },
        P: {
          Type: 'AWS::Backup::BackupPlan',
          Properties: {
            BackupPlan: {
              BackupPlanName: 'p',
              BackupPlanRule: [{ RuleName: 'r', TargetBackupVault: 'v', EnableContinuousBackup: true }],
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
    name: 'automated backups of its own',
    verdict: 'pass',
    template: {
      Resources: {
        It: { Type: 'AWS::RDS::DBCluster', Properties: { BackupRetentionPeriod: 35 } },
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
  {
    name: 'snapshots only',
    verdict: 'fail',
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
  {
    name: 'a parameter decides',
    verdict: 'unknown',
    template: {
      Parameters: { Choice: { Type: 'String' } },
      Resources: {
        It: { Type: 'AWS::RDS::DBCluster', Properties: { BackupRetentionPeriod: { Ref: 'Choice' } } },
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
  {
    name: 'in no plan',
    verdict: 'not-applicable',
    template: { Resources: { It: { Type: 'AWS::RDS::DBCluster', Properties: {} } } },
  },
]);
