import { practiceRunWindowsAreValid } from '../../../../src/assessment/rules/validity/val-arc-002-practice-windows';
import { testRule } from '../../../support/rules';

const it = (Properties: Record<string, unknown>) => ({
  Resources: { It: { Type: 'AWS::ARCZonalShift::ZonalAutoshiftConfiguration', Properties } },
});

testRule(practiceRunWindowsAreValid, [
  { name: 'nothing is blocked', verdict: 'pass', template: it({}) },
  {
    name: 'peak hours and a holiday',
    verdict: 'pass',
    template: it({
      PracticeRunConfiguration: { BlockedWindows: ['Mon:11:00-Mon:23:00'], BlockedDates: ['2026-12-25'] },
    }),
  },
  {
    name: 'a window over midnight',
    verdict: 'fail',
    template: it({ PracticeRunConfiguration: { BlockedWindows: ['Mon:22:00-Tue:06:00'] } }),
  },
  {
    name: 'a window in lower case',
    verdict: 'fail',
    template: it({ PracticeRunConfiguration: { BlockedWindows: ['mon:11:00-mon:23:00'] } }),
  },
  {
    name: 'a date that does not exist',
    verdict: 'fail',
    template: it({ PracticeRunConfiguration: { BlockedDates: ['2026-02-30'] } }),
  },
  {
    name: 'sixteen windows',
    verdict: 'fail',
    template: it({ PracticeRunConfiguration: { BlockedWindows: Array(16).fill('Mon:11:00-Mon:23:00') } }),
  },
  {
    name: 'a window from a parameter',
    verdict: 'unknown',
    template: it({ PracticeRunConfiguration: { BlockedWindows: [{ Ref: 'Window' }] } }),
  },
]);
