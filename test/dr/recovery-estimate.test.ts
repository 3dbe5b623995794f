import { Duration } from 'aws-cdk-lib';
import { RecoveryAutomation, RecoveryEstimate, type RecoveryStep } from '../../src';

const step = (description: string, minutes: number): RecoveryStep => ({
  description,
  duration: Duration.minutes(minutes),
  automation: RecoveryAutomation.AUTOMATIC,
  source: 'test',
});

const estimate = new RecoveryEstimate({
  untilReadable: [step('notice', 1), step('redirect', 2)],
  untilWritable: [step('decide', 30), step('promote', 15)],
  stores: [
    { store: 'database', recoveryPoint: Duration.minutes(1) },
    { store: 'document store', recoveryPoint: Duration.minutes(15) },
  ],
});

test('steps add up, and the worst store decides', () => {
  expect(estimate.rtoReadOnly.toMinutes()).toBe(3);
  expect(estimate.rto.toMinutes()).toBe(48);
  expect(estimate.rpo.toMinutes()).toBe(15);
});

test('meets an objective that allows exactly as much', () => {
  expect(
    estimate.shortfalls({ rto: Duration.minutes(48), rtoReadOnly: Duration.minutes(3), rpo: Duration.minutes(15) }),
  ).toEqual([]);
});

test('names every step and store that breaks an objective', () => {
  expect(
    estimate.shortfalls({ rto: Duration.minutes(47), rtoReadOnly: Duration.minutes(2), rpo: Duration.minutes(14) }),
  ).toEqual([
    'until users can read takes 3 minutes, rtoReadOnly allows 2 minutes; the longest step is "redirect" with 2 minutes',
    'until users can write takes 48 minutes, rto allows 47 minutes; the longest step is "decide" with 30 minutes',
    'the document store may lose 15 minutes, the RPO allows 14 minutes',
  ]);
});

test('reading counts against the RTO where there is no objective for reading alone', () => {
  expect(estimate.shortfalls({ rto: Duration.minutes(2), rpo: Duration.minutes(15) })[0]).toContain(
    'rto allows 2 minutes',
  );
});

test('without stores nothing is lost', () => {
  expect(new RecoveryEstimate({ untilReadable: [], untilWritable: [], stores: [] }).rpo.toSeconds()).toBe(0);
});
