import { Duration } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import type { RdsSettings } from './rds-settings';

const MINUTE = Duration.minutes(1);
const MEBIBYTE = 1024 ** 2;
const GIBIBYTE = 1024 ** 3;

/** Metrics, alarms and widgets of a database on Amazon RDS, by its identifier. */
export class RdsMonitoring {
  public constructor(
    private readonly scope: Construct,
    private readonly dimension: 'DBInstanceIdentifier' | 'DBClusterIdentifier',
    private readonly identifier: string,
    private readonly settings: RdsSettings,
  ) {}

  /** https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-metrics.html */
  public metric(metricName: string, statistic: string): cloudwatch.Metric {
    return new cloudwatch.Metric({
      namespace: 'AWS/RDS',
      metricName,
      dimensionsMap: { [this.dimension]: this.identifier },
      statistic,
      period: MINUTE,
    });
  }

  /**
   * Seconds this replica is behind its source. Amazon RDS reports -1 while replication has stopped: that counts as a day.
   * https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_ReadRepl.Monitoring.html
   */
  public replicaLag(): cloudwatch.MathExpression {
    return new cloudwatch.MathExpression({
      expression: 'IF(lag < 0, 86400, lag)',
      label: 'Seconds behind its source',
      period: MINUTE,
      usingMetrics: { lag: this.metric('ReplicaLag', cloudwatch.Stats.MAXIMUM) },
    });
  }

  /** Few, each a reason to act: saturation, storage that runs out, and the one limit of the engine that stops writes. */
  public alarms(): cloudwatch.Alarm[] {
    const { settings } = this;
    const { limit } = settings.engine;
    const { AVERAGE, MAXIMUM } = cloudwatch.Stats;
    const tenth = Math.ceil((settings.storage.size.toGibibytes() * GIBIBYTE) / 10);
    return [
      this.alarm('CpuAlarm', this.metric('CPUUtilization', AVERAGE), 80, 10, 'CPU above 80 %'),
      this.below('MemoryAlarm', 'FreeableMemory', 256 * MEBIBYTE, 10, 'Less than 256 MiB of memory is free'),
      // growth by itself takes five minutes of this to start, and six hours between two
      this.below('StorageAlarm', 'FreeStorageSpace', tenth, 15, 'Less than a tenth of the first size is free'),
      ...(limit
        ? [this.alarm(limit.id, this.metric(limit.metricName, MAXIMUM), limit.threshold, 5, limit.description)]
        : []),
      ...(settings.expectedConnections === undefined
        ? []
        : [
            this.alarm(
              'ConnectionsAlarm',
              this.metric('DatabaseConnections', MAXIMUM),
              settings.expectedConnections,
              5,
              `More than ${settings.expectedConnections} connections: more than the applications' pools are expected to open`,
            ),
          ]),
      ...(this.dimension === 'DBClusterIdentifier' ? [this.standbyLagAlarm()] : []),
    ];
  }

  /**
   * Of the worst instance, whichever are standbys now. CloudWatch has their lag by instance for certain, and by cluster perhaps.
   * Amazon RDS numbers the instances: https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_DescribeDBClusters.html
   */
  private standbyLagAlarm(): cloudwatch.Alarm {
    const lag = this.metric('ReplicaLag', cloudwatch.Stats.MAXIMUM);
    const ofInstance = (number: number) =>
      lag.with({ dimensionsMap: { DBInstanceIdentifier: `${this.identifier}-instance-${number}` } });
    return new cloudwatch.MathExpression({
      expression: 'MAX([FILL(all, 0), FILL(first, 0), FILL(second, 0), FILL(third, 0)])', // the writer may have no value
      label: 'Seconds that the slowest standby is behind',
      period: MINUTE,
      usingMetrics: { all: lag, first: ofInstance(1), second: ofInstance(2), third: ofInstance(3) },
    }).createAlarm(this.scope, 'StandbyLagAlarm', {
      alarmDescription: 'Readable standbys lag 30 s',
      threshold: 30,
      comparisonOperator: cloudwatch.ComparisonOperator.GREATER_THAN_THRESHOLD,
      // a value that comes late is filled with zero in its last minutes, which alone would keep the alarm quiet for ever
      evaluationPeriods: 7,
      datapointsToAlarm: 5,
    });
  }

  public widgets(replica = false): cloudwatch.IWidget[] {
    const { AVERAGE, MINIMUM, MAXIMUM } = cloudwatch.Stats;
    return [
      this.graph('Database load', [this.metric('CPUUtilization', AVERAGE)], [this.metric('FreeableMemory', MINIMUM)]),
      this.graph('Database connections', [this.metric('DatabaseConnections', MAXIMUM)]),
      this.graph('Database storage left (bytes)', [this.metric('FreeStorageSpace', MINIMUM)]),
      replica
        ? this.graph('Database behind the other Region (s)', [this.replicaLag()])
        : this.graph('Database write latency (s)', [this.metric('WriteLatency', 'p99')]),
    ];
  }

  private below(
    id: string,
    metricName: string,
    threshold: number,
    minutes: number,
    description: string,
  ): cloudwatch.Alarm {
    const metric = this.metric(metricName, cloudwatch.Stats.MINIMUM);
    return this.alarm(id, metric, threshold, minutes, description, cloudwatch.ComparisonOperator.LESS_THAN_THRESHOLD);
  }

  private alarm(
    id: string,
    metric: cloudwatch.Metric,
    threshold: number,
    evaluationPeriods: number,
    alarmDescription: string,
    comparisonOperator = cloudwatch.ComparisonOperator.GREATER_THAN_THRESHOLD,
  ): cloudwatch.Alarm {
    return metric.createAlarm(this.scope, id, { alarmDescription, threshold, comparisonOperator, evaluationPeriods });
  }

  private graph(title: string, left: cloudwatch.IMetric[], right?: cloudwatch.IMetric[]): cloudwatch.IWidget {
    return new cloudwatch.GraphWidget({ title, left, right, width: 6 });
  }
}
