import { restoresAreTested } from '../../../../src/assessment/rules/backup/res-bkp-009-restores-are-tested';
import { testRule } from '../../../support/rules';

testRule(restoresAreTested, [
  {
    name: 'weekly',
    verdict: 'pass',
    template: {
      Resources: {
        It: {
          Type: 'AWS::Backup::BackupPlan',
          Properties: {
            BackupPlan: {
              BackupPlanName: 'p',
              BackupPlanRule: [{ RuleName: 'r', TargetBackupVault: 'v', Lifecycle: { DeleteAfterDays: 35 } }],
            },
          },
        },
        R: {
          Type: 'AWS::Backup::RestoreTestingPlan',
          Properties: { RestoreTestingPlanName: 'r', ScheduleExpression: 'cron(0 5 ? * SUN *)' },
        },
      },
    },
  },
  {
    name: 'no test',
    verdict: 'fail',
    template: {
      Resources: {
        It: {
          Type: 'AWS::Backup::BackupPlan',
          Properties: {
            BackupPlan: {
              BackupPlanName: 'p',
              BackupPlanRule: [{ RuleName: 'r', TargetBackupVault: 'v', Lifecycle: { DeleteAfterDays: 35 } }],
            },
          },
        },
      },
    },
  },
  {
    name: 'monthly, kept for five weeks',
    verdict: 'fail',
    template: {
      Resources: {
        It: {
          Type: 'AWS::Backup::BackupPlan',
          Properties: {
            BackupPlan: {
              BackupPlanName: 'p',
              BackupPlanRule: [{ RuleName: 'r', TargetBackupVault: 'v', Lifecycle: { DeleteAfterDays: 35 } }],
            },
          },
        },
        R: {
          Type: 'AWS::Backup::RestoreTestingPlan',
          Properties: { RestoreTestingPlanName: 'r', ScheduleExpression: 'cron(0 5 1 * ? *)' },
        },
      },
    },
  },
  {
    name: 'monthly, kept for ever',
    verdict: 'pass',
    template: {
      Resources: {
        It: {
          Type: 'AWS::Backup::BackupPlan',
          Properties: {
            BackupPlan: { BackupPlanName: 'p', BackupPlanRule: [{ RuleName: 'r', TargetBackupVault: 'v' }] },
          },
        },
        R: {
          Type: 'AWS::Backup::RestoreTestingPlan',
          Properties: { RestoreTestingPlanName: 'r', ScheduleExpression: 'cron(0 5 ? * 1#1 *)' },
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
              BackupPlanRule: [{ RuleName: 'r', TargetBackupVault: 'v', Lifecycle: { DeleteAfterDays: 35 } }],
            },
          },
        },
        R: {
          Type: 'AWS::Backup::RestoreTestingPlan',
          Properties: { RestoreTestingPlanName: 'r', ScheduleExpression: { Ref: 'Choice' } },
        },
      },
    },
  },
]);
