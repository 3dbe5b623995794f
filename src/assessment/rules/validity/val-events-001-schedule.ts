import { entryOf, itemsOf, type Resource, reasonOf, textOf, type Value } from '../../model';
import { defineRule, failed, NOT_APPLICABLE, PASS, type RuleOutcome, undecided } from '../rule';

const SCHEDULES: Record<string, (resource: Resource) => readonly Value[]> = {
  'AWS::Events::Rule': (rule) => itemsOf(rule.property('ScheduleExpression')),
  'AWS::Scheduler::Schedule': (schedule) => itemsOf(schedule.property('ScheduleExpression')),
  'AWS::Backup::RestoreTestingPlan': (plan) => itemsOf(plan.property('ScheduleExpression')),
  'AWS::Backup::BackupPlan': (plan) =>
    itemsOf(plan.property('BackupPlan', 'BackupPlanRule')).flatMap((r) => itemsOf(entryOf(r, 'ScheduleExpression'))),
  'AWS::ApplicationAutoScaling::ScalableTarget': (target) =>
    itemsOf(target.property('ScheduledActions')).map((action) => entryOf(action, 'Schedule')),
};

const MONTH = 'JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC';
const DAY = 'SUN|MON|TUE|WED|THU|FRI|SAT';
/** Minutes, hours, day of month, month, day of week, year. */
const FIELDS = [
  field('[0-5]?\\d'),
  field('[01]?\\d|2[0-3]'),
  field('0?[1-9]|[12]\\d|3[01]', '\\?|L|LW|(?:0?[1-9]|[12]\\d|3[01])W'),
  field(`0?[1-9]|1[0-2]|${MONTH}`),
  field(`[1-7]|${DAY}`, `\\?|L|(?:[1-7]|${DAY})L|(?:[1-7]|${DAY})#[1-5]`),
  field('19[7-9]\\d|2[01]\\d\\d'),
];

/** The fields that may be `?`: one of them is. */
const DAYS = [2, 4];

function field(value: string, special = '(?!)'): RegExp {
  const item = `(?:\\*|(?:${value})(?:-(?:${value}))?)(?:/\\d+)?|${special}`;
  return new RegExp(`^(?:${item})(?:,(?:${item}))*$`, 'i');
}

function isCron(text: string): boolean {
  const fields = /^cron\((.*)\)$/.exec(text)?.[1].trim().split(/\s+/) ?? [];
  return (
    fields.length === FIELDS.length &&
    // most fields say nothing, and the longer patterns take a while to be compiled
    fields.every((part, index) => part === '*' || (part === '?' && DAYS.includes(index)) || FIELDS[index].test(part)) &&
    DAYS.filter((index) => fields[index] === '?').length === 1
  );
}

function judge(value: Value, type: string): RuleOutcome {
  const text = textOf(value)?.trim();
  if (text === undefined) {
    return undecided(reasonOf(value) ?? 'no schedule', 'Properties');
  }
  if (isCron(text)) {
    return PASS;
  }
  if (/^rate\(\s*[1-9]\d*\s+(?:minute|hour|day)s?\s*\)$/.test(text)) {
    return type.startsWith('AWS::Backup::') ? undecided(`whether AWS Backup takes ${text} is not known here`) : PASS;
  }
  const once = /^at\(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\)$/.test(text) && /::(Schedule|ScalableTarget)$/.test(type);
  return once ? PASS : failed(`schedule ${text}`, 'Properties');
}

export const scheduleCanBeRead = defineRule({
  id: 'VAL-EVENTS-001',
  title: 'schedules are cron expressions of six fields, or rates',
  severity: 'error',
  scope: 'DEPLOYMENT',
  why: 'an expression that cannot be read is refused, and whatever it should have started would not run',
  fix: 'write cron(minutes hours day-of-month month day-of-week year) with ? for one of the two days, or rate(1 hour)',
  docs: 'https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-scheduled-rule-pattern.html',
  resourceTypes: Object.keys(SCHEDULES),
  evaluate: (resource) => {
    const outcomes = SCHEDULES[resource.type](resource).map((value) => judge(value, resource.type));
    if (outcomes.length === 0) {
      return NOT_APPLICABLE;
    }
    return (
      outcomes.find(({ verdict }) => verdict === 'fail') ??
      outcomes.find(({ verdict }) => verdict === 'unknown') ??
      PASS
    );
  },
});
