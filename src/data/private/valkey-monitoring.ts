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
      this.worst('ReplicationLag', 'FILL').createAlarm(this.scope, 'ReplicaLagAlarm', {
        alarmDescription: 'A cache replica is more than 5 s behind',
        threshold: 5,
        comparisonOperator: cloudwatch.ComparisonOperator.GREATER_THAN_THRESHOLD,
        // a value that comes late is filled with zero in its last minutes, which alone would keep the alarm quiet for ever
        evaluationPeriods: 7,
        datapointsToAlarm: 5,
      }),
      this.failoverAlarm(),
    ];
  }

  public widgets(): cloudwatch.IWidget[] {
    const graph = (title: string, metricName: string) =>
      new cloudwatch.GraphWidget({ title, left: [this.worst(metricName)], width: 6 });
    return [
      graph('Cache memory in use (%)', 'DatabaseMemoryUsagePercentage'),
      graph('Cache connections', 'CurrConnections'),
      new cloudwatch.GraphWidget({
        title: 'Cache replicas behind (s)',
        left: [this.worst('ReplicationLag', 'FILL')],
        width: 6,
      }),
    ];
  }

  /**
   * While it is a copy: how far its primary is behind that of the other Region. Only the node that is the primary here reports it, and others do
   * not count.
   *
   * https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/CacheMetrics.Redis.html
   */
  public lagBehindOtherRegion(): cloudwatch.IMetric {
    return this.worst('GlobalDatastoreReplicationLag');
  }

  /**
   * Another node became the primary: the last writes of the former one may be gone. ElastiCache tells a topic of it only where that is
   * not encrypted, and Amazon EventBridge not at all, so the metric has to: the number of the primary, minute by minute.
   *
   * https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/ElastiCacheSNS.html and .../self-designed-events.html
   */
  private failoverAlarm(): cloudwatch.Alarm {
    const usingMetrics = this.byNode('IsMaster');
    const primary = Object.keys(usingMetrics).map((node, index) => `${index + 1} * FILL(${node}, REPEAT)`);
    return new cloudwatch.MathExpression({
      // a node that is lost keeps its last role here, and data that comes late changes none
      expression: `ABS(DIFF(${primary.join(' + ')}))`,
      label: 'Another primary',
      period: MINUTE,
      usingMetrics,
    }).createAlarm(this.scope, 'FailoverAlarm', {
      alarmDescription:
        'The cache failed over: another node is the primary, and writes of the last moment may be gone. Look at what depends on them',
      threshold: 0,
      comparisonOperator: cloudwatch.ComparisonOperator.GREATER_THAN_THRESHOLD,
      evaluationPeriods: 5, // a difference needs the minute before, and an alarm of one period might not read it
      datapointsToAlarm: 1,
      treatMissingData: cloudwatch.TreatMissingData.NOT_BREACHING,
    });
  }

  /** `FILL`: a node without a value counts as zero, as the primary does, which is behind nobody and may report nothing. */
  private worst(metricName: string, missing?: 'FILL'): cloudwatch.MathExpression {
    const usingMetrics = this.byNode(metricName);
    const values = Object.keys(usingMetrics).map((node) => (missing ? `FILL(${node}, 0)` : node));
    const expression = `MAX([${values.join(', ')}])`;
    return new cloudwatch.MathExpression({ expression, label: metricName, period: MINUTE, usingMetrics });
  }

  /** Nodes are numbered from 001 on, and keep their numbers when they change roles. */
  private byNode(metricName: string): Record<string, cloudwatch.Metric> {
    const numbers = Array.from({ length: this.nodes }, (_, i) => String(i + 1).padStart(3, '0'));
    return Object.fromEntries(
      numbers.map((number) => [`node${number}`, this.metric(metricName, `${this.replicationGroupId}-${number}`)]),
    );
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
