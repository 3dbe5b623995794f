import { LocalWindow, Weekday } from '../../src';

test('weekdays are Monday to Friday, daily is the whole week', () => {
  expect(LocalWindow.weekdays('07:00', '19:00').days).toEqual([
    Weekday.MONDAY,
    Weekday.TUESDAY,
    Weekday.WEDNESDAY,
    Weekday.THURSDAY,
    Weekday.FRIDAY,
  ]);
  expect(LocalWindow.daily('07:00', '19:00').days).toHaveLength(7);
});

test('minutes count from Monday 00:00', () => {
  expect(LocalWindow.on([Weekday.MONDAY, Weekday.SUNDAY], '07:30', '08:00')._minutes).toEqual([
    [450, 480],
    [6 * 1440 + 450, 6 * 1440 + 480],
  ]);
});

test.each([
  ['22:00', '06:00', 22 * 60, 30 * 60],
  ['00:00', '24:00', 0, 1440],
  ['12:00', '12:00', 720, 720 + 1440],
])('%s to %s ends when it says, on the next day if need be', (from, to, start, end) => {
  expect(LocalWindow.on([Weekday.MONDAY], from, to)._minutes).toEqual([[start, end]]);
});

test('fails for what is no time of day, and for no day', () => {
  expect(() => LocalWindow.on([], '7:00', '24:30')).toThrow(
    /at least one day.*got "7:00".*got "24:30" \[InvalidLocalWindow\]/,
  );
});
