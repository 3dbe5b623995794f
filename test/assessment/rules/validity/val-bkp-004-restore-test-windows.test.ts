import { restoreTestWindowsArePossible } from '../../../../src/assessment/rules/validity/val-bkp-004-restore-test-windows';
import { testRule } from '../../../support/rules';

const it = (Properties: Record<string, unknown>) => ({
  Parameters: { Hours: { Type: 'Number' } },
  Resources: { It: { Type: 'AWS::Backup::RestoreTestingPlan', Properties } },
});
const days = (SelectionWindowDays: unknown) => it({ RecoveryPointSelection: { SelectionWindowDays } });

testRule(restoreTestWindowsArePossible, [
  { name: 'a week', verdict: 'pass', template: it({ StartWindowHours: 168 }) },
  { name: 'an hour', verdict: 'pass', template: it({ StartWindowHours: 1 }) },
  { name: 'more than a week', verdict: 'fail', template: it({ StartWindowHours: 169 }) },
  { name: 'no time at all', verdict: 'fail', template: it({ StartWindowHours: 0 }) },
  { name: 'half an hour', verdict: 'fail', template: it({ StartWindowHours: 1.5 }) },
  { name: 'a year of recovery points', verdict: 'pass', template: days(365) },
  { name: 'more than a year of recovery points', verdict: 'fail', template: days(366) },
  { name: 'a parameter', verdict: 'unknown', template: it({ StartWindowHours: { Ref: 'Hours' } }) },
  {
    name: 'a parameter, and days that are refused anyway',
    verdict: 'fail',
    template: it({ StartWindowHours: { Ref: 'Hours' }, RecoveryPointSelection: { SelectionWindowDays: 0 } }),
  },
  { name: 'the defaults', verdict: 'not-applicable', template: it({}) },
]);
