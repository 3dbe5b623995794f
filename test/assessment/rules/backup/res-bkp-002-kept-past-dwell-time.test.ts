import { keptPastDwellTime } from '../../../../src/assessment/rules/backup/res-bkp-002-kept-past-dwell-time';
import { testRule } from '../../../support/rules';

testRule(keptPastDwellTime, [
  {
    name: 'three months in a plan',
    verdict: 'pass',
    template: {
      Resources: {
        It: { Type: 'AWS::RDS::DBCluster', Properties: {} },
        P: {
          Type: 'AWS::Backup::BackupPlan',
          Properties: {
            BackupPlan: {
              BackupPlanName: 'p',
              BackupPlanRule: [{ RuleName: 'r', TargetBackupVault: 'v', Lifecycle: { DeleteAfterDays: 90 } }],
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
    name: 'nothing expires',
    verdict: 'pass',
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
    name: 'five weeks',
    verdict: 'fail',
    template: { Resources: { It: { Type: 'AWS::RDS::DBCluster', Properties: { BackupRetentionPeriod: 35 } } } },
  },
  {
    name: 'a short plan',
    verdict: 'fail',
    template: {
      Resources: {
        It: { Type: 'AWS::RDS::DBCluster', Properties: {} },
        P: {
          Type: 'AWS::Backup::BackupPlan',
          Properties: {
            BackupPlan: {
              BackupPlanName: 'p',
              BackupPlanRule: [{ RuleName: 'r', TargetBackupVault: 'v', Lifecycle: { DeleteAfterDays: 35 } }],
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
    name: 'two weeks where care does not depend on it',
    verdict: 'pass',
    template: { Resources: { It: { Type: 'AWS::RDS::DBCluster', Properties: { BackupRetentionPeriod: 14 } } } },
    careDependsOnIt: false,
  },
  {
    name: 'a parameter decides',
    verdict: 'unknown',
    template: {
      Parameters: { Choice: { Type: 'String' } },
      Resources: {
        It: { Type: 'AWS::RDS::DBCluster', Properties: {} },
        P: {
          Type: 'AWS::Backup::BackupPlan',
          Properties: {
            BackupPlan: {
              BackupPlanName: 'p',
              BackupPlanRule: [
                { RuleName: 'r', TargetBackupVault: 'v', Lifecycle: { DeleteAfterDays: { Ref: 'Choice' } } },
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
    name: 'no backups at all',
    verdict: 'not-applicable',
    template: { Resources: { It: { Type: 'AWS::EFS::FileSystem', Properties: {} } } },
  },
]);
