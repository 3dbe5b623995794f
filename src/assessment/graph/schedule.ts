import { reasonOf, textOf, type Unknown, unknown, type Value } from '../model';

const HOUR = 3600;
const DAY = 24 * HOUR;
const RATE_UNITS: Readonly<Record<string, number>> = { minute: 60, hour: HOUR, day: DAY };

/** The longest time between two runs of a schedule, in seconds. Schedules that are read by none of the rules are unknown. */
export function scheduleInterval(schedule: Value): number | Unknown {
  const text = textOf(schedule);
  if (text === undefined) {
    return schedule.kind === 'absent' ? DAY : unknown(reasonOf(schedule) ?? 'no schedule');
  }
  const rate = /^rate\((\d+) (minute|hour|day)s?\)$/.exec(text);
  if (rate) {
    return Number(rate[1]) * RATE_UNITS[rate[2]];
  }
  const fields = /^cron\((.*)\)$/.exec(text)?.[1].trim().split(/\s+/);
  return (fields && fields.length >= 5 && cronInterval(fields)) || unknown(`cannot read the schedule ${text}`);
}

function cronInterval([, hour, dayOfMonth, , dayOfWeek]: string[]): number | undefined {
  if (!isAny(dayOfWeek)) {
    return spread(dayOfWeek, 7, DAY);
  }
  if (!isAny(dayOfMonth)) {
    return spread(dayOfMonth, 31, DAY);
  }
  return hour === '*' ? HOUR : spread(hour, 24, HOUR);
}

function isAny(field: string): boolean {
  return field === '*' || field === '?' || field === '*/1' || field === '1-7' || field === 'SUN-SAT';
}

/** `a,b,c`, `start/step` and single values, spread over a cycle; lists are taken as even. */
function spread(field: string, cycle: number, unit: number): number | undefined {
  const step = /^[\d*]+\/(\d+)$/.exec(field);
  if (step) {
    return Number(step[1]) * unit;
  }
  return /^[\dA-Za-z#L]+(,[\dA-Za-z#L]+)*$/.test(field) ? Math.ceil(cycle / field.split(',').length) * unit : undefined;
}
