import { stableCapacity } from '../../../src/app/private/static-stability';

test.each([
  // peak, zones, percent, needed, running
  [30, 3, 100, 30, 45], // the example of AWS
  [30, 2, 100, 30, 60],
  [30, 4, 100, 30, 40],
  [6, 3, 100, 6, 9],
  [1, 2, 100, 1, 2],
  [1, 6, 100, 1, 6], // one in every zone
  [5, 3, 50, 3, 6], // half of five is three: nobody runs half a task
  [30, 3, 0, 0, 0],
])('a peak of %d over %d zones at %d %% needs %d and runs %d', (peak, zones, percent, needed, running) => {
  expect(stableCapacity(peak, zones, percent)).toEqual({ needed, running });
});

test('what is left after the loss of a zone carries the load, whatever the numbers', () => {
  for (let peak = 1; peak <= 40; peak++) {
    for (let zones = 2; zones <= 6; zones++) {
      const { needed, running } = stableCapacity(peak, zones, 100);
      expect(running - running / zones).toBeGreaterThanOrEqual(needed);
      expect(running % zones).toBe(0);
    }
  }
});

test('fails with one zone', () => {
  expect(() => stableCapacity(6, 1, 100)).toThrow(/at least 2 zones, got 1 \[TooFewZones\]/);
});
