import { backupReports } from '../../../../src/assessment/rules/backup/res-bkp-012-backup-reports';
import { testRule } from '../../../support/rules';

testRule(backupReports, [
  {
    name: 'a report',
    verdict: 'pass',
    template: {
      Resources: {
        It: {
          Type: 'AWS::Backup::BackupPlan',
          Properties: {
            BackupPlan: { BackupPlanName: 'p', BackupPlanRule: [{ RuleName: 'r', TargetBackupVault: 'v' }] },
          },
        },
        R: { Type: 'AWS::Backup::ReportPlan' },
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
]);
