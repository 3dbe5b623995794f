import { Duration, Stack, Token } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type * as sns from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { RecoveryAutomation, type RecoveryThreshold } from '../core';
import type { IngressConfig } from './ingress-ref';
import type { BoundProbe } from './probes';

/** What `UserImpact` is made of. */
export interface UserImpactProps {
  /** The system's name; alarm names start with it. */
  readonly systemName: string;
  /** Its ways in. */
  readonly ingress: IngressConfig[];
  /**
   * What asks the ways in from outside.
   *
   * @default - nobody asks
   */
  readonly probes?: BoundProbe[];
  /** How long nobody can work until wards start their downtime procedures. */
  readonly downtimeTrigger: Duration;
  /** Where the alarms are sent. */
  readonly notifications: sns.ITopic;
}

/**
 * The alarms that speak of people instead of machines, each with a name that a ward manager can read: a way in is shut, people
 * cannot work, start the downtime procedures. They are composite alarms: one failure is one of them, however many alarms of
 * parts it sets off. Made by `MultiAzClinicalApp`.
 *
 * Costs two composite alarms, and for each way in one more and one alarm on metric math.
 */
export class UserImpact extends Construct {
  /** For each way in that has alarms, in order: users cannot come in. */
  public readonly entryPointAlarms: cloudwatch.CompositeAlarm[];
  /**
   * People cannot work: a way in is shut, or a deep probe does not get an answer. Undefined where no way in has alarms, and
   * nobody probes.
   */
  public readonly unusableAlarm?: cloudwatch.CompositeAlarm;
  /**
   * Nobody could work for so long that wards start their downtime procedures. Undefined where no way in counts the minutes in
   * which nobody can work, and nobody probes.
   */
  public readonly downtimeAlarm?: cloudwatch.CompositeAlarm;
  /** What counts these minutes. */
  public readonly minuteAlarms: cloudwatch.Alarm[];

  public constructor(
    scope: Construct,
    id: string,
    private readonly props: UserImpactProps,
  ) {
    super(scope, id);
    const { systemName, ingress, probes = [] } = props;
    this.entryPointAlarms = definedOnly(ingress.map((way, index) => this.entryPointAlarm(way, index)));
    this.minuteAlarms = definedOnly(ingress.map((way, index) => this.minuteAlarm(way, index)));
    this.unusableAlarm = this.anyOf('Unusable', [...this.entryPointAlarms, ...deepFailures(probes)], {
      name: 'people-cannot-work',
      description: `People cannot work with ${systemName}. When this has lasted ${this.trigger}, start the downtime procedures`,
    });
    this.downtimeAlarm = this.anyOf('Downtime', [...this.minuteAlarms, ...ways(probes, 'downtime')], {
      name: 'start-downtime-procedures',
      description: `Nobody could work with ${systemName} for ${this.trigger}: start the downtime procedures`,
    });
  }

  /** What people do where nothing recovered in time. */
  public get thresholds(): RecoveryThreshold[] {
    if (!this.downtimeAlarm) {
      return [];
    }
    return [
      {
        measured: 'minutes in a row in which nobody can work',
        threshold: this.trigger,
        action: 'wards start their downtime procedures: paper, and the read-only copy',
        automation: RecoveryAutomation.MANUAL,
        expected: Duration.minutes(this.minutes),
        source: 'downtimeTrigger of the objectives',
      },
    ];
  }

  /** Whole minutes, rounded down: rather early than late. */
  private get minutes(): number {
    return Math.floor(this.props.downtimeTrigger.toMinutes({ integral: false }));
  }

  private get trigger(): string {
    return Duration.minutes(this.minutes).toHumanString();
  }

  private entryPointAlarm(way: IngressConfig, index: number): cloudwatch.CompositeAlarm | undefined {
    const { protocol, address } = way.entryPoint;
    const asked = this.props.probes?.filter(({ wayIn, deep }) => wayIn === index && !deep) ?? [];
    const alarms = [...(way.outageAlarms ?? way.alarms), ...ways(asked, 'failing')];
    return this.anyOf(`WayIn${index + 1}`, alarms, {
      name: `way-in-${index + 1}-is-shut`,
      description: `Users cannot come in by ${protocol} at ${address}`,
    });
  }

  private minuteAlarm({ unusable, entryPoint }: IngressConfig, index: number): cloudwatch.Alarm | undefined {
    return (
      unusable &&
      new cloudwatch.Alarm(this, `Minutes${index + 1}`, {
        alarmDescription: `Nobody could work by ${entryPoint.protocol} at ${entryPoint.address} for ${this.trigger}`,
        metric: unusable,
        threshold: 1,
        comparisonOperator: cloudwatch.ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
        evaluationPeriods: this.minutes,
        treatMissingData: cloudwatch.TreatMissingData.BREACHING, // no data is how nothing looks
      })
    );
  }

  private anyOf(
    id: string,
    alarms: cloudwatch.IAlarmRule[],
    { name, description }: { readonly name: string; readonly description: string },
  ): cloudwatch.CompositeAlarm | undefined {
    if (alarms.length === 0) {
      return undefined;
    }
    const { region } = Stack.of(this);
    const place = Token.isUnresolved(region) ? [] : [region]; // messages from two Regions must be told apart
    const alarm = new cloudwatch.CompositeAlarm(this, id, {
      compositeAlarmName: [this.props.systemName, ...place, name].join('-'),
      alarmDescription: description,
      alarmRule: cloudwatch.AlarmRule.anyOf(...alarms),
    });
    const action = new SnsAction(this.props.notifications);
    alarm.addAlarmAction(action);
    alarm.addOkAction(action);
    return alarm;
  }
}

/** A way in that is probed zone by zone is shut when no zone answers. One that fails is for engineers. */
function ways(probes: BoundProbe[], alarm: 'failing' | 'downtime'): cloudwatch.IAlarmRule[] {
  const whole = probes.filter(({ zone }) => zone === undefined).map((probe) => probe[alarm]);
  const zonal = probes.filter(({ zone }) => zone !== undefined);
  const everyZone = [...new Set(zonal.map(({ wayIn }) => wayIn))].map((way) =>
    cloudwatch.AlarmRule.allOf(...zonal.filter(({ wayIn }) => wayIn === way).map((probe) => probe[alarm])),
  );
  return [...whole, ...everyZone];
}

function deepFailures(probes: BoundProbe[]): cloudwatch.Alarm[] {
  return probes.filter(({ deep }) => deep).map(({ failing }) => failing);
}

function definedOnly<T>(values: (T | undefined)[]): T[] {
  return values.filter((value): value is T => value !== undefined);
}
