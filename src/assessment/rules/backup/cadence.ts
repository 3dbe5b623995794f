import { textOf, type Value } from '../../model';

const UNIT_DAYS: Readonly<Record<string, number>> = { minute: 1 / 1440, hour: 1 / 24, day: 1 };
const MONTHS = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];
const WEEKDAYS = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];

/** Long enough for every schedule that repeats within a year, from a Sunday. */
const HORIZON_DAYS = 800;
const START = Date.UTC(2023, 0, 1);
const DAY_MS = 86_400_000;

/** Systems made from one definition share their schedules. */
const remembered = new Map<string, number | undefined>();

/**
 * The longest time between two runs of a schedule, in days; undefined where it cannot be read. AWS Backup runs daily
 * where there is none: https://docs.aws.amazon.com/aws-backup/latest/devguide/API_BackupRule.html
 */
export function longestGapDays(schedule: Value): number | undefined {
  if (schedule.kind === 'absent') {
    return 1;
  }
  const text = textOf(schedule) ?? '';
  const rate = /^rate\((\d+) (minute|hour|day)s?\)$/.exec(text);
  if (rate) {
    return Number(rate[1]) * UNIT_DAYS[rate[2]];
  }
  if (!remembered.has(text)) {
    remembered.set(text, cronGap(text));
  }
  return remembered.get(text);
}

function cronGap(text: string): number | undefined {
  const fields = /^cron\((.*)\)$/.exec(text)?.[1].trim().split(/\s+/);
  return fields && fields.length >= 5 ? gapOf(fields) : undefined;
}

function gapOf([, hour, dayOfMonth, month, dayOfWeek]: readonly string[]): number | undefined {
  const hours = numbersIn(hour, 0, 23);
  const months = numbersIn(month.toUpperCase(), 1, 12, MONTHS);
  if (hours && hours.size > 0 && [dayOfMonth, month, dayOfWeek].every(isEvery)) {
    return longestBetween([...hours].sort((a, b) => a - b)) / 24; // as most do: no year has to be walked through
  }
  const isOnDay = dayTest(dayOfMonth.toUpperCase(), dayOfWeek.toUpperCase());
  const runs = Array.from({ length: HORIZON_DAYS }, (_, day) => day).filter((day) => {
    const date = new Date(START + day * DAY_MS);
    return months?.has(date.getUTCMonth() + 1) && isOnDay(date);
  });
  if (!hours || hours.size === 0 || runs.length < 2) {
    return undefined;
  }
  const gaps = runs.slice(1).map((day, index) => day - runs[index]);
  const longest = Math.max(...gaps);
  return longest > 1 ? longest : longestBetween([...hours].sort((a, b) => a - b)) / 24;
}

function isEvery(field: string): boolean {
  return field === '*' || field === '?';
}

/** The longest time between two hours of a day, over midnight too. */
function longestBetween(hours: readonly number[]): number {
  return Math.max(...hours.map((hour, index) => (hours[index + 1] ?? hours[0] + 24) - hour));
}

/** Whether a schedule runs on a day. Its fields are read once, for all the days that are tried. */
function dayTest(dayOfMonth: string, dayOfWeek: string): (date: Date) => boolean {
  const nth = /^(.+)#(\d)$/.exec(dayOfWeek);
  const days = dayOfMonth === 'L' ? undefined : numbersIn(dayOfMonth.replace('W', ''), 1, 31);
  const weekdays = numbersIn(nth ? nth[1] : dayOfWeek.replace(/L$/, ''), 1, 7, WEEKDAYS);
  return (date) => {
    const day = date.getUTCDate();
    const byMonth = dayOfMonth === 'L' ? isLastOfMonth(date) : days?.has(day);
    const rightWeek = nth ? Math.ceil(day / 7) === Number(nth[2]) : !dayOfWeek.endsWith('L') || isInLastWeek(date);
    return byMonth === true && weekdays?.has(date.getUTCDay() + 1) === true && rightWeek;
  };
}

function isLastOfMonth(date: Date): boolean {
  return new Date(date.getTime() + DAY_MS).getUTCDate() === 1;
}

function isInLastWeek(date: Date): boolean {
  return new Date(date.getTime() + 7 * DAY_MS).getUTCMonth() !== date.getUTCMonth();
}

/** `*`, `?`, `1,3`, `1-5`, `0/4` and names, as numbers; undefined where it is none of them. */
function numbersIn(field: string, first: number, last: number, names: readonly string[] = []): Set<number> | undefined {
  const found = new Set<number>();
  for (const part of field.split(',')) {
    const [range, step] = part.split('/');
    const [from, to] =
      range === '*' || range === '?' ? [first, last] : range.split('-').map((text) => number(text, names));
    const end = to ?? (step === undefined ? from : last);
    if (!Number.isInteger(from) || !Number.isInteger(end) || from < first || end > last) {
      return undefined;
    }
    for (let value = from; value <= end; value += Math.max(1, Number(step ?? 1))) {
      found.add(value);
    }
  }
  return found;
}

function number(text: string, names: readonly string[]): number {
  const index = names.indexOf(text);
  return index < 0 ? Number(text) : index + 1;
}
