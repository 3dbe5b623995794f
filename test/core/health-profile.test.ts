import { Duration } from 'aws-cdk-lib';
import { HealthProfile, ProbeProtocol } from '../../src';

test('detection takes every failed probe and the last time-out', () => {
  expect(HealthProfile.http('/readyz').detectionTime.toSeconds()).toBe(35);
});

test('published stacks are slow to notice: 300 s × 3 is a quarter of an hour', () => {
  const profile = HealthProfile.http('/', { interval: Duration.seconds(300), timeout: Duration.seconds(5) });
  expect(profile.detectionTime.toSeconds()).toBe(905);
});

test('an HTTP probe expects 200 unless told otherwise', () => {
  expect(HealthProfile.http('/').healthyHttpCodes).toBe('200');
  expect(HealthProfile.http('/', { healthyHttpCodes: '200,302' }).healthyHttpCodes).toBe('200,302');
});

test('a TCP probe has neither path nor status codes', () => {
  const profile = HealthProfile.tcp({ port: 2575 });
  expect(profile).toMatchObject({ protocol: ProbeProtocol.TCP, port: 2575 });
  expect(profile.path).toBeUndefined();
  expect(profile.healthyHttpCodes).toBeUndefined();
});

test.each([
  [
    'interval',
    { interval: Duration.seconds(4), timeout: Duration.seconds(2) },
    /interval must be 5 to 300 seconds, got 4/,
  ],
  ['timeout', { timeout: Duration.seconds(1) }, /timeout must be 2 to 120 seconds, got 1/],
  ['timeout against interval', { timeout: Duration.seconds(10) }, /timeout \(10 s\) must be below interval \(10 s\)/],
  ['unhealthyThreshold', { unhealthyThreshold: 1 }, /unhealthyThreshold must be a whole number from 2 to 10, got 1/],
  ['healthyThreshold', { healthyThreshold: 2.5 }, /healthyThreshold must be a whole number from 2 to 10, got 2.5/],
  ['port', { port: 70000 }, /port must be 1 to 65535, got 70000/],
  ['deep path', { deep: { path: 'metadata' } }, /a path must start with "\/", got "metadata"/],
])('fails when the %s is out of range', (_, options, message) => {
  expect(() => HealthProfile.http('/readyz', options)).toThrow(message);
});

test('fails when a path does not start with a slash', () => {
  expect(() => HealthProfile.http('readyz')).toThrow(
    /a path must start with "\/", got "readyz" \[InvalidHealthProfile\]/,
  );
});
