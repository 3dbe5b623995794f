import { numberOf, reasonOf } from '../../model';
import { defineRule, failed, NOT_APPLICABLE, PASS, undecided } from '../rule';

/** The figures of the API, in words: https://docs.aws.amazon.com/aws-backup/latest/devguide/API_RestoreTestingPlanForCreate.html */
const WINDOWS = [
  { path: ['StartWindowHours'], unit: 'hours', most: 168 },
  { path: ['RecoveryPointSelection', 'SelectionWindowDays'], unit: 'days', most: 365 },
];

export const restoreTestWindowsArePossible = defineRule({
  id: 'VAL-BKP-004',
  title: 'a restore testing plan starts within a week, and chooses among recovery points of a year',
  severity: 'error',
  scope: 'DEPLOYMENT',
  why: 'a start window of more than 168 hours, or a selection window outside of 1 to 365 days, is refused',
  fix: 'set StartWindowHours to 168 or less, and SelectionWindowDays to 365 or less',
  docs: 'https://docs.aws.amazon.com/aws-backup/latest/devguide/API_RestoreTestingPlanForCreate.html',
  resourceTypes: ['AWS::Backup::RestoreTestingPlan'],
  evaluate: (plan) => {
    const given = WINDOWS.map((window) => ({ ...window, value: plan.property(...window.path) })).filter(
      ({ value }) => value.kind !== 'absent',
    );
    for (const { path, unit, most, value } of given) {
      const window = numberOf(value);
      if (window !== undefined && !(window >= 1 && window <= most && Number.isInteger(window))) {
        return failed(`a window of ${window} ${unit}`, ['Properties', ...path].join('.'));
      }
    }
    const open = given.find(({ value }) => numberOf(value) === undefined);
    if (open) {
      return undecided(reasonOf(open.value) ?? 'no number', ['Properties', ...open.path].join('.'));
    }
    return given.length === 0 ? NOT_APPLICABLE : PASS;
  },
});
