import { Duration } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { FailureScope, type HealthProfile, RecoveryAutomation, type RecoveryThreshold } from '../../core';

/** Requests, of a hundred, that fail before nobody is said to be able to work. Judgement: every other click. */
const UNUSABLE_PERCENT = 50;
/** TTL of a load balancer's address: https://docs.aws.amazon.com/elasticloadbalancing/latest/userguide/how-elastic-load-balancing-works.html */
export const ADDRESS_TTL = Duration.seconds(60);
/** A zone leaves DNS below so many healthy targets. */
export const DNS_MINIMUM_HEALTHY_TARGETS = 1;

const GUIDE = 'https://docs.aws.amazon.com/elasticloadbalancing/latest';
const minute = { period: Duration.minutes(1) };

/** 1 in a minute in which nothing answers, or most requests fail; 0 in others. */
export function unusable(
  loadBalancer: elbv2.IApplicationLoadBalancer,
  healthyTargets: cloudwatch.IMetric,
): cloudwatch.IMetric {
  return new cloudwatch.MathExpression({
    // the count of targets is not filled: where it comes late, the last minutes would always be an outage. Where it does not come
    // at all, there is no value, which the alarm takes for one: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html
    expression: `IF(healthy < 1 OR 100 * (FILL(target, 0) + FILL(elb, 0)) > ${UNUSABLE_PERCENT} * (FILL(requests, 0) + FILL(elb, 0)), 1, 0)`,
    usingMetrics: {
      healthy: healthyTargets,
      target: loadBalancer.metrics.httpCodeTarget(elbv2.HttpCodeTarget.TARGET_5XX_COUNT, minute),
      elb: loadBalancer.metrics.httpCodeElb(elbv2.HttpCodeElb.ELB_5XX_COUNT, minute),
      requests: loadBalancer.metrics.requestCount(minute),
    },
    period: minute.period,
    label: 'Nobody can work',
  });
}

/** What a load balancer does by itself, and when. */
export function loadBalancerThresholds(
  health: HealthProfile,
  kind: 'application' | 'network' = 'application',
): RecoveryThreshold[] {
  const failed = `${health.unhealthyThreshold} fail in a row, ${health.interval.toHumanString()} apart`;
  return [
    {
      scope: FailureScope.COMPONENT,
      measured: `the probes of each target${health.path ? ` (${health.path})` : ''}`,
      threshold: failed,
      action: `the load balancer sends the target no more ${kind === 'application' ? 'requests' : 'connections'}`,
      automation: RecoveryAutomation.AUTOMATIC,
      expected: health.detectionTime,
      source: `${GUIDE}/${kind}/target-group-health-checks.html`,
    },
    {
      scope: FailureScope.AVAILABILITY_ZONE,
      measured: 'healthy targets in each zone',
      threshold: `fewer than ${DNS_MINIMUM_HEALTHY_TARGETS}: their probes ${failed}`,
      action: "the load balancer's address in the zone leaves DNS",
      automation: RecoveryAutomation.AUTOMATIC,
      expected: Duration.seconds(health.detectionTime.toSeconds() + ADDRESS_TTL.toSeconds()),
      source: `${GUIDE}/${kind}/target-group-health.html`,
    },
  ];
}
