import { LocalWindow, Weekday } from '../../../src';
import { utcDates, utcWindows } from '../../../src/app/private/utc-windows';
import { isTimeZone } from '../../../src/core/private/time-zone';

const monday = (from: string, to: string) => [LocalWindow.on([Weekday.MONDAY], from, to)];

describe('windows', () => {
  test.each([
    ['UTC', ['Mon:07:00-Mon:19:00']],
    ['Asia/Kolkata', ['Mon:01:30-Mon:13:30']],
    ['Asia/Kathmandu', ['Mon:01:15-Mon:13:15']],
    // summer 11:00 to 23:00, winter 12:00 to 24:00: the union, written to the last minute of the day
    ['America/New_York', ['Mon:11:00-Mon:23:59']],
    ['Europe/Berlin', ['Mon:05:00-Mon:18:00']],
    // summer 20:00 the day before to 08:00, winter 21:00 to 09:00
    ['Australia/Sydney', ['Mon:00:00-Mon:09:00', 'Sun:20:00-Sun:23:59']],
    // half an hour of daylight saving
    ['Australia/Lord_Howe', ['Mon:00:00-Mon:08:30', 'Sun:20:00-Sun:23:59']],
  ])('07:00 to 19:00 in %s covers the summer and the winter clock', (timeZone, expected) => {
    expect(utcWindows(monday('07:00', '19:00'), timeZone, 2026)).toEqual(expected);
  });

  test('wrap around the week: Sunday night in New York is Monday in UTC', () => {
    expect(utcWindows([LocalWindow.on([Weekday.SUNDAY], '22:00', '23:00')], 'America/New_York', 2026)).toEqual([
      'Mon:02:00-Mon:04:00',
    ]);
  });

  test('a clock that changes for one month only is seen: Ramadan in Morocco', () => {
    expect(utcWindows(monday('07:00', '19:00'), 'Africa/Casablanca', 2026)).toEqual(['Mon:06:00-Mon:19:00']);
  });

  test('overlapping and touching windows become one', () => {
    expect(utcWindows([...monday('07:00', '12:00'), ...monday('12:00', '15:00')], 'UTC', 2026)).toEqual([
      'Mon:07:00-Mon:15:00',
    ]);
    expect(utcWindows([...monday('07:00', '08:00'), ...monday('09:00', '10:00')], 'UTC', 2026)).toEqual([
      'Mon:07:00-Mon:08:00',
      'Mon:09:00-Mon:10:00',
    ]);
  });

  /** Brute force, another way round: is every minute of the local window, in either season, inside what is blocked? */
  test.each(['America/Los_Angeles', 'Europe/London', 'Pacific/Auckland', 'America/St_Johns', 'Asia/Tokyo'])(
    'in %s every local minute of the peak is blocked on every day of two years',
    (timeZone) => {
      const blocked = utcWindows([LocalWindow.weekdays('07:00', '19:00')], timeZone, 2026);
      const format = new Intl.DateTimeFormat('en-GB', {
        timeZone,
        weekday: 'short',
        hour: '2-digit',
        minute: '2-digit',
        hourCycle: 'h23',
      });
      const open: string[] = [];
      for (let time = Date.UTC(2026, 0, 1); time < Date.UTC(2028, 0, 1); time += 29 * 60_000) {
        const [weekday, clock] = format.format(time).replace(',', '').split(' ');
        const isPeak = !['Sat', 'Sun'].includes(weekday) && clock >= '07:00' && clock < '19:00';
        const utc = new Date(time).toUTCString();
        const now = `${utc.slice(0, 3)}:${utc.slice(17, 22)}`;
        const isBlocked = blocked.some((window) => {
          const [start, end] = window.split('-');
          return now >= start && (now < end || now === end) && now.slice(0, 3) === start.slice(0, 3);
        });
        if (isPeak && !isBlocked) open.push(`${utc} is ${weekday} ${clock}`);
      }
      expect(open).toEqual([]);
    },
  );
});

describe('dates', () => {
  test.each([
    ['UTC', ['2026-12-25']],
    ['America/New_York', ['2026-12-25', '2026-12-26']],
    ['Australia/Sydney', ['2026-12-24', '2026-12-25']],
  ])('a day in %s touches these days in UTC', (timeZone, expected) => {
    expect(utcDates(['2026-12-25'], timeZone)).toEqual(expected);
  });

  test('are sorted, each once', () => {
    expect(utcDates(['2027-01-01', '2026-12-31'], 'America/New_York')).toEqual([
      '2026-12-31',
      '2027-01-01',
      '2027-01-02',
    ]);
  });
});

test('knows which time zones there are', () => {
  expect(['America/New_York', 'UTC'].map(isTimeZone)).toEqual([true, true]);
  expect(['Hospital/Ward', ''].map(isTimeZone)).toEqual([false, false]);
});
