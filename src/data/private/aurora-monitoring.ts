import { Duration } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import type { DatabaseCapacity } from '../database-capacity';
import type { EngineLimit } from './aurora-engine';
import type { AuroraSettings } from './aurora-settings';

const MINUTE = Duration.minutes(1);
const GIBIBYTE = 1024 ** 3;

/** Metrics, alarms and widgets of an Aurora cluster, by its identifier: the same on either side of a global database. */
export class AuroraMonitoring {
  private readonly capacity: DatabaseCapacity;
  private readonly limit: EngineLimit;

  public constructor(
    private readonly scope: Construct,
    public readonly clusterIdentifier: string,
    settings: AuroraSettings,
  ) {
    this.capacity = settings.capacity;
    this.limit = settings.engine.limit;
  }

  /** https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Aurora.AuroraMonitoring.Metrics.html */
  public metric(metricName: string, statistic: string, label?: string): cloudwatch.Metric {
    return new cloudwatch.Metric({
      namespace: 'AWS/RDS',
      metricName,
      dimensionsMap: { DBClusterIdentifier: this.clusterIdentifier },
      statistic,
      period: MINUTE,
      label,
    });
  }

  /**
   * Seconds this cluster is behind the cluster that writes in another Region. Published, in milliseconds, only in the
   * Region of a secondary cluster; while this cluster writes, there is no data.
   * https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-global-database-disaster-recovery.html
   */
  public replicationLag(sourceRegion: string): cloudwatch.MathExpression {
    return new cloudwatch.MathExpression({
      expression: 'lag / 1000',
      label: `Seconds behind ${sourceRegion}`,
      period: MINUTE,
      usingMetrics: {
        lag: this.globalMetric('AuroraGlobalDBReplicationLag', sourceRegion),
      },
    });
  }

  /** Few, each a reason to act: saturation, readers that could not take over at once, and the one limit of the engine that stops writes. */
  public alarms(): cloudwatch.Alarm[] {
    const lag = this.metric('AuroraReplicaLagMaximum', cloudwatch.Stats.MAXIMUM);
    const alarms = [
      this.alarm('CpuAlarm', this.metric('CPUUtilization', cloudwatch.Stats.AVERAGE), 80, 10, 'CPU above 80 %'),
      this.memoryAlarm(),
      this.alarm(
        this.limit.id,
        this.metric(this.limit.metricName, cloudwatch.Stats.MAXIMUM),
        this.limit.threshold,
        5,
        this.limit.description,
      ),
    ];
    if (this.capacity.readers > 0) {
      alarms.push(this.alarm('ReaderLagAlarm', lag, 2000, 5, 'Readers more than 2 s behind the writer'));
    }
    return alarms;
  }

  /** Goes off when the copy is further behind than a Region may lose. Silent, not alarming, while this cluster writes. */
  public replicationLagAlarm(scope: Construct, sourceRegion: string, recoveryPoint: Duration): cloudwatch.Alarm {
    return this.replicationLag(sourceRegion).createAlarm(scope, 'ReplicationLagAlarm', {
      alarmDescription: `The database is further behind ${sourceRegion} than its recovery point allows`,
      threshold: recoveryPoint.toSeconds(),
      comparisonOperator: cloudwatch.ComparisonOperator.GREATER_THAN_THRESHOLD,
      evaluationPeriods: 3,
      treatMissingData: cloudwatch.TreatMissingData.MISSING,
    });
  }

  /**
   * Goes off when the cluster in the other Region takes no commits, because what users committed there is further behind here than is allowed.
   * This Region alone measures that.
   */
  public stoppedWritesAlarm(sourceRegion: string, enforcedRpo: Duration): cloudwatch.Alarm {
    return this.globalMetric('AuroraGlobalDBRPOLag', sourceRegion).createAlarm(this.scope, 'StoppedWritesAlarm', {
      alarmDescription: `The database in ${sourceRegion} takes no commits: this copy is behind by the ${enforcedRpo.toHumanString()} that enforcedRpo allows. Let it catch up, or run the output ResumeWrites there`,
      threshold: enforcedRpo.toMilliseconds(),
      comparisonOperator: cloudwatch.ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      evaluationPeriods: 1,
      treatMissingData: cloudwatch.TreatMissingData.MISSING, // of silence the alarm on replication lag tells
    });
  }

  public widgets(sourceRegion?: string): cloudwatch.IWidget[] {
    const size = this.capacity.instanceType
      ? this.metric('FreeableMemory', cloudwatch.Stats.MINIMUM)
      : this.metric('ACUUtilization', cloudwatch.Stats.MAXIMUM);
    return [
      this.graph('Database load', [this.metric('CPUUtilization', cloudwatch.Stats.AVERAGE)], [size]),
      this.graph('Database connections', [this.metric('DatabaseConnections', cloudwatch.Stats.SUM)]),
      this.graph('Database commit latency (ms)', [this.metric('CommitLatency', 'p99')]),
      sourceRegion
        ? this.lagWidget(sourceRegion)
        : this.graph('Database readers behind (ms)', [
            this.metric('AuroraReplicaLagMaximum', cloudwatch.Stats.MAXIMUM),
          ]),
    ];
  }

  /** What can be known of a copy without instances, if AWS publishes it. */
  public lagWidget(sourceRegion: string): cloudwatch.IWidget {
    return this.graph('Database behind the other Region (s)', [this.replicationLag(sourceRegion)]);
  }

  private memoryAlarm(): cloudwatch.Alarm {
    if (this.capacity.instanceType) {
      const free = this.metric('FreeableMemory', cloudwatch.Stats.MINIMUM);
      return this.alarm('MemoryAlarm', free, GIBIBYTE, 10, 'Less than 1 GiB of memory is free', true);
    }
    const used = this.metric('ACUUtilization', cloudwatch.Stats.MAXIMUM);
    return this.alarm('AcuAlarm', used, 90, 10, 'Serverless capacity above 90 % of its maximum; raise maxAcu');
  }

  private globalMetric(metricName: string, sourceRegion: string): cloudwatch.Metric {
    return new cloudwatch.Metric({
      namespace: 'AWS/RDS',
      metricName,
      dimensionsMap: { DBClusterIdentifier: this.clusterIdentifier, SourceRegion: sourceRegion },
      statistic: cloudwatch.Stats.MAXIMUM,
      period: MINUTE,
    });
  }

  private alarm(
    id: string,
    metric: cloudwatch.Metric,
    threshold: number,
    minutes: number,
    alarmDescription: string,
    below = false,
  ): cloudwatch.Alarm {
    return metric.createAlarm(this.scope, id, {
      alarmDescription,
      threshold,
      comparisonOperator: below
        ? cloudwatch.ComparisonOperator.LESS_THAN_THRESHOLD
        : cloudwatch.ComparisonOperator.GREATER_THAN_THRESHOLD,
      evaluationPeriods: minutes,
    });
  }

  private graph(title: string, left: cloudwatch.IMetric[], right?: cloudwatch.IMetric[]): cloudwatch.IWidget {
    return new cloudwatch.GraphWidget({ title, left, right, width: 6 });
  }
}
