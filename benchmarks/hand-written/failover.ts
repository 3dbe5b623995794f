import { Duration } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as actions from 'aws-cdk-lib/aws-cloudwatch-actions';
import * as route53 from 'aws-cdk-lib/aws-route53';
import type * as sns from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import { RECOVERY_REGION } from '../hospital-facts';
import type { Ingress } from './ingress';

/** The alarm somebody sets off to send users to the recovery Region. */
export function latchAlarm(scope: Construct, systemName: string, topic: sns.ITopic): void {
  new cloudwatch.Alarm(scope, 'FailedOver', {
    alarmName: `${systemName}-failed-over`,
    alarmDescription: `${systemName}: somebody sent its users to ${RECOVERY_REGION}`,
    metric: new cloudwatch.Metric({
      namespace: 'CdkResilientEhr',
      metricName: 'FailedOver',
      dimensionsMap: { System: systemName },
      statistic: 'Maximum',
      period: Duration.minutes(1),
    }),
    threshold: 1,
    comparisonOperator: cloudwatch.ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
    evaluationPeriods: 1,
    treatMissingData: cloudwatch.TreatMissingData.IGNORE,
  }).addAlarmAction(new actions.SnsAction(topic));
}

/** The health checks that take the primary Region out of DNS. */
export function failAway(scope: Construct, systemName: string, { loadBalancer, record }: Ingress): void {
  const latch = new route53.HealthCheck(scope, 'LatchHealthCheck', {
    type: route53.HealthCheckType.CLOUDWATCH_METRIC,
    alarmIdentifier: { name: `${systemName}-failed-over`, region: RECOVERY_REGION },
    insufficientDataHealthStatus: route53.InsufficientDataHealthStatusEnum.LAST_KNOWN_STATUS,
  });
  const answers = new route53.HealthCheck(scope, 'HealthCheck', {
    type: route53.HealthCheckType.HTTPS,
    fqdn: loadBalancer.loadBalancerDnsName,
    port: 443,
    resourcePath: '/readyz',
    requestInterval: Duration.seconds(10),
    failureThreshold: 3,
  });
  const healthy = new route53.HealthCheck(scope, 'Healthy', {
    type: route53.HealthCheckType.CALCULATED,
    childHealthChecks: [answers, latch],
    healthThreshold: 2,
  });
  (record.node.defaultChild as route53.CfnRecordSet).healthCheckId = healthy.healthCheckId;
}
