import { Duration } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';

const period = Duration.minutes(1);

/** Metric, statistic, threshold, minutes, description. */
const ALARMS: Record<string, [string, string, number, number, string]> = {
  Cpu: ['CPUUtilization', 'Average', 80, 10, 'CPU above 80 %'],
  Acu: [
    'ACUUtilization',
    'Maximum',
    90,
    10,
    'Serverless capacity above 90 % of its maximum; raise the maximum of the cluster',
  ],
  TransactionId: [
    'MaximumUsedTransactionIDs',
    'Maximum',
    1_000_000_000,
    5,
    'Vacuum falls behind; PostgreSQL refuses writes at about 2.1 thousand million transactions',
  ],
  ReaderLag: ['AuroraReplicaLagMaximum', 'Maximum', 2000, 5, 'Readers more than 2 s behind the writer'],
};

function metric(cluster: string, metricName: string, statistic: string): cloudwatch.Metric {
  return new cloudwatch.Metric({
    namespace: 'AWS/RDS',
    metricName,
    dimensionsMap: { DBClusterIdentifier: cluster },
    statistic,
    period,
  });
}

function lag(cluster: string, sourceRegion: string): cloudwatch.MathExpression {
  return new cloudwatch.MathExpression({
    expression: 'lag / 1000',
    label: `Seconds behind ${sourceRegion}`,
    period,
    usingMetrics: {
      lag: new cloudwatch.Metric({
        namespace: 'AWS/RDS',
        metricName: 'AuroraGlobalDBReplicationLag',
        dimensionsMap: { DBClusterIdentifier: cluster, SourceRegion: sourceRegion },
        statistic: 'Maximum',
        period,
      }),
    },
  });
}

export function databaseAlarms(scope: Construct, cluster: string): cloudwatch.Alarm[] {
  return Object.entries(ALARMS).map(([id, [name, statistic, threshold, minutes, alarmDescription]]) =>
    metric(cluster, name, statistic).createAlarm(scope, `Database${id}Alarm`, {
      alarmDescription,
      threshold,
      comparisonOperator: cloudwatch.ComparisonOperator.GREATER_THAN_THRESHOLD,
      evaluationPeriods: minutes,
    }),
  );
}

/** In either Region: how far it is behind the other. Without data the copy is no copy; the writer never has data. */
export function replicationLagAlarm(
  scope: Construct,
  cluster: string,
  otherRegion: string,
  treatMissingData: cloudwatch.TreatMissingData,
): cloudwatch.Alarm {
  return lag(cluster, otherRegion).createAlarm(scope, 'ReplicationLagAlarm', {
    alarmDescription: `The database is further behind ${otherRegion} than its recovery point allows`,
    threshold: 900,
    comparisonOperator: cloudwatch.ComparisonOperator.GREATER_THAN_THRESHOLD,
    evaluationPeriods: 3,
    treatMissingData,
  });
}

export function databaseWidgets(cluster: string, sourceRegion?: string): cloudwatch.IWidget[] {
  const graph = (title: string, left: cloudwatch.IMetric, right?: cloudwatch.IMetric) =>
    new cloudwatch.GraphWidget({ title, left: [left], right: right && [right], width: 6 });
  return [
    graph('Database load', metric(cluster, 'CPUUtilization', 'Average'), metric(cluster, 'ACUUtilization', 'Maximum')),
    graph('Database connections', metric(cluster, 'DatabaseConnections', 'Sum')),
    graph('Database commit latency (ms)', metric(cluster, 'CommitLatency', 'p99')),
    sourceRegion
      ? graph('Database behind the other Region (s)', lag(cluster, sourceRegion))
      : graph('Database readers behind (ms)', metric(cluster, 'AuroraReplicaLagMaximum', 'Maximum')),
  ];
}
