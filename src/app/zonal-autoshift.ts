import { Stack } from 'aws-cdk-lib';
import * as arc from 'aws-cdk-lib/aws-arczonalshift';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as events from 'aws-cdk-lib/aws-events';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import type * as sns from 'aws-cdk-lib/aws-sns';
import type * as sqs from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { FailureScope, RecoveryAutomation, type RecoveryThreshold } from '../core';
import { LocalWindow } from '../core/local-window';
import { fail, Problems } from '../core/private/fail';
import { isTimeZone } from '../core/private/time-zone';
import { livesElsewhere } from './private/regional-arn';
import { utcDates, utcWindows } from './private/utc-windows';
import type { ZonalShiftTarget } from './zonal-shift-target';

/** https://docs.aws.amazon.com/r53recovery/latest/dg/arc-zonal-autoshift.how-it-works.html */
const SOURCE = 'https://docs.aws.amazon.com/r53recovery/latest/dg/arc-zonal-autoshift.how-it-works.html';
/** Most windows, and most dates: https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-properties-arczonalshift-zonalautoshiftconfiguration-practicerunconfiguration.html */
const MOST_ENTRIES = 15;

/** Options of zonal autoshift with its practice runs. */
export interface PracticeRunOptions {
  /** The hospital's time zone, by its IANA name: `America/New_York`. */
  readonly timeZone: string;
  /**
   * Hours without practice runs: the clinical peak. They are converted to UTC for the summer and the winter clock, and both are
   * blocked. Autoshifts for a real impairment happen at any time.
   *
   * @default [LocalWindow.daily('07:00', '19:00')] - judgement: when wards are busiest
   */
  readonly blockedWindows?: LocalWindow[];
  /**
   * Days without practice runs, on the hospital's calendar, as `YYYY-MM-DD`: a go-live, a mass event.
   *
   * @default - none
   */
  readonly blockedDates?: string[];
  /**
   * What ends a practice run and makes it a failure. In the account and Region of the system.
   *
   * @default - a composite alarm: users cannot come in, or the answers they get are slow or errors
   */
  readonly outcomeAlarm?: cloudwatch.IAlarm;
  /**
   * What keeps a practice run from starting and interrupts one, without making it a failure. In the account and Region of the
   * system.
   *
   * @default - none; ARC itself checks that capacity is balanced, and starts none during a fault-injection experiment
   */
  readonly blockingAlarm?: cloudwatch.IAlarm;
}

/** Options of having no zonal autoshift. */
export interface NoZonalAutoshiftOptions {
  /** Why AWS shall not move traffic away from a zone by itself. Shown with the command that does it. */
  readonly reason: string;
}

/** What zonal autoshift is told of the system. */
export interface ZonalAutoshiftSubject {
  readonly systemName: string;
  readonly targets: ZonalShiftTarget[];
  readonly notifications: sns.ITopic;
  /** Keeps news that could not be sent. */
  readonly deadLetterQueue?: sqs.IQueue;
  /** Units that the load takes, and that run, over how many zones. */
  readonly needed: number;
  readonly running: number;
  readonly unit: string;
  /** Whether more than one may not run. */
  readonly runsOnce: boolean;
  readonly zones: number;
  /** Alarms on what users notice. They decide a practice run where no other alarm is given. */
  readonly feltByUsers: cloudwatch.IAlarm[];
}

/** Whether AWS moves traffic away from an impaired zone by itself. */
export class ZonalAutoshift {
  /**
   * AWS moves traffic away from a zone when its own telemetry says that the zone is impaired, and for about 30 minutes a week to
   * practise. Practice runs are what AWS asks for in return, and the proof that what runs without a zone is enough.
   *
   * Costs nothing by itself. What remains without a zone must carry the peak: the application fails with
   * `NoCapacityForZoneLoss` where it does not.
   *
   * @see https://docs.aws.amazon.com/r53recovery/latest/dg/arc-zonal-autoshift.considerations.html
   * @throws InvalidPracticeRuns naming every mistake: an unknown time zone, dates that are none, more than 15 windows or dates in
   * UTC, windows that leave no time
   */
  public static withPracticeRuns(options: PracticeRunOptions): ZonalAutoshift {
    const windows = options.blockedWindows ?? [LocalWindow.daily('07:00', '19:00')];
    const schedule = scheduleOf(options, windows);
    return new ZonalAutoshift(undefined, (scope, subject) => {
      new ShiftedZones(scope, 'ZonalAutoshift', subject, schedule, options);
    });
  }

  /**
   * No zonal autoshift, for a reason: a person moves traffic, with the command on the dashboard.
   *
   * @throws InvalidPracticeRuns when the reason is empty
   */
  public static none(options: NoZonalAutoshiftOptions): ZonalAutoshift {
    if (options.reason.trim() === '') {
      fail(
        undefined,
        'InvalidPracticeRuns',
        'ZonalAutoshift.none needs the reason why a person moves traffic, got an empty string',
      );
    }
    return new ZonalAutoshift(options.reason, () => {});
  }

  private constructor(
    private readonly reasonForNone: string | undefined,
    private readonly attach: (scope: Construct, subject: ZonalAutoshiftSubject) => void,
  ) {}

  /** @internal */
  public _bind(scope: Construct, subject: ZonalAutoshiftSubject): void {
    this.attach(scope, subject);
  }

  /**
   * Whether it sends news.
   *
   * @internal
   */
  public get _announces(): boolean {
    return this.reasonForNone === undefined;
  }

  /**
   * What happens when a zone is impaired but not dead, which health checks cannot see.
   *
   * @internal
   */
  public _thresholds(targets: ZonalShiftTarget[]): RecoveryThreshold[] {
    if (this.reasonForNone !== undefined) {
      return manualZonalShift(targets, ` (no autoshift: ${this.reasonForNone})`);
    }
    return targets.map(({ settlesIn }) => ({
      scope: FailureScope.AVAILABILITY_ZONE,
      measured: 'the telemetry of AWS for each zone',
      threshold: 'AWS judges a zone to be impaired',
      action: 'traffic leaves the zone until AWS judges it to be well again (zonal autoshift)',
      automation: RecoveryAutomation.AUTOMATIC,
      expected: settlesIn,
      source: SOURCE,
    }));
  }
}

/** Where nothing was said, or said not to be wanted, a person can still move traffic. */
export function manualZonalShift(targets: ZonalShiftTarget[], why = ''): RecoveryThreshold[] {
  return targets.map(({ settlesIn }) => ({
    scope: FailureScope.AVAILABILITY_ZONE,
    measured: 'errors and response times, zone by zone',
    threshold: `a person sees that one zone is worse than the others${why}`,
    action: 'a person shifts traffic away from the zone: aws arc-zonal-shift start-zonal-shift',
    automation: RecoveryAutomation.ONE_COMMAND,
    expected: settlesIn,
    source: 'https://docs.aws.amazon.com/r53recovery/latest/dg/arc-zonal-shift.how-it-works.html',
  }));
}

interface Schedule {
  readonly blockedWindows: string[];
  readonly blockedDates: string[];
}

function scheduleOf({ timeZone, blockedDates = [] }: PracticeRunOptions, windows: LocalWindow[]): Schedule {
  const problems = new Problems(undefined, 'InvalidPracticeRuns');
  problems.require(
    isTimeZone(timeZone),
    `timeZone must be an IANA name such as America/New_York, got "${timeZone}", which this Node.js does not know`,
  );
  for (const date of blockedDates) {
    problems.require(isDate(date), `a blocked date must be a day written YYYY-MM-DD, got "${date}"`);
  }
  problems.throwIfAny();
  const schedule = {
    blockedWindows: utcWindows(windows, timeZone, new Date().getUTCFullYear()),
    blockedDates: utcDates(blockedDates, timeZone),
  };
  for (const [name, entries] of Object.entries(schedule)) {
    problems.require(
      entries.length <= MOST_ENTRIES,
      `${name} take ${entries.length} entries in UTC (${entries.join(', ')}), more than the ${MOST_ENTRIES} that ARC takes; give fewer or longer ones`,
    );
  }
  const wholeDays = schedule.blockedWindows.filter((window) => /:00:00-\w+:23:59$/.test(window));
  problems.require(
    wholeDays.length < 7,
    'blockedWindows leave no time for a practice run, which zonal autoshift requires',
  );
  problems.throwIfAny();
  return schedule;
}

function isDate(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && new Date(`${text}T00:00:00Z`).toJSON()?.startsWith(text) === true;
}

/** Zonal autoshift of every load balancer of a system. */
class ShiftedZones extends Construct {
  public constructor(
    scope: Construct,
    id: string,
    subject: ZonalAutoshiftSubject,
    schedule: Schedule,
    options: PracticeRunOptions,
  ) {
    super(scope, id);
    this.requireTargets(subject);
    this.requireCapacity(subject);
    this.requireSameRegion(options);
    const outcome = options.outcomeAlarm ?? this.outcomeAlarm(subject);
    subject.targets.forEach(({ resourceArn }, index) => {
      new arc.CfnZonalAutoshiftConfiguration(this, `Target${index + 1}`, {
        resourceIdentifier: resourceArn,
        zonalAutoshiftStatus: 'ENABLED',
        practiceRunConfiguration: {
          outcomeAlarms: [controlCondition(outcome)],
          blockingAlarms: options.blockingAlarm && [controlCondition(options.blockingAlarm)],
          blockedWindows: schedule.blockedWindows.length > 0 ? schedule.blockedWindows : undefined,
          blockedDates: schedule.blockedDates.length > 0 ? schedule.blockedDates : undefined,
        },
      });
    });
    this.announce(subject);
  }

  private requireTargets({ targets }: ZonalAutoshiftSubject): void {
    if (targets.length === 0) {
      fail(
        this,
        'NothingToShift',
        'zonalAutoshift needs an ingress whose load balancer allows zonal shifts, got none; leave it out, or use Ingress.https',
      );
    }
  }

  private requireCapacity({ needed, running, zones, unit, runsOnce }: ZonalAutoshiftSubject): void {
    const left = running - Math.ceil(running / zones);
    if (left < needed) {
      const way = runsOnce
        ? 'compute of which one runs cannot lose its zone every week; leave zonalAutoshift out'
        : `run ceil(${needed} / ${zones - 1}) × ${zones} = ${Math.ceil(needed / (zones - 1)) * zones}`;
      fail(
        this,
        'NoCapacityForZoneLoss',
        `zonalAutoshift takes a zone out of service every week, but of ${running} ${unit}s over ${zones} zones ${left} are left then, and the declared peak takes ${needed}; ${way}`,
      );
    }
  }

  private requireSameRegion({ outcomeAlarm, blockingAlarm }: PracticeRunOptions): void {
    for (const [name, alarm] of Object.entries({ outcomeAlarm, blockingAlarm })) {
      if (alarm && livesElsewhere(this, alarm)) {
        fail(
          this,
          'AlarmInOtherRegion',
          `${name} is in another Region than the load balancer in ${Stack.of(this).region}, and ARC takes alarms of its own Region only; leave it out for a system in two Regions`,
        );
      }
    }
  }

  /** ARC takes one alarm. It has no action: it says nothing that its parts do not say, but when ARC asks. */
  private outcomeAlarm({ feltByUsers, systemName }: ZonalAutoshiftSubject): cloudwatch.IAlarm {
    if (feltByUsers.length === 0) {
      fail(this, 'NoOutcomeAlarm', 'no ingress has alarms that could decide a practice run; give outcomeAlarm');
    }
    return new cloudwatch.CompositeAlarm(this, 'Outcome', {
      alarmDescription: `Users of ${systemName} notice: a practice run without one zone ends, and has failed`,
      alarmRule: cloudwatch.AlarmRule.anyOf(...new Set(feltByUsers)),
    });
  }

  /** A practice run that failed is news: the system would not have carried the loss. */
  private announce({ notifications, systemName, deadLetterQueue }: ZonalAutoshiftSubject): void {
    new events.Rule(this, 'News', {
      description: `Practice runs that did not succeed, and autoshifts, of ${systemName} and all else in this account and Region`,
      eventPattern: {
        source: ['aws.arc-zonal-shift'],
        detailType: ['Practice Run Failed', 'Practice Run Interrupted', 'Autoshift In Progress', 'Autoshift Completed'],
      },
      targets: [new targets.SnsTopic(notifications, { deadLetterQueue })],
    });
  }
}

function controlCondition(alarm: cloudwatch.IAlarm): arc.CfnZonalAutoshiftConfiguration.ControlConditionProperty {
  return { type: 'CLOUDWATCH', alarmIdentifier: alarm.alarmArn };
}
