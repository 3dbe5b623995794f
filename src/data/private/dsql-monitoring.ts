import { Duration, type Size } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';

const MINUTE = Duration.minutes(1);
/** Judgement: where a tenth of what is tried fails, people wait, and a hot row is behind it. */
const CONFLICT_PERCENT = 10;
/** Judgement: time to ask for a higher quota, or to move records out. */
const STORAGE_SHARE = 0.8;

/** Alarms and widgets of a cluster. https://docs.aws.amazon.com/aurora-dsql/latest/userguide/cloudwatch-monitoring.html */
export class DsqlMonitoring {
  public constructor(
    private readonly scope: Construct,
    private readonly clusterId: string,
    private readonly storageQuota: Size,
  ) {}

  public alarms(): cloudwatch.Alarm[] {
    return [
      this.alarm(
        'QueryTimeoutsAlarm',
        this.metric('QueryTimeouts'),
        0,
        'Queries on Aurora DSQL last longer than it allows, and are ended',
      ),
      this.alarm(
        'ConflictsAlarm',
        this.conflictPercent(),
        CONFLICT_PERCENT,
        `More than ${CONFLICT_PERCENT} % of the transactions on Aurora DSQL are aborted because they meet another one: a hot row`,
      ),
      this.alarm(
        'StorageAlarm',
        this.metric('ClusterStorageSize', cloudwatch.Stats.MAXIMUM),
        Math.floor(this.storageQuota.toBytes() * STORAGE_SHARE),
        'Aurora DSQL is at 80 % of its quota for storage; beyond it writes fail. Ask for a higher one',
      ),
    ];
  }

  public widgets(): cloudwatch.IWidget[] {
    const graph = (title: string, left: cloudwatch.IMetric[]) =>
      new cloudwatch.GraphWidget({ title: `Database: ${title}`, left, width: 6 });
    return [
      graph('transactions a minute', [this.metric('TotalTransactions'), this.metric('ReadOnlyTransactions')]),
      graph('commit latency, milliseconds', [this.metric('CommitLatency', cloudwatch.Stats.AVERAGE)]),
      graph('aborted and timed out', [this.metric('OccConflicts'), this.metric('QueryTimeouts')]),
      graph('storage, bytes', [this.metric('ClusterStorageSize', cloudwatch.Stats.MAXIMUM)]),
    ];
  }

  private conflictPercent(): cloudwatch.MathExpression {
    return new cloudwatch.MathExpression({
      expression: '100 * FILL(conflicts, 0) / total',
      label: 'Aborted by conflicts, %',
      period: MINUTE,
      usingMetrics: { conflicts: this.metric('OccConflicts'), total: this.metric('TotalTransactions') },
    });
  }

  private metric(metricName: string, statistic: string = cloudwatch.Stats.SUM): cloudwatch.Metric {
    return new cloudwatch.Metric({
      namespace: 'AWS/AuroraDSQL',
      metricName,
      dimensionsMap: { ClusterId: this.clusterId },
      statistic,
      period: MINUTE,
    });
  }

  /** Three of five, so that one bad minute wakes nobody. Nothing is published while nobody asks anything. */
  private alarm(id: string, metric: cloudwatch.IMetric, threshold: number, alarmDescription: string): cloudwatch.Alarm {
    return new cloudwatch.Alarm(this.scope, id, {
      metric,
      alarmDescription,
      threshold,
      evaluationPeriods: 5,
      datapointsToAlarm: 3,
      comparisonOperator: cloudwatch.ComparisonOperator.GREATER_THAN_THRESHOLD,
      treatMissingData: cloudwatch.TreatMissingData.NOT_BREACHING,
    });
  }
}
