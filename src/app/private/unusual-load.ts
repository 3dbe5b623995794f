import { Duration } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import type * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { Construct } from 'constructs';

/** Standard deviations that are still usual. Judgement: AWS starts at 2, which is one false alarm in twenty. */
const USUAL = 3;
const period = { period: Duration.minutes(5) };

/**
 * Alarms on what is unusual for the hour and the day of the week, which CloudWatch learns from two weeks of data. Fewer requests
 * than usual is how an outage in front of the load balancer looks: a link, a name server, a log-on that fails.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Anomaly_Detection.html
 */
export class UnusualLoad extends Construct {
  public readonly alarms: cloudwatch.Alarm[];

  public constructor(scope: Construct, id: string, { metrics }: elbv2.IApplicationLoadBalancer) {
    super(scope, id);
    const { LESS_THAN_LOWER_THRESHOLD, GREATER_THAN_UPPER_THRESHOLD } = cloudwatch.ComparisonOperator;
    this.alarms = [
      new cloudwatch.AnomalyDetectionAlarm(this, 'FewRequests', {
        alarmDescription: 'Far fewer requests than usual at this hour: users may not get as far as the load balancer',
        metric: metrics.requestCount(period),
        stdDevs: USUAL,
        comparisonOperator: LESS_THAN_LOWER_THRESHOLD,
        evaluationPeriods: 3,
        treatMissingData: cloudwatch.TreatMissingData.BREACHING, // no request at all
      }),
      new cloudwatch.AnomalyDetectionAlarm(this, 'SlowAnswers', {
        alarmDescription: 'Answers take far longer than usual at this hour',
        metric: metrics.targetResponseTime({ ...period, statistic: 'p99' }),
        stdDevs: USUAL,
        comparisonOperator: GREATER_THAN_UPPER_THRESHOLD,
        evaluationPeriods: 3,
        treatMissingData: cloudwatch.TreatMissingData.NOT_BREACHING,
      }),
    ];
  }
}
