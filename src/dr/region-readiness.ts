import { Duration, Stack } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import * as events from 'aws-cdk-lib/aws-events';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import type * as logs from 'aws-cdk-lib/aws-logs';
import type * as sqs from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { FailureScope, UndeliveredEvents } from '../core';
import { fail, Problems } from '../core/private/fail';
import { allowLogGroup, dataKey } from '../data/private/data-key';
import type { CrossRegionDr } from './cross-region-dr';
import { definitionParameterName } from './private/definition-fingerprint';
import { type Outlook, outlookFrom, type ReadinessCheck, regionsOf } from './private/readiness-check';
import { readinessChecks } from './private/readiness-checks';
import { ReadinessFunction } from './private/readiness-function';
import { alarmOnReturnLag } from './private/replication-lag';
import type { RecoveryReadinessProps } from './recovery-readiness-props';

/** Properties of a RegionReadiness. */
export interface RegionReadinessProps extends RecoveryReadinessProps {
  /** The Region that watches, which is that of its stack. */
  readonly region: string;
}

const NAMESPACE = 'CdkResilientEhr';
const SHORTEST = Duration.minutes(5);
const LONGEST = Duration.hours(6);
const DEFAULT_LONGEST = Duration.hours(1);

/** Whether one Region could take over from the other now, watched in that Region. `RecoveryReadiness` makes it where it is needed. */
export class RegionReadiness extends Construct {
  /** Whose Regions are compared. */
  public readonly dr: CrossRegionDr;
  /** How often. */
  public readonly interval: Duration;
  /** What is compared: the values of the dimension `Check`. */
  public readonly checks: string[];
  /** One alarm for each check, in their order. */
  public readonly alarms: cloudwatch.Alarm[];
  /** Goes off when the other Region does not answer: what could not be compared may or may not be ready. */
  public readonly cannotCompareAlarm: cloudwatch.Alarm;
  /**
   * In the primary Region, with an Aurora global database: goes off when the copy there is further behind than the RPO for REGION, or is none yet.
   * In the recovery Region `CrossRegionDr` has one.
   */
  public readonly replicationLagAlarm?: cloudwatch.Alarm;
  /** Name of the parameter, in both Regions, with what each was deployed from. */
  public readonly definitionParameterName: string;
  /** What compares. */
  public readonly handler: lambda.Function;
  /** What was found, in words: findings are JSON, one line a check. */
  public readonly logGroup: logs.LogGroup;
  private readonly outlook: Outlook;

  /** @throws InvalidReadiness naming every mistake in the properties */
  public constructor(scope: Construct, id: string, props: RegionReadinessProps) {
    super(scope, id);
    const { dr } = props;
    this.dr = dr;
    this.outlook = outlookFrom(dr, props.region);
    this.interval = props.interval ?? this.defaultInterval();
    const validity = props.certificateValidity ?? Duration.days(30);
    this.validate(validity);
    this.definitionParameterName = definitionParameterName(dr.primary.systemName);
    const checks = [...readinessChecks(this.outlook, validity.toDays()), this.definitionCheck()];
    this.checks = checks.map(({ name }) => name);
    const undelivered = this.undelivered();
    const { handler, logGroup } = new ReadinessFunction(this, 'Comparison', {
      systemName: dr.primary.systemName,
      ...this.logDestination(),
      rights: checks.flatMap(({ rights }) => rights),
      deadLetterQueue: undelivered,
      namespace: NAMESPACE,
    });
    this.handler = handler;
    this.logGroup = logGroup;
    this.schedule(checks, undelivered);
    this.alarms = checks.map((check) => this.alarmOnNotReady(check));
    this.cannotCompareAlarm = this.alarmOnCannotCompare();
    for (const alarm of [...this.alarms, this.cannotCompareAlarm]) {
      this.tell(alarm);
    }
    this.replicationLagAlarm = props.region === dr.primaryRegion ? alarmOnReturnLag(this, dr) : undefined;
    this.outlook.side?.dashboard.addWidgets(this.widget());
  }

  /**
   * What is not ready of one check, as a number: the maximum over an interval.
   *
   * @throws UnknownReadinessCheck when the system has nothing of the kind
   */
  public metricNotReady(check: string, options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    if (!this.checks.includes(check)) {
      fail(this, 'UnknownReadinessCheck', `there is no check "${check}", only ${this.checks.join(', ')}`);
    }
    return this.metric('NotReady', { Check: check }).with({ ...options });
  }

  /** Checks that the other Region did not answer: the maximum over an interval. */
  public metricCannotCompare(options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.metric('CannotCompare').with({ ...options });
  }

  private metric(metricName: string, dimensions: Record<string, string> = {}): cloudwatch.Metric {
    return new cloudwatch.Metric({
      namespace: NAMESPACE,
      metricName,
      dimensionsMap: { System: this.dr.primary.systemName, ...dimensions },
      statistic: cloudwatch.Stats.MAXIMUM,
      period: this.interval,
    });
  }

  private defaultInterval(): Duration {
    const quarter = Math.floor(
      this.dr.primary.objectives.forScope(FailureScope.REGION).rto.toMinutes({ integral: false }) / 4,
    );
    return Duration.minutes(Math.min(DEFAULT_LONGEST.toMinutes(), Math.max(SHORTEST.toMinutes(), quarter)));
  }

  private validate(certificateValidity: Duration): void {
    const { interval } = this;
    const { region } = this.outlook;
    const problems = new Problems(this, 'InvalidReadiness');
    const seconds = interval.toSeconds();
    problems.require(
      seconds >= SHORTEST.toSeconds() && seconds <= LONGEST.toSeconds() && seconds % 60 === 0,
      `interval must be whole minutes from ${SHORTEST.toHumanString()} to ${LONGEST.toHumanString()}, got ${interval.toHumanString()}`,
    );
    const days = certificateValidity.toDays({ integral: false });
    problems.require(
      Number.isInteger(days) && days >= 1 && days <= 45,
      `certificateValidity must be whole days from 1 to 45, got ${certificateValidity.toHumanString()}`,
    );
    problems.require(
      Stack.of(this).region === region,
      `readiness is watched where recovery happens, in ${region}, got a stack of ${Stack.of(this).region}`,
    );
    problems.throwIfAny();
  }

  private definitionCheck(): ReadinessCheck {
    const { definitionParameterName: parameter } = this;
    const resources = regionsOf(this.outlook).map((region) =>
      Stack.of(this).formatArn({ service: 'ssm', region, resource: 'parameter', resourceName: parameter.slice(1) }),
    );
    return {
      name: 'Definition',
      meaning: 'one Region was deployed from another definition than the other, and hours ago',
      wanted: { parameter },
      rights: [{ actions: ['ssm:GetParameter'], resources }],
    };
  }

  /** The system's own; before anything of it runs here, one of this. */
  private undelivered(): sqs.IQueue {
    if (this.outlook.side) {
      return this.outlook.side._keepUndelivered();
    }
    const undelivered = new UndeliveredEvents(this, 'UndeliveredEvents');
    this.tell(undelivered.alarm);
    return undelivered.queue;
  }

  private tell(alarm: cloudwatch.Alarm): void {
    const { side, dr } = this.outlook;
    if (side) {
      side._addAlarm(alarm);
      return;
    }
    const action = new SnsAction(dr.landing.notifications.topic);
    alarm.addAlarmAction(action);
    alarm.addOkAction(action);
  }

  /** The key's policy is where the key is: of the recovery Region, in the landing. */
  private logDestination(): { logGroupName: string; encryptionKey: kms.IKey } {
    const { primary, landing, primaryRegion } = this.dr;
    const logGroupName = `/${primary.systemName}/readiness`;
    if (this.outlook.region === primaryRegion) {
      const stores = [primary.documents, primary.database, ...Object.values(primary.files), primary.backup];
      const store = stores.find((each) => each !== undefined);
      const encryptionKey =
        store?.encryptionKey ??
        dataKey(this, 'Key', `Encrypts what is found of ${primary.systemName}`, primary.dataProtection);
      allowLogGroup(encryptionKey, this, logGroupName);
      return { logGroupName, encryptionKey };
    }
    allowLogGroup(landing.encryptionKey, landing.stack, logGroupName);
    return { logGroupName, encryptionKey: landing.importedKey };
  }

  private schedule(checks: ReadinessCheck[], deadLetterQueue: sqs.IQueue): void {
    const { systemName } = this.dr.primary;
    const { region, otherRegion } = this.outlook;
    new events.Rule(this, 'Schedule', {
      description: `Compares the Regions of ${systemName}`,
      schedule: events.Schedule.rate(this.interval),
      targets: [
        new targets.LambdaFunction(this.handler, {
          maxEventAge: SHORTEST, // the next one comes anyway
          deadLetterQueue,
          event: events.RuleTargetInput.fromObject({
            system: systemName,
            region,
            otherRegion,
            checks: Object.fromEntries(checks.map(({ name, wanted }) => [name, wanted])),
          }),
        }),
      ],
    });
  }

  private alarmOnNotReady({ name, meaning }: ReadinessCheck): cloudwatch.Alarm {
    const { region } = this.outlook;
    return new cloudwatch.Alarm(this, `${name}NotReady`, {
      alarmDescription: `${this.dr.primary.systemName} could not recover in ${region} as planned: ${meaning}; or nobody looked. Log group ${this.logGroup.logGroupName} says what`,
      metric: this.metricNotReady(name),
      threshold: 0,
      comparisonOperator: cloudwatch.ComparisonOperator.GREATER_THAN_THRESHOLD,
      evaluationPeriods: 2,
      datapointsToAlarm: 2,
      treatMissingData: cloudwatch.TreatMissingData.BREACHING, // a check that stopped is no readiness
    });
  }

  private alarmOnCannotCompare(): cloudwatch.Alarm {
    const { region, otherRegion } = this.outlook;
    return new cloudwatch.Alarm(this, 'CannotCompare', {
      alarmDescription: `${this.dr.primary.systemName}: ${otherRegion} does not answer, so that nobody knows whether ${region} is what it is. While ${otherRegion} is lost that is so, and no reason to wait`,
      metric: this.metricCannotCompare(),
      threshold: 0,
      comparisonOperator: cloudwatch.ComparisonOperator.GREATER_THAN_THRESHOLD,
      evaluationPeriods: 2,
      datapointsToAlarm: 2,
      treatMissingData: cloudwatch.TreatMissingData.NOT_BREACHING, // silence is heard by every other alarm
    });
  }

  private widget(): cloudwatch.IWidget {
    return new cloudwatch.GraphWidget({
      title: 'Not ready to recover',
      width: 24,
      left: [
        ...this.checks.map((check) => this.metricNotReady(check, { label: check })),
        this.metricCannotCompare({ label: 'Cannot compare' }),
      ],
      leftYAxis: { min: 0, showUnits: false },
    });
  }
}
