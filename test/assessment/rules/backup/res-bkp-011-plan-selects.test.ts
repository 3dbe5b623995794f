import { planSelects } from '../../../../src/assessment/rules/backup/res-bkp-011-plan-selects';
import { testRule } from '../../../support/rules';

testRule(planSelects, [
  {
    name: 'a selection',
    verdict: 'pass',
    template: {
      Resources: {
        It: {
          Type: 'AWS::Backup::BackupPlan',
          Properties: {
            BackupPlan: { BackupPlanName: 'p', BackupPlanRule: [{ RuleName: 'r', TargetBackupVault: 'v' }] },
          },
        },
        S: { Type: 'AWS::Backup::BackupSelection', Properties: { BackupPlanId: { Ref: 'It' } } },
      },
    },
  },
  {
    name: 'none',
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
    name: 'a parameter decides',
    verdict: 'unknown',
    template: {
      Parameters: { Choice: { Type: 'String' } },
      Resources: {
        It: {
          Type: 'AWS::Backup::BackupPlan',
          Properties: {
            BackupPlan: { BackupPlanName: 'p', BackupPlanRule: [{ RuleName: 'r', TargetBackupVault: 'v' }] },
          },
        },
        S: { Type: 'AWS::Backup::BackupSelection', Properties: { BackupPlanId: { Ref: 'Choice' } } },
      },
    },
  },
]);
