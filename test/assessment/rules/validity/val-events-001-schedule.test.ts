import { scheduleCanBeRead } from '../../../../src/assessment/rules/validity/val-events-001-schedule';
import { findingsOf, testRule } from '../../../support/rules';

const it = (Properties: Record<string, unknown>) => ({ Resources: { It: { Type: 'AWS::Events::Rule', Properties } } });

testRule(scheduleCanBeRead, [
  { name: 'every night', verdict: 'pass', template: it({ ScheduleExpression: 'cron(0 4 ? * MON-FRI *)' }) },
  {
    name: 'the last weekday of every second month',
    verdict: 'pass',
    template: it({ ScheduleExpression: 'cron(0/15 8,20 LW */2 ? 2026-2030)' }),
  },
  { name: 'every hour', verdict: 'pass', template: it({ ScheduleExpression: 'rate(1 hour)' }) },
  { name: 'no expression', verdict: 'fail', template: it({ ScheduleExpression: 'cron(nope)' }) },
  { name: 'five fields', verdict: 'fail', template: it({ ScheduleExpression: 'cron(0 4 * * ?)' }) },
  { name: 'both days', verdict: 'fail', template: it({ ScheduleExpression: 'cron(0 4 * * * *)' }) },
  { name: 'hour 25', verdict: 'fail', template: it({ ScheduleExpression: 'cron(0 25 ? * * *)' }) },
  {
    name: 'a date, which rules do not take',
    verdict: 'fail',
    template: it({ ScheduleExpression: 'at(2026-12-25T00:00:00)' }),
  },
  { name: 'from a parameter', verdict: 'unknown', template: it({ ScheduleExpression: { Ref: 'Schedule' } }) },
  { name: 'a pattern of events', verdict: 'not-applicable', template: it({ EventPattern: {} }) },
]);

test('rules of a backup plan have schedules too', () => {
  const failsOf = (Properties: Record<string, unknown>) =>
    findingsOf({ Resources: { It: { Type: 'AWS::Backup::BackupPlan', Properties } } }, [scheduleCanBeRead]).failed
      .length;
  expect([
    failsOf({ BackupPlan: { BackupPlanRule: [{ ScheduleExpression: 'cron(0 5,17 ? * * *)' }] } }),
    failsOf({ BackupPlan: { BackupPlanRule: [{}, { ScheduleExpression: 'cron(0 5 * * *)' }] } }),
  ]).toEqual([0, 1]);
});

test('a schedule may be once', () => {
  const failsOf = (Properties: Record<string, unknown>) =>
    findingsOf({ Resources: { It: { Type: 'AWS::Scheduler::Schedule', Properties } } }, [scheduleCanBeRead]).failed
      .length;
  expect([
    failsOf({ ScheduleExpression: 'at(2026-12-25T00:00:00)' }),
    failsOf({ ScheduleExpression: 'at(Christmas)' }),
  ]).toEqual([0, 1]);
});
