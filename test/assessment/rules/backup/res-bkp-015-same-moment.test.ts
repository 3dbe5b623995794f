import { sameMoment } from '../../../../src/assessment/rules/backup/res-bkp-015-same-moment';
import { testRule } from '../../../support/rules';

testRule(sameMoment, [
  {
    name: 'one schedule',
    verdict: 'pass',
    template: {
      Resources: {
        It: { Type: 'AWS::EFS::FileSystem', Properties: {} },
        P: {
          Type: 'AWS::Backup::BackupPlan',
          Properties: { BackupPlan: { BackupPlanRule: [{ ScheduleExpression: 'cron(0 5 ? * * *)' }] } },
        },
        Q: {
          Type: 'AWS::Backup::BackupPlan',
          Properties: { BackupPlan: { BackupPlanRule: [{ ScheduleExpression: 'cron(0 5 ? * * *)' }] } },
        },
        O: { Type: 'AWS::EFS::FileSystem' },
        S: {
          Type: 'AWS::Backup::BackupSelection',
          Properties: { BackupPlanId: { Ref: 'P' }, BackupSelection: { Resources: [{ 'Fn::GetAtt': ['It', 'Arn'] }] } },
        },
        X: {
          Type: 'AWS::Backup::BackupSelection',
          Properties: { BackupPlanId: { Ref: 'Q' }, BackupSelection: { Resources: [{ 'Fn::GetAtt': ['O', 'Arn'] }] } },
        },
      },
    },
  },
  {
    name: 'hours apart',
    verdict: 'fail',
    template: {
      Resources: {
        It: { Type: 'AWS::EFS::FileSystem', Properties: {} },
        P: {
          Type: 'AWS::Backup::BackupPlan',
          Properties: { BackupPlan: { BackupPlanRule: [{ ScheduleExpression: 'cron(0 5 ? * * *)' }] } },
        },
        Q: {
          Type: 'AWS::Backup::BackupPlan',
          Properties: { BackupPlan: { BackupPlanRule: [{ ScheduleExpression: 'cron(0 17 ? * * *)' }] } },
        },
        O: { Type: 'AWS::EFS::FileSystem' },
        S: {
          Type: 'AWS::Backup::BackupSelection',
          Properties: { BackupPlanId: { Ref: 'P' }, BackupSelection: { Resources: [{ 'Fn::GetAtt': ['It', 'Arn'] }] } },
        },
        X: {
          Type: 'AWS::Backup::BackupSelection',
          Properties: { BackupPlanId: { Ref: 'Q' }, BackupSelection: { Resources: [{ 'Fn::GetAtt': ['O', 'Arn'] }] } },
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
        It: { Type: 'AWS::EFS::FileSystem', Properties: {} },
        P: {
          Type: 'AWS::Backup::BackupPlan',
          Properties: { BackupPlan: { BackupPlanRule: [{ ScheduleExpression: { Ref: 'Choice' } }] } },
        },
        Q: {
          Type: 'AWS::Backup::BackupPlan',
          Properties: { BackupPlan: { BackupPlanRule: [{ ScheduleExpression: 'cron(0 5 ? * * *)' }] } },
        },
        O: { Type: 'AWS::EFS::FileSystem' },
        S: {
          Type: 'AWS::Backup::BackupSelection',
          Properties: { BackupPlanId: { Ref: 'P' }, BackupSelection: { Resources: [{ 'Fn::GetAtt': ['It', 'Arn'] }] } },
        },
        X: {
          Type: 'AWS::Backup::BackupSelection',
          Properties: { BackupPlanId: { Ref: 'Q' }, BackupSelection: { Resources: [{ 'Fn::GetAtt': ['O', 'Arn'] }] } },
        },
      },
    },
  },
  {
    name: 'alone',
    verdict: 'not-applicable',
    template: {
      Resources: {
        It: { Type: 'AWS::EFS::FileSystem', Properties: {} },
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
            BackupSelection: { SelectionName: 's', Resources: [{ 'Fn::GetAtt': ['It', 'Arn'] }] },
          },
        },
      },
    },
  },
  {
    name: 'restores to any moment',
    verdict: 'not-applicable',
    template: {
      Resources: {
        It: {
          Type: 'AWS::DynamoDB::Table',
          Properties: { PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true } },
        },
        P: {
          Type: 'AWS::Backup::BackupPlan',
          Properties: { BackupPlan: { BackupPlanRule: [{ ScheduleExpression: 'cron(0 5 ? * * *)' }] } },
        },
        Q: {
          Type: 'AWS::Backup::BackupPlan',
          Properties: { BackupPlan: { BackupPlanRule: [{ ScheduleExpression: 'cron(0 17 ? * * *)' }] } },
        },
        O: { Type: 'AWS::EFS::FileSystem' },
        S: {
          Type: 'AWS::Backup::BackupSelection',
          Properties: { BackupPlanId: { Ref: 'P' }, BackupSelection: { Resources: [{ 'Fn::GetAtt': ['It', 'Arn'] }] } },
        },
        X: {
          Type: 'AWS::Backup::BackupSelection',
          Properties: { BackupPlanId: { Ref: 'Q' }, BackupSelection: { Resources: [{ 'Fn::GetAtt': ['O', 'Arn'] }] } },
        },
      },
    },
  },
]);
