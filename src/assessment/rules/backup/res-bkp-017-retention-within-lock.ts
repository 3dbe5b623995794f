import { FailureScope } from '../../../core/failure-scope';
import { entryOf, numberOf, reasonOf, type Value } from '../../model';
import { counted, defineRule, failed, NOT_APPLICABLE, PASS, type RuleOutcome, undecided } from '../rule';
import { daysKept, rulesOf } from './coverage';

/** Recovery points are kept for as long as the lock of their vault asks. */
export const retentionWithinLock = defineRule({
  id: 'RES-BKP-017',
  title: 'recovery points are kept for as long as the lock of their vault asks',
  severity: 'error',
  scope: FailureScope.CORRUPTION,
  why: 'jobs whose retention is outside the lock fail, every night',
  fix: 'keep recovery points no shorter than MinRetentionDays and no longer than MaxRetentionDays of the vault',
  docs: 'https://docs.aws.amazon.com/aws-backup/latest/devguide/vault-lock.html',
  resourceTypes: ['AWS::Backup::BackupPlan'],
  evaluate(plan) {
    const outcomes = rulesOf(plan).map(judge);
    const verdictsFirst = ['fail', 'unknown', 'pass'];
    const worst = verdictsFirst.flatMap((verdict) => outcomes.filter((outcome) => outcome.verdict === verdict))[0];
    return worst ?? NOT_APPLICABLE;
  },
});

/** A vault is named by its name: where that is a reference, the templates define it. */
function judge(rule: Value): RuleOutcome {
  const vault = entryOf(rule, 'TargetBackupVault');
  if (vault.kind !== 'reference' || vault.resource.property('LockConfiguration').kind === 'absent') {
    return NOT_APPLICABLE;
  }
  const [minimum, maximum] = ['MinRetentionDays', 'MaxRetentionDays'].map((name) =>
    vault.resource.property('LockConfiguration', name),
  );
  const days = daysKept(rule);
  const reason = reasonOf(minimum) ?? reasonOf(maximum);
  if (days === undefined || reason !== undefined) {
    return undecided(reason ?? 'a lifecycle is not decided', 'Properties.BackupPlan.BackupPlanRule');
  }
  const [least, most] = [numberOf(minimum) ?? 1, numberOf(maximum) ?? Number.POSITIVE_INFINITY];
  const kept = Number.isFinite(days) ? `for ${counted(days, 'day')}` : 'for ever';
  return days >= least && days <= most
    ? PASS
    : failed(`kept ${kept}, where the vault asks for ${least} to ${most} days`, 'Properties.BackupPlan.BackupPlanRule');
}
