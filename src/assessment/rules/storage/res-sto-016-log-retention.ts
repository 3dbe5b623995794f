import { FailureScope } from '../../../core/failure-scope';
import { numberOf, reasonOf } from '../../model';
import { counted, defineRule, failed, PASS, undecided } from '../rule';

/** Logs are kept for a year. */
export const logRetention = defineRule({
  id: 'RES-STO-016',
  title: 'logs are kept for a year',
  severity: 'warning',
  scope: FailureScope.ACCOUNT,
  why: 'an intrusion is found after two months and investigated for longer, and logs without a limit are the first that somebody deletes',
  fix: 'set RetentionInDays to 365 or more',
  docs: 'https://docs.aws.amazon.com/securityhub/latest/userguide/cloudwatch-controls.html',
  alsoKnownAs: [
    'SecurityHub:CloudWatch.16',
    'Config:CW_LOGGROUP_RETENTION_PERIOD_CHECK',
    'Prowler:cloudwatch_log_group_retention_policy_specific_days_enabled',
    'GuardRegistry:CW_LOGGROUP_RETENTION_PERIOD_CHECK',
    'cdk-nag:HIPAA.Security-CloudWatchLogGroupRetentionPeriod',
    'Checkov:CKV_AWS_66',
    'cfn-lint/cloudformation-validate:I3013',
    'ControlTower:CT.CLOUDWATCH.PR.2',
  ],
  resourceTypes: ['AWS::Logs::LogGroup'],
  evaluate(group) {
    const retention = group.property('RetentionInDays');
    const location = 'Properties.RetentionInDays';
    const reason = reasonOf(retention);
    if (reason !== undefined) {
      return undecided(reason, location);
    }
    if (retention.kind === 'absent') {
      return failed('no retention is set', location);
    }
    const days = numberOf(retention) ?? 0;
    return days >= 365 ? PASS : failed(`keeps logs for ${counted(days, 'day')}`, location);
  },
});
