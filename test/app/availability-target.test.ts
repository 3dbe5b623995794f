import { Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { AvailabilityTarget, type IIngress } from '../../src';
import { clinicalApp } from '../support/app';
import { hospital } from '../support/hospital';

const ALARM = 'AWS::CloudWatch::Alarm';

function templateOf(percent: number): Template {
  return Template.fromStack(
    Stack.of(clinicalApp({ app: { availabilityTarget: AvailabilityTarget.percent(percent) } })),
  );
}

/** Threshold and window in seconds of each alarm of the target, by the end of its logical id. */
function windowsOf(template: Template): [string, number, number][] {
  return Object.entries(template.findResources(ALARM)).flatMap(([id, { Properties }]) => {
    const [, name] = /AvailabilityTargetWayIn1(\w+?)[0-9A-F]{8}$/.exec(id) ?? [];
    const periods = new Set<number>(
      (Properties.Metrics ?? []).flatMap(
        ({ MetricStat }: { MetricStat?: { Period: number } }) => MetricStat?.Period ?? [],
      ),
    );
    return name ? [[name, Properties.Threshold, [...periods][0]] as [string, number, number]] : [];
  });
}

test.each([
  [99.9, 1.44, 0.6],
  [99.5, 7.2, 3],
  [99.99, 0.144, 0.06],
])('at %s %% an error rate above %s %% in an hour, or %s %% in six, burns too fast', (percent, fast, slow) => {
  expect(windowsOf(templateOf(percent)).sort()).toEqual([
    ['FastLong', fast, 3600],
    ['FastShort', fast, 300],
    ['SlowLong', slow, 6 * 3600],
    ['SlowShort', slow, 1800],
  ]);
});

test('notifies when both windows burn, and not for one', () => {
  const template = templateOf(99.9);
  const windows = template.findResources(ALARM, { Properties: { EvaluationPeriods: 1, AlarmActions: Match.absent() } });
  expect(Object.keys(windows).filter((id) => id.includes('AvailabilityTarget'))).toHaveLength(4);
  template.hasResourceProperties('AWS::CloudWatch::CompositeAlarm', {
    AlarmDescription:
      'ehr fails so often that 99.9 % will be missed: it uses 2 % in an hour of what may fail in 30 days',
    AlarmRule: { 'Fn::Join': ['', Match.arrayWith([Match.stringLikeRegexp('AND ALARM')])] },
    AlarmActions: [{ Ref: 'AppNotificationsTopic252BC2AD' }],
  });
});

test('counts 43 minutes without an answer in 30 days as 99.9 %: the fast alarm then goes off within an hour', () => {
  const [, allowed] = windowsOf(templateOf(99.9)).find(([name]) => name === 'FastLong') ?? ['', 0, 0];
  expect((60 * allowed) / 100).toBeLessThan(1); // minutes of total failure in an hour that set it off
});

test('is pursued in both Regions', () => {
  const { recoveryStack } = hospital({ app: () => ({ availabilityTarget: AvailabilityTarget.percent(99.9) }) });
  expect(windowsOf(Template.fromStack(recoveryStack)).length + 4).toBeGreaterThanOrEqual(4);
  Template.fromStack(recoveryStack).hasResourceProperties('AWS::CloudWatch::CompositeAlarm', {
    AlarmDescription: Match.stringLikeRegexp('99.9 % will be missed'),
  });
});

test('leaves out ways in whose requests nobody counts', () => {
  const ingress: IIngress = {
    bind: () => ({
      entryPoint: { address: 'x', protocol: 'TEST', port: 1, path: 'x' },
      alarms: [],
      deploymentAlarms: [],
      widgets: [],
    }),
  };
  const app = clinicalApp({ app: { ingress: [ingress], availabilityTarget: AvailabilityTarget.percent(99.9) } });
  expect(windowsOf(Template.fromStack(Stack.of(app)))).toEqual([]);
});

test.each([89, 100, Number.NaN])('fails for %s percent', (percent) => {
  expect(() => AvailabilityTarget.percent(percent)).toThrow(
    /must be 90 to 99.999 percent, got .*InvalidAvailabilityTarget/,
  );
});
