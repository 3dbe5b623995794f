import { Duration } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';

/** Alarms and graphs of a database proxy. https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/rds-proxy.monitoring.html */
export class ProxyMonitoring {
  public constructor(
    private readonly scope: Construct,
    private readonly proxyName: string,
  ) {}

  /** @param follows whether nobody writes here until the database is promoted, so that having no writer is no fault */
  public alarms(follows: boolean): cloudwatch.Alarm[] {
    const refused = this.metric('ClientConnectionsSetupFailedAuth', 'Sum').createAlarm(this.scope, 'RefusedAlarm', {
      alarmDescription: 'The database proxy refuses clients: a wrong password or token, or no TLS',
      threshold: 10,
      comparisonOperator: cloudwatch.ComparisonOperator.GREATER_THAN_THRESHOLD,
      evaluationPeriods: 5,
      datapointsToAlarm: 3,
      treatMissingData: cloudwatch.TreatMissingData.NOT_BREACHING,
    });
    return follows ? [refused] : [refused, this.unavailableAlarm()];
  }

  public widgets(): cloudwatch.IWidget[] {
    return [
      new cloudwatch.GraphWidget({
        title: 'Database proxy: connections',
        width: 8,
        leftYAxis: { min: 0 },
        left: [
          this.metric('ClientConnections', 'Sum').with({ label: 'of clients' }),
          this.metric('DatabaseConnections', 'Sum').with({ label: 'to the database' }),
          this.metric('DatabaseConnectionsCurrentlySessionPinned', 'Maximum').with({ label: 'pinned to one client' }),
        ],
      }),
    ];
  }

  private unavailableAlarm(): cloudwatch.Alarm {
    const ofTheWriter = { TargetGroup: 'default', TargetRole: 'READ_WRITE' };
    return this.metric('AvailabilityPercentage', 'Average', ofTheWriter).createAlarm(this.scope, 'UnavailableAlarm', {
      alarmDescription: 'The database proxy finds no database that it can write to',
      threshold: 100,
      comparisonOperator: cloudwatch.ComparisonOperator.LESS_THAN_THRESHOLD,
      evaluationPeriods: 3,
      treatMissingData: cloudwatch.TreatMissingData.NOT_BREACHING,
    });
  }

  private metric(metricName: string, statistic: string, more: Record<string, string> = {}): cloudwatch.Metric {
    return new cloudwatch.Metric({
      namespace: 'AWS/RDS',
      metricName,
      dimensionsMap: { ProxyName: this.proxyName, ...more },
      statistic,
      period: Duration.minutes(1),
    });
  }
}
