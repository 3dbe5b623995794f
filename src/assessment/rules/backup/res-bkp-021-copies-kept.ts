import { FailureScope } from '../../../core/failure-scope';
import { entryOf, itemsOf } from '../../model';
import { defineRule, failed, NOT_APPLICABLE, PASS, undecided } from '../rule';
import { daysKept, rulesOf } from './coverage';

/** A judgement: until a long weekend is over, and somebody has found out what is gone. */
const ENOUGH_DAYS = 7;

/** Copies of recovery points are kept for a week or longer. */
export const copiesKept = defineRule({
  id: 'RES-BKP-021',
  title: 'copies of recovery points are kept for a week or longer',
  severity: 'warning',
  scope: FailureScope.ACCOUNT,
  why: 'copies are for the day on which everything else is gone: one that has expired by then restores nothing',
  fix: 'raise DeleteAfterDays of the Lifecycle of the CopyAction',
  docs: 'https://docs.aws.amazon.com/aws-backup/latest/devguide/cross-region-backup.html',
  resourceTypes: ['AWS::Backup::BackupPlan'],
  evaluate(plan) {
    const copies = rulesOf(plan).flatMap((rule) => itemsOf(entryOf(rule, 'CopyActions')));
    const days = copies.map(daysKept);
    const location = 'Properties.BackupPlan.BackupPlanRule';
    if (copies.length === 0) {
      return NOT_APPLICABLE;
    }
    const short = days.find((kept) => kept !== undefined && kept < ENOUGH_DAYS);
    if (short !== undefined) {
      return failed(`a copy is kept for ${short} days`, location);
    }
    return days.includes(undefined) ? undecided('the lifecycle of a copy is not decided', location) : PASS;
  },
});
