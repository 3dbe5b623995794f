import { Duration } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { RecoveryCall } from '../../core';

const NAMESPACE = 'CdkResilientEhr';
const METRIC_NAME = 'FailedOver';

/**
 * Says whether users are to be in the recovery Region: a metric there that only people, or a plan they started, write. 1 sends
 * users away from the primary Region and keeps them away, 0 lets them return.
 */
export class Latch {
  /** Name of the alarm that DNS follows. */
  public readonly alarmName: string;

  public constructor(
    private readonly systemName: string,
    /** The Region the latch is in. */
    public readonly region: string,
  ) {
    this.alarmName = `${systemName}-failed-over`;
  }

  /** The only namespace that whoever writes the latch has to be allowed. */
  public get namespace(): string {
    return NAMESPACE;
  }

  public get metric(): cloudwatch.Metric {
    return new cloudwatch.Metric({
      namespace: NAMESPACE,
      metricName: METRIC_NAME,
      dimensionsMap: { System: this.systemName },
      statistic: cloudwatch.Stats.MAXIMUM,
      period: Duration.minutes(1),
    });
  }

  /** The call that writes it. */
  public call(value: 0 | 1): RecoveryCall {
    return new RecoveryCall({
      description:
        value === 1 ? 'Sends users to this Region and keeps them here' : 'Lets users return to the primary Region',
      service: 'cloudwatch',
      api: 'PutMetricData',
      region: this.region,
      inputs: this.input(value),
      permissions: [
        {
          actions: ['cloudwatch:PutMetricData'],
          resources: ['*'], // takes no resource: https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazoncloudwatch.html
          conditions: { 'cloudwatch:namespace': NAMESPACE },
        },
      ],
    });
  }

  /** The command that writes it, shorter than the call's own. */
  public command(value: 0 | 1): string {
    return `aws cloudwatch put-metric-data --region ${this.region} --namespace ${NAMESPACE} --metric-name ${METRIC_NAME} --dimensions System=${this.systemName} --value ${value}`;
  }

  /** The same as input of `PutMetricData`. */
  public input(value: 0 | 1): { Namespace: string; MetricData: object[] } {
    return {
      Namespace: NAMESPACE,
      MetricData: [{ MetricName: METRIC_NAME, Dimensions: [{ Name: 'System', Value: this.systemName }], Value: value }],
    };
  }
}
