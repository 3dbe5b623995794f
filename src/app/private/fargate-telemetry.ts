import { Duration } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import type * as ecs from 'aws-cdk-lib/aws-ecs';
import { Construct } from 'constructs';
import type { StableCapacity } from './static-stability';

/** Properties of FargateTelemetry. */
export interface FargateTelemetryProps {
  readonly service: ecs.FargateService;
  readonly capacity: StableCapacity;
}

/** Tasks of a service that run, as Container Insights counts them. */
export function runningTasks(service: ecs.FargateService): cloudwatch.Metric {
  return new cloudwatch.Metric({
    namespace: 'ECS/ContainerInsights',
    metricName: 'RunningTaskCount',
    dimensionsMap: { ClusterName: service.cluster.clusterName, ServiceName: service.serviceName },
    statistic: cloudwatch.Stats.MINIMUM,
    period: Duration.minutes(1),
  });
}

/** What tells whether a Fargate service can carry its load. */
export class FargateTelemetry extends Construct {
  public readonly alarms: cloudwatch.Alarm[];
  public readonly widgets: cloudwatch.IWidget[];

  public constructor(scope: Construct, id: string, props: FargateTelemetryProps) {
    super(scope, id);
    const { service, capacity } = props;
    const running = runningTasks(service);
    const minute = { period: Duration.minutes(1) };
    const cpu = service.metricCpuUtilization(minute);
    const memory = service.metricMemoryUtilization(minute);
    this.alarms = [
      ...this.capacityAlarm(running, capacity),
      this.utilizationAlarm('Cpu', cpu, 85, 'Tasks are short of CPU although scaling had five minutes to act'),
      this.utilizationAlarm('Memory', memory, 90, 'Tasks are close to being stopped for lack of memory'),
    ];
    this.widgets = [
      new cloudwatch.GraphWidget({
        title: 'Running tasks',
        width: 12,
        left: [running.with({ label: 'running' })],
        leftYAxis: { min: 0 },
        leftAnnotations: [{ value: capacity.needed, label: 'carries the declared peak' }],
      }),
      new cloudwatch.GraphWidget({
        title: 'CPU and memory',
        width: 12,
        left: [cpu.with({ label: 'CPU %' }), memory.with({ label: 'memory %' })],
        leftYAxis: { min: 0, max: 100 },
      }),
    ];
  }

  /** A service that runs nothing on purpose has no capacity to lose. */
  private capacityAlarm(running: cloudwatch.Metric, capacity: StableCapacity): cloudwatch.Alarm[] {
    if (capacity.needed === 0) {
      return [];
    }
    return [
      running.createAlarm(this, 'TooFewTasks', {
        alarmDescription: `Fewer than the ${capacity.needed} tasks that carry the declared peak are running`,
        comparisonOperator: cloudwatch.ComparisonOperator.LESS_THAN_THRESHOLD,
        threshold: capacity.needed,
        evaluationPeriods: 3,
        treatMissingData: cloudwatch.TreatMissingData.BREACHING, // no data is how a dead service looks
      }),
    ];
  }

  private utilizationAlarm(
    id: string,
    metric: cloudwatch.Metric,
    threshold: number,
    alarmDescription: string,
  ): cloudwatch.Alarm {
    return metric.createAlarm(this, id, {
      alarmDescription,
      comparisonOperator: cloudwatch.ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      threshold,
      evaluationPeriods: 5,
      treatMissingData: cloudwatch.TreatMissingData.NOT_BREACHING,
    });
  }
}
