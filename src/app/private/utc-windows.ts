import type { LocalWindow } from '../../core';

const DAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
const DAY = 1440;
const WEEK = 7 * DAY;
const DAY_MS = 86_400_000;

/**
 * Windows of a local clock as Amazon Application Recovery Controller wants them: in UTC, each within one day,
 * `Mon:11:00-Mon:23:00`.
 *
 * ARC does not know daylight saving, so what is returned is the union over every offset the time zone has in this year and
 * the next: with New York's summer and winter 07:00 to 19:00 becomes 11:00 to 24:00, an hour more than asked for in either.
 * A window that runs to midnight is written to 23:59, the last minute of a day that ARC can name.
 */
export function utcWindows(windows: LocalWindow[], timeZone: string, year: number): string[] {
  const blocked = new Uint8Array(WEEK);
  for (const offset of utcOffsets(timeZone, year)) {
    for (const [start, end] of windows.flatMap(({ _minutes }) => _minutes)) {
      for (let minute = start; minute < end; minute++) {
        blocked[(((minute - offset) % WEEK) + WEEK) % WEEK] = 1;
      }
    }
  }
  return DAYS.flatMap((day, index) =>
    runs(blocked.subarray(index * DAY, (index + 1) * DAY)).map(
      ([start, end]) => `${day}:${clock(start)}-${day}:${clock(Math.min(end, DAY - 1))}`,
    ),
  );
}

/** Whole days of a local clock as the UTC dates they touch, in order. */
export function utcDates(dates: string[], timeZone: string): string[] {
  const touched = dates.flatMap((date) => {
    const midnight = Date.parse(`${date}T00:00:00Z`);
    const start = midnight - offsetAt(timeZone, midnight) * 60_000;
    const end = midnight + DAY_MS - offsetAt(timeZone, midnight + DAY_MS) * 60_000;
    return [start, end - 1].map((instant) => new Date(instant).toISOString().slice(0, 10));
  });
  return [...new Set(touched)].sort();
}

/** The minutes ahead of UTC that a time zone has in a year and the next, looked at weekly: some zones change for a month only. */
function utcOffsets(timeZone: string, year: number): Set<number> {
  const offsets = new Set<number>();
  for (let instant = Date.UTC(year, 0, 1); instant < Date.UTC(year + 2, 0, 1); instant += 7 * DAY_MS) {
    offsets.add(offsetAt(timeZone, instant));
  }
  return offsets;
}

const formats = new Map<string, Intl.DateTimeFormat>();

function offsetAt(timeZone: string, instant: number): number {
  const format = formats.get(timeZone) ?? new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' });
  formats.set(timeZone, format);
  const name = format.formatToParts(instant).find(({ type }) => type === 'timeZoneName')?.value ?? '';
  const [, sign, hours, minutes] = /^GMT([+-])(\d{2}):(\d{2})/.exec(name) ?? []; // plain GMT is zero
  return sign === undefined ? 0 : (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
}

/** Stretches of ones, as start and end. */
function runs(minutes: Uint8Array): [start: number, end: number][] {
  const found: [number, number][] = [];
  minutes.forEach((on, minute) => {
    const last = found.at(-1);
    if (on && last?.[1] === minute) {
      last[1] = minute + 1;
    } else if (on) {
      found.push([minute, minute + 1]);
    }
  });
  return found;
}

function clock(minute: number): string {
  return [Math.floor(minute / 60), minute % 60].map((part) => String(part).padStart(2, '0')).join(':');
}
