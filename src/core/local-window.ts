import { Problems } from './private/fail';

/** A day of the week. */
export enum Weekday {
  MONDAY = 'MONDAY',
  TUESDAY = 'TUESDAY',
  WEDNESDAY = 'WEDNESDAY',
  THURSDAY = 'THURSDAY',
  FRIDAY = 'FRIDAY',
  SATURDAY = 'SATURDAY',
  SUNDAY = 'SUNDAY',
}

const WEEK = Object.values(Weekday);
const WEEKEND = [Weekday.SATURDAY, Weekday.SUNDAY];

/** Hours that come back every week, on the hospital's own clock. */
export class LocalWindow {
  /**
   * Every day. `end` at or before `start` is on the next day: `daily('22:00', '06:00')`.
   *
   * @throws InvalidLocalWindow when a time is not `HH:MM`
   */
  public static daily(start: string, end: string): LocalWindow {
    return new LocalWindow(WEEK, start, end);
  }

  /**
   * Monday to Friday.
   *
   * @throws InvalidLocalWindow when a time is not `HH:MM`
   */
  public static weekdays(start: string, end: string): LocalWindow {
    return new LocalWindow(
      WEEK.filter((day) => !WEEKEND.includes(day)),
      start,
      end,
    );
  }

  /**
   * On some days of the week.
   *
   * @throws InvalidLocalWindow when no day is given, or a time is not `HH:MM`
   */
  public static on(days: Weekday[], start: string, end: string): LocalWindow {
    return new LocalWindow(days, start, end);
  }

  private constructor(
    /** The days it starts on. */
    public readonly days: Weekday[],
    /** When it starts, as `HH:MM`. */
    public readonly start: string,
    /** When it ends, as `HH:MM`; `24:00` is midnight. */
    public readonly end: string,
  ) {
    const problems = new Problems(undefined, 'InvalidLocalWindow');
    problems.require(days.length > 0, 'a window needs at least one day of the week, got none');
    for (const time of [start, end]) {
      problems.require(
        /^(?:[01]\d|2[0-3]):[0-5]\d$|^24:00$/.test(time),
        `a time of day must be 00:00 to 24:00, got "${time}"`,
      );
    }
    problems.throwIfAny();
  }

  /**
   * When it starts and ends, in minutes after Monday 00:00 of the local clock; one pair a day.
   *
   * @internal
   */
  public get _minutes(): [start: number, end: number][] {
    const [from, to] = [this.start, this.end].map(minutesOf);
    const length = to > from ? to - from : to + DAY - from;
    return this.days.map((day) => {
      const start = WEEK.indexOf(day) * DAY + from;
      return [start, start + length];
    });
  }
}

const DAY = 1440;

function minutesOf(time: string): number {
  const [hours, minutes] = time.split(':').map(Number);
  return hours * 60 + minutes;
}
