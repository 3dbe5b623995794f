import { Duration } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';

const MINUTE = Duration.minutes(1);

/** Metrics, alarms and widgets of a replication group: ElastiCache publishes them by node, and the worst node counts. */
export class ValkeyMonitoring {
  public constructor(
    private readonly scope: Construct,
    private readonly replicationGroupId: string,
    private readonly nodes: number,
  ) {}

  /** https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/CacheMetrics.WhichShouldIMonitor.html */
  public alarms(): cloudwatch.Alarm[] {
    return [
      this.alarm(
        'CpuAlarm',
        this.worst('EngineCPUUtilization'),
        80,
        10,
        'A cache node uses more than 80 % of its thread',
      ),
      this.alarm('MemoryAlarm', this.worst('DatabaseMemoryUsagePercentage'), 80, 10, 'A cache node is 80 % full'),
      this.alarm(
        'EvictionsAlarm',
        this.worst('Evictions'),
        0,
        15,
        'The cache throws away what is still valid; make it larger',
      ),
      this.alarm('ReplicaLagAlarm', this.worst('ReplicationLag'), 5, 5, 'A cache replica is more than 5 s behind'),
    ];
  }

  public widgets(): cloudwatch.IWidget[] {
    const graph = (title: string, metricName: string) =>
      new cloudwatch.GraphWidget({ title, left: [this.worst(metricName)], width: 6 });
    return [
      graph('Cache memory in use (%)', 'DatabaseMemoryUsagePercentage'),
      graph('Cache connections', 'CurrConnections'),
      graph('Cache replicas behind (s)', 'ReplicationLag'),
    ];
  }

  /** Nodes are numbered from 001 on, and keep their numbers when they change roles. */
  private worst(metricName: string): cloudwatch.MathExpression {
    const numbers = Array.from({ length: this.nodes }, (_, i) => String(i + 1).padStart(3, '0'));
    const usingMetrics = Object.fromEntries(
      numbers.map((number) => [`node${number}`, this.metric(metricName, `${this.replicationGroupId}-${number}`)]),
    );
    const expression = `MAX([${Object.keys(usingMetrics).join(', ')}])`;
    return new cloudwatch.MathExpression({ expression, label: metricName, period: MINUTE, usingMetrics });
  }

  private metric(metricName: string, CacheClusterId: string): cloudwatch.Metric {
    return new cloudwatch.Metric({
      namespace: 'AWS/ElastiCache',
      metricName,
      dimensionsMap: { CacheClusterId },
      statistic: cloudwatch.Stats.MAXIMUM,
      period: MINUTE,
    });
  }

  private alarm(
    id: string,
    metric: cloudwatch.MathExpression,
    threshold: number,
    evaluationPeriods: number,
    alarmDescription: string,
  ): cloudwatch.Alarm {
    return metric.createAlarm(this.scope, id, {
      alarmDescription,
      threshold,
      evaluationPeriods,
      comparisonOperator: cloudwatch.ComparisonOperator.GREATER_THAN_THRESHOLD,
    });
  }
}
