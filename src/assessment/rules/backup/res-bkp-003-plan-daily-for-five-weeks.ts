import { FailureScope } from '../../../core/failure-scope';
import { entryOf, numberOf, type Value } from '../../model';
import { defineRule, failed, PASS, undecided } from '../rule';
import { longestGapDays } from './cadence';
import { daysKept, rulesOf } from './coverage';

/** A backup plan runs daily and keeps five weeks. */
export const planDailyForFiveWeeks = defineRule({
  id: 'RES-BKP-003',
  title: 'a backup plan runs daily and keeps five weeks',
  severity: 'warning',
  scope: FailureScope.CORRUPTION,
  why: 'the time between two runs is what is lost, and what has expired cannot be restored',
  fix: 'run a rule at least daily, and keep its recovery points for 35 days or more',
  docs: 'https://docs.aws.amazon.com/aws-backup/latest/devguide/creating-a-backup-plan.html',
  alsoKnownAs: [
    'Config:BACKUP_PLAN_MIN_FREQUENCY_AND_MIN_RETENTION_CHECK',
    'GuardRegistry:BACKUP_PLAN_MIN_FREQUENCY_AND_MIN_RETENTION_CHECK',
    'Config:BACKUP_RECOVERY_POINT_MINIMUM_RETENTION_CHECK',
    'Powerpipe-WA-Reliability:backup_recovery_point_min_retention_35_days',
  ],
  resourceTypes: ['AWS::Backup::BackupPlan'],
  evaluate(plan) {
    const rules = rulesOf(plan);
    const location = 'Properties.BackupPlan.BackupPlanRule';
    const gaps = rules.map(gapOf);
    const days = rules.map(daysKept);
    const good = rules.some((_, index) => (gaps[index] ?? 2) <= 1 && (days[index] ?? 0) >= 35);
    if (good) {
      return PASS;
    }
    if (gaps.includes(undefined) || days.includes(undefined)) {
      return undecided('a schedule or a lifecycle is not decided', location);
    }
    return failed(
      `runs every ${Math.round(10 * Math.min(...gaps.map(Number))) / 10} days, kept for ${Math.max(...days.map(Number))}`,
      location,
    );
  },
});

/** Between two runs: a job that may start later than the next one is due waits for as long. */
function gapOf(rule: Value): number | undefined {
  const gap = longestGapDays(entryOf(rule, 'ScheduleExpression'));
  const late = (numberOf(entryOf(rule, 'StartWindowMinutes')) ?? 0) / MINUTES_A_DAY;
  return gap === undefined ? undefined : Math.max(gap, late);
}

const MINUTES_A_DAY = 1440;
