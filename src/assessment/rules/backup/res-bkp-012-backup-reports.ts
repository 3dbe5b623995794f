import { FailureScope } from '../../../core/failure-scope';
import { defineRule, failed, PASS } from '../rule';

/** Somebody can read which backups were made. */
export const backupReports = defineRule({
  id: 'RES-BKP-012',
  title: 'somebody can read which backups were made',
  severity: 'warning',
  scope: FailureScope.CORRUPTION,
  why: 'jobs that fail for weeks are found on the day of the restore',
  fix: 'add an AWS::Backup::ReportPlan, for example of backup jobs',
  docs: 'https://docs.aws.amazon.com/aws-backup/latest/devguide/working-with-audit-reports.html',
  alsoKnownAs: ['Prowler:backup_reportplans_exist'],
  resourceTypes: ['AWS::Backup::BackupPlan'],
  evaluate(plan, { assembly }) {
    const { account } = plan.stack;
    const reports = assembly.resourcesOf('AWS::Backup::ReportPlan').filter(({ stack }) => stack.account === account);
    return reports.length > 0 ? PASS : failed('no report plan here');
  },
});
