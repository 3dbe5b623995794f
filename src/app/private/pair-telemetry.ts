import { Duration, Lazy } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import type * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { Construct } from 'constructs';
import type { MemberPair } from './member-pair';

/** Properties of PairTelemetry. */
export interface PairTelemetryProps {
  readonly pair: MemberPair;
}

/** A target group, as far as metrics need to know it. */
export type MeasuredTargetGroup = Pick<
  elbv2.ApplicationTargetGroup | elbv2.NetworkTargetGroup,
  'targetGroupFullName' | 'firstLoadBalancerFullName' | 'node'
>;

const { BREACHING, NOT_BREACHING } = cloudwatch.TreatMissingData;
const atLeast = cloudwatch.ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD;
const minute = Duration.minutes(1);

/** What tells whether a pair still survives the loss of one of its instances, and has exactly one primary. */
export class PairTelemetry extends Construct {
  /** Grows with every target group that members are registered with. */
  public readonly alarms: cloudwatch.Alarm[] = [];
  public readonly widgets: cloudwatch.IWidget[];

  public constructor(scope: Construct, id: string, { pair }: PairTelemetryProps) {
    super(scope, id);
    const members = { First: pair.first, Second: pair.second };
    for (const [name, { instance }] of Object.entries({ ...members, Arbiter: pair.arbiter })) {
      const who = name === 'Arbiter' ? 'The arbiter' : `The ${name.toLowerCase()} member`;
      this.alarmOn(`${name}Failed`, instanceMetric(instance.ref, 'StatusCheckFailed'), BREACHING, {
        alarmDescription: `${who} fails its status checks: Amazon EC2 recovers it if its hardware failed, and until then nothing survives the loss of another`,
      });
    }
    for (const [name, { instance }] of Object.entries(members)) {
      this.alarmOn(`${name}Disks`, instanceMetric(instance.ref, 'StatusCheckFailed_AttachedEBS'), NOT_BREACHING, {
        alarmDescription: `A disk of the ${name.toLowerCase()} member does not answer`,
      });
    }
    const perMember = (metricName: string) =>
      Object.entries(members).map(([label, { instance }]) => instanceMetric(instance.ref, metricName).with({ label }));
    this.widgets = [
      new cloudwatch.GraphWidget({
        title: 'CPU of the members',
        width: 12,
        left: perMember('CPUUtilization'),
        leftYAxis: { min: 0, max: 100 },
      }),
      new cloudwatch.GraphWidget({
        title: 'Failed status checks',
        width: 12,
        left: [...perMember('StatusCheckFailed'), ...perMember('StatusCheckFailed_AttachedEBS')],
        leftYAxis: { min: 0 },
      }),
    ];
  }

  /** Two that answer as primary, for longer than the load balancer needs to see a failover: they may both take writes. */
  public watchForTwoPrimaries(namespace: string, targetGroup: MeasuredTargetGroup): void {
    const metric = new cloudwatch.Metric({
      namespace,
      metricName: 'HealthyHostCount',
      dimensionsMap: {
        TargetGroup: targetGroup.targetGroupFullName,
        // known when the target group has a listener, which is later
        LoadBalancer: Lazy.string({ produce: () => targetGroup.firstLoadBalancerFullName }),
      },
      statistic: cloudwatch.Stats.MINIMUM,
      period: minute,
    });
    this.alarmOn(`TwoPrimaries${this.alarms.length}`, metric, NOT_BREACHING, {
      alarmDescription: 'Both members have answered as the primary for three minutes: stop one before records diverge',
      threshold: 2,
      evaluationPeriods: 3,
    });
  }

  private alarmOn(
    id: string,
    metric: cloudwatch.Metric,
    treatMissingData: cloudwatch.TreatMissingData,
    options: Partial<cloudwatch.CreateAlarmOptions>,
  ): void {
    this.alarms.push(
      metric.createAlarm(this, id, {
        comparisonOperator: atLeast,
        threshold: 1,
        evaluationPeriods: 2,
        treatMissingData,
        ...options,
      }),
    );
  }
}

function instanceMetric(instanceId: string, metricName: string): cloudwatch.Metric {
  return new cloudwatch.Metric({
    namespace: 'AWS/EC2',
    metricName,
    dimensionsMap: { InstanceId: instanceId },
    statistic: cloudwatch.Stats.MAXIMUM,
    period: minute,
  });
}
