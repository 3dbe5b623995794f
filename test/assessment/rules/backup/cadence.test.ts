import { ABSENT, known, unknown } from '../../../../src/assessment/model';
import { longestGapDays } from '../../../../src/assessment/rules/backup/cadence';

test.each([
  ['rate(12 hours)', 0.5],
  ['rate(1 day)', 1],
  ['cron(0 5 ? * * *)', 1],
  ['cron(0 5 * * ? *)', 1],
  ['cron(0 * ? * * *)', 1 / 24],
  ['cron(0 0/6 ? * * *)', 0.25],
  ['cron(0 8,20 ? * * *)', 0.5],
  ['cron(0 8,10 ? * * *)', 22 / 24],
  ['cron(0 5 ? * SUN *)', 7],
  ['cron(0 5 ? * 1,4 *)', 4],
  ['cron(0 5 ? * MON-FRI *)', 3],
  ['cron(0 5 1 * ? *)', 31],
  ['cron(0 5 L * ? *)', 31],
  ['cron(0 5 ? * 1#1 *)', 35],
  ['cron(0 5 ? * SUNL *)', 35],
  ['cron(0 5 1 JAN,JUL ? *)', 184],
])('%s leaves at most %d days', (schedule, days) => {
  expect(longestGapDays(known(schedule))).toBeCloseTo(days, 5);
});

test.each(['cron(0 99 ? * * *)', 'cron(0 5 ? * NEVER *)', 'daily', 'cron(5)'])('%s cannot be read', (schedule) => {
  expect(longestGapDays(known(schedule))).toBeUndefined();
});

test('without a schedule AWS Backup runs daily', () => {
  expect(longestGapDays(ABSENT)).toBe(1);
});

test('what deployment decides is not guessed', () => {
  expect(longestGapDays(unknown('depends on parameter Schedule'))).toBeUndefined();
});
