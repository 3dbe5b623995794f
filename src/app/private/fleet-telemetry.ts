import { Duration } from 'aws-cdk-lib';
import type * as autoscaling from 'aws-cdk-lib/aws-autoscaling';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import type { StableCapacity } from './static-stability';

/** Properties of FleetTelemetry. */
export interface FleetTelemetryProps {
  readonly group: autoscaling.AutoScalingGroup;
  readonly capacity: StableCapacity;
}

const { BREACHING, NOT_BREACHING } = cloudwatch.TreatMissingData;
const { LESS_THAN_THRESHOLD, GREATER_THAN_OR_EQUAL_TO_THRESHOLD } = cloudwatch.ComparisonOperator;

/** What tells whether a fleet can carry its load. */
export class FleetTelemetry extends Construct {
  public readonly alarms: cloudwatch.Alarm[];
  public readonly widgets: cloudwatch.IWidget[];

  public constructor(scope: Construct, id: string, { group, capacity }: FleetTelemetryProps) {
    super(scope, id);
    const dimensionsMap = { AutoScalingGroupName: group.autoScalingGroupName };
    const period = Duration.minutes(1);
    const running = new cloudwatch.Metric({
      namespace: 'AWS/AutoScaling',
      metricName: 'GroupInServiceInstances',
      dimensionsMap,
      statistic: cloudwatch.Stats.MINIMUM,
      period,
    });
    const cpu = new cloudwatch.Metric({ namespace: 'AWS/EC2', metricName: 'CPUUtilization', dimensionsMap, period });
    this.alarms = [
      ...this.capacityAlarms(running, capacity),
      cpu.createAlarm(this, 'Cpu', {
        alarmDescription: 'Instances are short of CPU although scaling had ten minutes to act',
        comparisonOperator: GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
        threshold: 85,
        evaluationPeriods: 10,
        treatMissingData: NOT_BREACHING,
      }),
    ];
    this.widgets = [
      new cloudwatch.GraphWidget({
        title: 'Instances in service',
        width: 12,
        left: [running.with({ label: 'in service' })],
        leftYAxis: { min: 0 },
        leftAnnotations: [
          { value: capacity.needed, label: 'carries the declared peak' },
          { value: capacity.running, label: 'carries it without a zone' },
        ],
      }),
      new cloudwatch.GraphWidget({
        title: 'CPU',
        width: 12,
        left: [cpu.with({ label: 'CPU %' })],
        leftYAxis: { min: 0, max: 100 },
      }),
    ];
  }

  /** A fleet that runs nothing on purpose has no capacity to lose. */
  private capacityAlarms(running: cloudwatch.Metric, capacity: StableCapacity): cloudwatch.Alarm[] {
    if (capacity.needed === 0) {
      return [];
    }
    return [
      running.createAlarm(this, 'TooFewInstances', {
        alarmDescription: `Fewer than the ${capacity.needed} instances that carry the declared peak are in service`,
        comparisonOperator: LESS_THAN_THRESHOLD,
        threshold: capacity.needed,
        evaluationPeriods: 3,
        treatMissingData: BREACHING, // no data is how a dead group looks
      }),
      running.createAlarm(this, 'NotReplaced', {
        alarmDescription: `For half an hour fewer than ${capacity.running} instances have been in service: the next loss of a zone may not be survived, and launches may be failing`,
        comparisonOperator: LESS_THAN_THRESHOLD,
        threshold: capacity.running,
        evaluationPeriods: 30,
        treatMissingData: BREACHING,
      }),
    ];
  }
}
