import { Duration } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';

/** https://docs.aws.amazon.com/directconnect/latest/UserGuide/monitoring-cloudwatch.html */
export function directConnectAlarm(
  scope: Construct,
  linkName: string,
  siteName: string,
  connectionId: string,
): cloudwatch.Alarm {
  return new cloudwatch.Alarm(new Construct(scope, linkName), 'Down', {
    alarmDescription: `The Direct Connect connection ${linkName} of ${siteName} is down`,
    metric: new cloudwatch.Metric({
      namespace: 'AWS/DX',
      metricName: 'ConnectionState',
      dimensionsMap: { ConnectionId: connectionId },
      statistic: 'Minimum',
      period: Duration.minutes(1),
    }),
    threshold: 1,
    comparisonOperator: cloudwatch.ComparisonOperator.LESS_THAN_THRESHOLD,
    evaluationPeriods: 3,
    treatMissingData: cloudwatch.TreatMissingData.BREACHING,
  });
}
