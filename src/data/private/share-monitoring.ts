import { Duration } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';

/** What makes an alarm on a share. */
interface ShareAlarm {
  readonly metric: cloudwatch.IMetric;
  /** Percent. */
  readonly threshold: number;
  readonly minutes: number;
  readonly description: string;
}

const MINUTE = Duration.minutes(1);

/** Alarms and widgets of an Amazon EFS file system. https://docs.aws.amazon.com/efs/latest/ug/efs-metrics.html */
export class EfsMonitoring {
  public constructor(
    private readonly scope: Construct,
    private readonly shareName: string,
    private readonly fileSystemId: string,
  ) {}

  public alarms(): cloudwatch.Alarm[] {
    return [
      alarm(this.scope, 'IoLimitAlarm', {
        metric: this.metric('PercentIOLimit', cloudwatch.Stats.MAXIMUM),
        threshold: 90,
        minutes: 10,
        description: `File share ${this.shareName}: more than 90 % of the operations its performance mode allows`,
      }),
      alarm(this.scope, 'ThroughputAlarm', {
        metric: this.throughput(),
        threshold: 80,
        minutes: 10,
        description: `File share ${this.shareName}: more than 80 % of the throughput it is permitted`,
      }),
    ];
  }

  public widgets(): cloudwatch.IWidget[] {
    const stored = this.metric('StorageBytes', cloudwatch.Stats.AVERAGE, Duration.hours(1), { StorageClass: 'Total' });
    return [
      graph(`Files ${this.shareName}: limits (%)`, [
        this.throughput(),
        this.metric('PercentIOLimit', cloudwatch.Stats.MAXIMUM),
      ]),
      graph(`Files ${this.shareName}: clients`, [this.metric('ClientConnections', cloudwatch.Stats.SUM)]),
      graph(`Files ${this.shareName}: bytes stored`, [stored]),
    ];
  }

  /** Metered bytes of a second, in percent of what is permitted. */
  private throughput(): cloudwatch.MathExpression {
    return new cloudwatch.MathExpression({
      expression: '100 * metered / PERIOD(metered) / permitted',
      label: 'Throughput used (%)',
      period: MINUTE,
      usingMetrics: {
        metered: this.metric('MeteredIOBytes', cloudwatch.Stats.SUM),
        permitted: this.metric('PermittedThroughput', cloudwatch.Stats.MAXIMUM),
      },
    });
  }

  private metric(
    metricName: string,
    statistic: string,
    period = MINUTE,
    more: Record<string, string> = {},
  ): cloudwatch.Metric {
    return new cloudwatch.Metric({
      namespace: 'AWS/EFS',
      metricName,
      dimensionsMap: { FileSystemId: this.fileSystemId, ...more },
      statistic,
      period,
    });
  }
}

/** Alarms and widgets of an Amazon FSx file system: what is saturated, and what is full. */
export class FsxMonitoring {
  public constructor(
    private readonly scope: Construct,
    private readonly shareName: string,
    private readonly fileSystemId: string,
    /** How full it is: differs between Windows and ONTAP. */
    private readonly capacity: Record<string, string> = {},
  ) {}

  public alarms(): cloudwatch.Alarm[] {
    return [
      alarm(this.scope, 'CapacityAlarm', {
        metric: this.used(),
        threshold: 80,
        minutes: 15,
        description: `File share ${this.shareName} is more than 80 % full; at 100 % nobody can write`,
      }),
      alarm(this.scope, 'ThroughputAlarm', {
        metric: this.metric('NetworkThroughputUtilization', cloudwatch.Stats.AVERAGE),
        threshold: 80,
        minutes: 15,
        description: `File share ${this.shareName}: more than 80 % of the throughput of its file server; raise throughputCapacity`,
      }),
      alarm(this.scope, 'CpuAlarm', {
        metric: this.metric('CPUUtilization', cloudwatch.Stats.AVERAGE),
        threshold: 80,
        minutes: 15,
        description: `File share ${this.shareName}: CPU of its file server above 80 %; raise throughputCapacity`,
      }),
    ];
  }

  public widgets(): cloudwatch.IWidget[] {
    return [
      graph(`Files ${this.shareName}: limits (%)`, [
        this.metric('NetworkThroughputUtilization', cloudwatch.Stats.AVERAGE),
        this.metric('CPUUtilization', cloudwatch.Stats.AVERAGE),
      ]),
      graph(`Files ${this.shareName}: full (%)`, [this.used()]),
    ];
  }

  private used(): cloudwatch.Metric {
    return this.metric('StorageCapacityUtilization', cloudwatch.Stats.AVERAGE, this.capacity);
  }

  private metric(metricName: string, statistic: string, more: Record<string, string> = {}): cloudwatch.Metric {
    return new cloudwatch.Metric({
      namespace: 'AWS/FSx',
      metricName,
      dimensionsMap: { FileSystemId: this.fileSystemId, ...more },
      statistic,
      period: MINUTE,
    });
  }
}

/** Metrics of file shares stop when nobody uses them: silence is no alarm. */
function alarm(scope: Construct, id: string, props: ShareAlarm): cloudwatch.Alarm {
  return new cloudwatch.Alarm(scope, id, {
    alarmDescription: props.description,
    metric: props.metric,
    threshold: props.threshold,
    comparisonOperator: cloudwatch.ComparisonOperator.GREATER_THAN_THRESHOLD,
    evaluationPeriods: props.minutes,
    treatMissingData: cloudwatch.TreatMissingData.NOT_BREACHING,
  });
}

function graph(title: string, left: cloudwatch.IMetric[]): cloudwatch.IWidget {
  return new cloudwatch.GraphWidget({ title, left, width: 6 });
}
