import { App, Duration, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import {
  ClinicalTier,
  Compute,
  type ComputeConfig,
  type IIngress,
  LocalWindow,
  type MultiAzClinicalApp,
  type PracticeRunOptions,
  RecoveryAutomation,
  ResilienceObjectives,
  Weekday,
  ZonalAutoshift,
} from '../../src';
import { ACCOUNT, clinicalApp, clinicalAppIn, DIGEST, SmallNetwork, VIRGINIA } from '../support/app';
import { hospital } from '../support/hospital';

const TYPE = 'AWS::ARCZonalShift::ZonalAutoshiftConfiguration';

function shifted(options: Partial<PracticeRunOptions> = {}): MultiAzClinicalApp {
  return clinicalApp({
    app: { zonalAutoshift: ZonalAutoshift.withPracticeRuns({ timeZone: 'America/New_York', ...options }) },
  });
}

function templateOf(app: MultiAzClinicalApp): Template {
  return Template.fromStack(Stack.of(app));
}

/** Compute that is not ours, with as much capacity as a test wants. */
function withCapacity(capacity: ComputeConfig['capacity']): MultiAzClinicalApp {
  const { compute } = clinicalApp();
  return clinicalApp({
    app: {
      compute: { bind: () => ({ ...compute, capacity, rollback: undefined }) },
      zonalAutoshift: ZonalAutoshift.withPracticeRuns({ timeZone: 'UTC' }),
    },
  });
}

describe('with practice runs', () => {
  test('AWS shifts the load balancer, and practises outside the clinical peak of the hospital', () => {
    templateOf(shifted()).hasResourceProperties(TYPE, {
      ResourceIdentifier: { Ref: 'AppIngressLoadBalancerEDE4497F' },
      ZonalAutoshiftStatus: 'ENABLED',
      PracticeRunConfiguration: {
        OutcomeAlarms: [{ Type: 'CLOUDWATCH', AlarmIdentifier: Match.anyValue() }],
        BlockedWindows: ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'].map((day) => `${day}:11:00-${day}:23:59`),
        BlockedDates: Match.absent(),
        BlockingAlarms: Match.absent(),
      },
    });
  });

  test('fails a practice run on what users notice', () => {
    const template = templateOf(shifted());
    const outcome = Object.values(template.findResources(TYPE))[0].Properties.PracticeRunConfiguration.OutcomeAlarms[0];
    const composite = template.findResources('AWS::CloudWatch::CompositeAlarm')[
      outcome.AlarmIdentifier['Fn::GetAtt'][0]
    ];
    const rule = JSON.stringify(composite.Properties.AlarmRule);
    for (const felt of ['ServerErrorRate', 'LoadBalancerErrors', 'NoHealthyTarget', 'ServerErrors', 'Latency']) {
      expect(rule).toContain(`IngressTelemetry${felt}`);
    }
    expect(rule).not.toContain('UnhealthyTargets'); // the targets of the zone may well be
  });

  test('takes alarms, windows and dates of your own', () => {
    const stack = new Stack(new App(), 'Ehr', { env: VIRGINIA });
    const alarm = (name: string) =>
      cloudwatch.Alarm.fromAlarmArn(stack, name, `arn:aws:cloudwatch:us-east-1:${ACCOUNT}:alarm:${name}`);
    clinicalAppIn(stack, {
      app: {
        zonalAutoshift: ZonalAutoshift.withPracticeRuns({
          timeZone: 'Europe/Berlin',
          blockedWindows: [LocalWindow.on([Weekday.TUESDAY], '09:00', '10:00')],
          blockedDates: ['2026-12-25'],
          outcomeAlarm: alarm('outcome'),
          blockingAlarm: alarm('blocking'),
        }),
      },
    });
    Template.fromStack(stack).hasResourceProperties(TYPE, {
      PracticeRunConfiguration: {
        OutcomeAlarms: [
          { Type: 'CLOUDWATCH', AlarmIdentifier: `arn:aws:cloudwatch:us-east-1:${ACCOUNT}:alarm:outcome` },
        ],
        BlockingAlarms: [
          { Type: 'CLOUDWATCH', AlarmIdentifier: `arn:aws:cloudwatch:us-east-1:${ACCOUNT}:alarm:blocking` },
        ],
        BlockedWindows: ['Tue:07:00-Tue:09:00'],
        BlockedDates: ['2026-12-24', '2026-12-25'],
      },
    });
  });

  test('tells the topic of practice runs that did not succeed, and of autoshifts', () => {
    templateOf(shifted()).hasResourceProperties('AWS::Events::Rule', {
      EventPattern: {
        source: ['aws.arc-zonal-shift'],
        'detail-type': Match.arrayWith(['Practice Run Failed', 'Autoshift In Progress']),
      },
      Targets: [Match.objectLike({ Arn: { Ref: 'AppNotificationsTopic252BC2AD' } })],
    });
  });

  test('is declared as automatic, with the time until nobody uses the zone any more', () => {
    expect(shifted().recoveryThresholds).toContainEqual(
      expect.objectContaining({
        scope: 'AVAILABILITY_ZONE',
        action: expect.stringContaining('zonal autoshift'),
        automation: RecoveryAutomation.AUTOMATIC,
        expected: expect.objectContaining({ amount: 360 }), // the TTL of the address, and the life of a connection
      }),
    );
  });

  test('is repeated in the recovery Region, for what runs there', () => {
    const { recoveryStack } = hospital({
      app: () => ({ zonalAutoshift: ZonalAutoshift.withPracticeRuns({ timeZone: 'America/New_York' }) }),
    });
    Template.fromStack(recoveryStack).resourceCountIs(TYPE, 1);
  });
});

describe('none', () => {
  test('is the default: nothing is made, and a person can shift', () => {
    const app = clinicalApp();
    templateOf(app).resourceCountIs(TYPE, 0);
    expect(app.recoveryThresholds).toContainEqual(
      expect.objectContaining({
        automation: RecoveryAutomation.ONE_COMMAND,
        action: expect.stringContaining('start-zonal-shift'),
      }),
    );
  });

  test('with a reason shows the reason where people look', () => {
    const app = clinicalApp({
      app: { zonalAutoshift: ZonalAutoshift.none({ reason: 'the vendor certifies no traffic shift' }) },
    });
    templateOf(app).resourceCountIs(TYPE, 0);
    expect(JSON.stringify(app.recoveryThresholds)).toContain('the vendor certifies no traffic shift');
  });

  test('fails without a reason', () => {
    expect(() => ZonalAutoshift.none({ reason: ' ' })).toThrow(/needs the reason.*InvalidPracticeRuns/);
  });
});

describe('fails', () => {
  test('for a time zone and dates that are none, naming all', () => {
    expect(() =>
      ZonalAutoshift.withPracticeRuns({ timeZone: 'Mars/Base', blockedDates: ['25.12.2026', '2026-02-30'] }),
    ).toThrow(/got "Mars\/Base".*got "25.12.2026".*got "2026-02-30" \[InvalidPracticeRuns\]/);
  });

  test('for more windows than ARC takes', () => {
    const windows = [
      LocalWindow.daily('07:00', '08:00'),
      LocalWindow.daily('10:00', '11:00'),
      LocalWindow.daily('13:00', '14:00'),
    ];
    expect(() => ZonalAutoshift.withPracticeRuns({ timeZone: 'UTC', blockedWindows: windows })).toThrow(
      /blockedWindows take 21 entries in UTC .*more than the 15/,
    );
    const dates = Array.from({ length: 16 }, (_, day) => `2026-12-${String(day + 1).padStart(2, '0')}`);
    expect(() => ZonalAutoshift.withPracticeRuns({ timeZone: 'UTC', blockedDates: dates })).toThrow(
      /blockedDates take 16 entries/,
    );
  });

  test('for windows that leave no time to practise', () => {
    expect(() =>
      ZonalAutoshift.withPracticeRuns({ timeZone: 'UTC', blockedWindows: [LocalWindow.daily('00:00', '24:00')] }),
    ).toThrow(/leave no time for a practice run/);
  });

  test('where what is left without a zone does not carry the peak, with the capacity that would', () => {
    expect(() => withCapacity({ peak: 6, running: 8, unit: 'instance' })).toThrow(
      /of 8 instances over 3 zones 5 are left then, and the declared peak takes 6; run ceil\(6 \/ 2\) × 3 = 9 \[NoCapacityForZoneLoss at Ehr\/App\/ZonalAutoshift\]/,
    );
    expect(() => withCapacity({ peak: 6, running: 9, unit: 'instance' })).not.toThrow();
  });

  test('counts with two zones where their number is only known at deployment', () => {
    const app = () =>
      clinicalApp({
        app: {
          network: new SmallNetwork(3, false),
          zonalAutoshift: ZonalAutoshift.withPracticeRuns({ timeZone: 'UTC' }),
        },
      });
    expect(app).not.toThrow(); // 12 tasks run for a peak of 6
  });

  test('where nothing allows a zonal shift', () => {
    const ingress: IIngress = {
      bind: (scope) => ({
        entryPoint: { address: 'ehr', protocol: 'TEST', port: 1, path: scope.node.path },
        alarms: [],
        deploymentAlarms: [],
        widgets: [],
      }),
    };
    const zonalAutoshift = ZonalAutoshift.withPracticeRuns({ timeZone: 'UTC' });
    expect(() => clinicalApp({ app: { ingress: [ingress], zonalAutoshift } })).toThrow(/NothingToShift at Ehr\/App/);
  });

  test('where nothing could decide a practice run', () => {
    const ingress: IIngress = {
      bind: (scope) => ({
        entryPoint: { address: 'ehr', protocol: 'TEST', port: 1, path: scope.node.path },
        alarms: [],
        deploymentAlarms: [],
        widgets: [],
        zonalShift: {
          resourceArn: 'arn:aws:elasticloadbalancing:us-east-1:1:loadbalancer/net/x/1',
          settlesIn: Duration.seconds(60),
        },
      }),
    };
    const zonalAutoshift = ZonalAutoshift.withPracticeRuns({ timeZone: 'UTC' });
    expect(() => clinicalApp({ app: { ingress: [ingress], zonalAutoshift } })).toThrow(
      /give outcomeAlarm \[NoOutcomeAlarm/,
    );
  });

  test('for an alarm of another Region: a system in two Regions leaves it out', () => {
    const zonalAutoshift = (stack: Stack) =>
      ZonalAutoshift.withPracticeRuns({
        timeZone: 'UTC',
        outcomeAlarm: cloudwatch.Alarm.fromAlarmArn(
          stack,
          'Given',
          `arn:aws:cloudwatch:us-east-1:${ACCOUNT}:alarm:mine`,
        ),
      });
    expect(() => hospital({ app: (stack) => ({ zonalAutoshift: zonalAutoshift(stack) }) })).toThrow(
      /outcomeAlarm is in another Region than the load balancer in us-west-2.*AlarmInOtherRegion at EhrDr/,
    );
  });
});

test('fails for compute of which one task runs, with what to do instead', () => {
  const image = ecs.ContainerImage.fromRegistry(`example.org/engine@${DIGEST}`);
  expect(() =>
    clinicalApp({
      app: {
        objectives: ResilienceObjectives.forTier(ClinicalTier.OPERATIONAL, { biaReference: 'BIA-1' }),
        compute: Compute.activePassive({ image, port: 8080 }),
        zonalAutoshift: ZonalAutoshift.withPracticeRuns({ timeZone: 'UTC' }),
      },
    }),
  ).toThrow(/cannot lose its zone every week; leave zonalAutoshift out \[NoCapacityForZoneLoss/);
});
