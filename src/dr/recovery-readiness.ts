import { Duration, Stack } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as events from 'aws-cdk-lib/aws-events';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import type * as logs from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { FailureScope } from '../core';
import { fail, Problems } from '../core/private/fail';
import type { CrossRegionDr } from './cross-region-dr';
import { DefinitionFingerprint } from './private/definition-fingerprint';
import type { ReadinessCheck } from './private/readiness-check';
import { readinessChecks } from './private/readiness-checks';
import { ReadinessFunction } from './private/readiness-function';

/** Properties of a RecoveryReadiness. */
export interface RecoveryReadinessProps {
  /** Whose Regions are compared. */
  readonly dr: CrossRegionDr;
  /**
   * How often, 5 minutes to 6 hours. Alarms go off after two times in a row, so that a deployment or a rotation in between does not
   * set them off.
   *
   * @default - a quarter of the RTO for REGION, 5 minutes to one hour: judgement
   */
  readonly interval?: Duration;
  /**
   * How long certificates of the recovery Region have to be valid still, 1 to 45 days. AWS Certificate Manager renews those that it issued
   * before, unless the proof in DNS is gone; imported ones it does not renew.
   *
   * @default Duration.days(30)
   * @see https://docs.aws.amazon.com/acm/latest/userguide/managed-renewal.html
   */
  readonly certificateValidity?: Duration;
}

const NAMESPACE = 'CdkResilientEhr';
const SHORTEST = Duration.minutes(5);
const LONGEST = Duration.hours(6);
const DEFAULT_LONGEST = Duration.hours(1);

/**
 * Whether the recovery Region could take over now: a function there compares it with the primary Region, again and again, and an alarm
 * there goes off for each thing that is missing, behind, smaller or about to end. Drift is found before a disaster, not in it.
 *
 * Compared is what the system has: its database (version, parameters, size), how far file shares are behind, the secrets, parameters, images and certificates that tasks
 * start with, capacity and service quotas, and the definition that each Region was deployed from. Values of secrets are never read.
 *
 * A check that stops is no readiness: its silence sets its alarm off. While the primary Region does not answer, `NotReady` tells what can
 * be told from this Region alone, and `CannotCompare` that this is all; neither is a reason to wait with a failover. Users of the primary
 * Region notice nothing: it is only read, by name.
 *
 * It costs a metric and an alarm for each check, about 0.40 USD a month each, and next to nothing for the function and its log.
 *
 * @see https://docs.aws.amazon.com/wellarchitected/latest/reliability-pillar/rel_planning_for_recovery_config_drift.html
 */
export class RecoveryReadiness extends Construct {
  /** Whose Regions are compared. */
  public readonly dr: CrossRegionDr;
  /** How often. */
  public readonly interval: Duration;
  /** What is compared: the values of the dimension `Check`. */
  public readonly checks: string[];
  /** One alarm for each check, in their order. */
  public readonly alarms: cloudwatch.Alarm[];
  /** Goes off when the primary Region does not answer: what could not be compared may or may not be ready. */
  public readonly cannotCompareAlarm: cloudwatch.Alarm;
  /** Name of the parameter, in both Regions, with what each was deployed from. */
  public readonly definitionParameterName: string;
  /** What compares. */
  public readonly handler: lambda.Function;
  /** What was found, in words: findings are JSON, one line a check. */
  public readonly logGroup: logs.LogGroup;

  /**
   * @throws InvalidReadiness naming every mistake in the properties
   * @throws NothingRestored with backup and restore, where nothing runs that could be compared
   */
  public constructor(scope: Construct, id: string, props: RecoveryReadinessProps) {
    super(scope, id);
    const { dr } = props;
    const { systemName } = dr.primary;
    this.dr = dr;
    this.interval = props.interval ?? this.defaultInterval();
    const validity = props.certificateValidity ?? Duration.days(30);
    this.validate(validity);
    const fingerprint = new DefinitionFingerprint(dr.primary, systemName);
    fingerprint.keepIn(dr.primary, 'Definition');
    fingerprint.keepIn(this, 'Definition');
    this.definitionParameterName = fingerprint.parameterName;
    const checks = [...readinessChecks(dr, validity.toDays()), this.definitionCheck()];
    this.checks = checks.map(({ name }) => name);
    const { handler, logGroup } = new ReadinessFunction(this, 'Comparison', {
      systemName,
      landing: dr.landing,
      rights: checks.flatMap(({ rights }) => rights),
      deadLetterQueue: dr.recovery._keepUndelivered(),
      namespace: NAMESPACE,
    });
    this.handler = handler;
    this.logGroup = logGroup;
    this.schedule(checks);
    this.alarms = checks.map((check) => this.alarmOnNotReady(check));
    this.cannotCompareAlarm = this.alarmOnCannotCompare();
    for (const alarm of [...this.alarms, this.cannotCompareAlarm]) {
      dr.recovery._addAlarm(alarm);
    }
    dr.recovery.dashboard.addWidgets(this.widget());
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

  /** Checks that the primary Region did not answer: the maximum over an interval. */
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
    const { dr, interval } = this;
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
      Stack.of(this).region === dr.recoveryRegion,
      `readiness is watched where recovery happens, in ${dr.recoveryRegion}, got a stack of ${Stack.of(this).region}`,
    );
    problems.throwIfAny();
  }

  private definitionCheck(): ReadinessCheck {
    const { dr, definitionParameterName: parameter } = this;
    const resources = [dr.recoveryRegion, dr.primaryRegion].map((region) =>
      Stack.of(this).formatArn({ service: 'ssm', region, resource: 'parameter', resourceName: parameter.slice(1) }),
    );
    return {
      name: 'Definition',
      meaning: 'one Region was deployed from another definition than the other, and hours ago',
      wanted: { parameter },
      rights: [{ actions: ['ssm:GetParameter'], resources }],
    };
  }

  private schedule(checks: ReadinessCheck[]): void {
    const { dr } = this;
    new events.Rule(this, 'Schedule', {
      description: `Compares the Regions of ${dr.primary.systemName}`,
      schedule: events.Schedule.rate(this.interval),
      targets: [
        new targets.LambdaFunction(this.handler, {
          maxEventAge: SHORTEST, // the next one comes anyway
          deadLetterQueue: dr.recovery._keepUndelivered(),
          event: events.RuleTargetInput.fromObject({
            system: dr.primary.systemName,
            region: dr.recoveryRegion,
            primaryRegion: dr.primaryRegion,
            checks: Object.fromEntries(checks.map(({ name, wanted }) => [name, wanted])),
          }),
        }),
      ],
    });
  }

  private alarmOnNotReady({ name, meaning }: ReadinessCheck): cloudwatch.Alarm {
    return new cloudwatch.Alarm(this, `${name}NotReady`, {
      alarmDescription: `${this.dr.primary.systemName} could not recover in ${this.dr.recoveryRegion} as planned: ${meaning}; or nobody looked. Log group ${this.logGroup.logGroupName} says what`,
      metric: this.metricNotReady(name),
      threshold: 0,
      comparisonOperator: cloudwatch.ComparisonOperator.GREATER_THAN_THRESHOLD,
      evaluationPeriods: 2,
      datapointsToAlarm: 2,
      treatMissingData: cloudwatch.TreatMissingData.BREACHING, // a check that stopped is no readiness
    });
  }

  private alarmOnCannotCompare(): cloudwatch.Alarm {
    return new cloudwatch.Alarm(this, 'CannotCompare', {
      alarmDescription: `${this.dr.primary.systemName}: ${this.dr.primaryRegion} does not answer, so that nobody knows whether ${this.dr.recoveryRegion} is what it is. While ${this.dr.primaryRegion} is lost that is so, and no reason to wait`,
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
