import { planDailyForFiveWeeks } from '../../../../src/assessment/rules/backup/res-bkp-003-plan-daily-for-five-weeks';
import { testRule } from '../../../support/rules';

testRule(planDailyForFiveWeeks, [
  {
    name: 'daily for five weeks',
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
                  ScheduleExpression: 'cron(0 5 ? * * *)',
                  Lifecycle: { DeleteAfterDays: 35 },
                },
              ],
            },
          },
        },
      },
    },
  },
  {
    name: 'the default schedule, for ever',
    verdict: 'pass',
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
    name: 'every four hours',
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
                  ScheduleExpression: 'cron(0 0/4 ? * * *)',
                  Lifecycle: { DeleteAfterDays: 90 },
                },
              ],
            },
          },
        },
      },
    },
  },
  {
    name: 'weekly',
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
                  ScheduleExpression: 'cron(0 5 ? * SUN *)',
                  Lifecycle: { DeleteAfterDays: 90 },
                },
              ],
            },
          },
        },
      },
    },
  },
  {
    name: 'working days',
    verdict: 'fail',
    template: {
      Resources: {
        It: {
          Type: 'AWS::Backup::BackupPlan',
          Properties: {
            BackupPlan: {
              BackupPlanName: 'p',
              BackupPlanRule: [
                { RuleName: 'r', TargetBackupVault: 'v', ScheduleExpression: 'cron(0 5 ? * MON-FRI *)' },
              ],
            },
          },
        },
      },
    },
  },
  {
    name: 'two weeks',
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
                  ScheduleExpression: 'cron(0 5 ? * * *)',
                  Lifecycle: { DeleteAfterDays: 14 },
                },
              ],
            },
          },
        },
      },
    },
  },
  {
    name: 'daily for a week, monthly for a year',
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
                  ScheduleExpression: 'rate(1 day)',
                  Lifecycle: { DeleteAfterDays: 7 },
                },
                {
                  RuleName: 'm',
                  TargetBackupVault: 'v',
                  ScheduleExpression: 'cron(0 5 1 * ? *)',
                  Lifecycle: { DeleteAfterDays: 365 },
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
              BackupPlanRule: [{ RuleName: 'r', TargetBackupVault: 'v', ScheduleExpression: { Ref: 'Choice' } }],
            },
          },
        },
      },
    },
  },
  {
    name: 'daily, but it may start weeks later',
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
                  StartWindowMinutes: 40_320,
                  Lifecycle: { DeleteAfterDays: 35 },
                },
              ],
            },
          },
        },
      },
    },
  },
]);
