import { Duration, Stack } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import type { Construct } from 'constructs';
import type { Ingress } from './ingress';

const minute = { period: Duration.minutes(1) };
const { GREATER_THAN_THRESHOLD, GREATER_THAN_OR_EQUAL_TO_THRESHOLD, LESS_THAN_THRESHOLD } =
  cloudwatch.ComparisonOperator;
const { BREACHING, NOT_BREACHING } = cloudwatch.TreatMissingData;

export function errorRate({ loadBalancer: { metrics } }: Ingress): cloudwatch.MathExpression {
  return new cloudwatch.MathExpression({
    expression: '100 * (FILL(target, 0) + FILL(elb, 0)) / (FILL(requests, 0) + FILL(elb, 0))',
    usingMetrics: {
      target: metrics.httpCodeTarget(elbv2.HttpCodeTarget.TARGET_5XX_COUNT, minute),
      elb: metrics.httpCodeElb(elbv2.HttpCodeElb.ELB_5XX_COUNT, minute),
      requests: metrics.requestCount(minute),
    },
    period: minute.period,
    label: 'Requests that fail, %',
  });
}

/** Alarms of the load balancer, and those two on which a deployment is rolled back. */
export function ingressAlarms(scope: Construct, ingress: Ingress, systemName: string) {
  const { loadBalancer, targets } = ingress;
  const prefix = `${systemName}-${Stack.of(scope).region}-ingress`;
  const outages = [
    errorRate(ingress).createAlarm(scope, 'ServerErrorRate', {
      alarmDescription: 'More than 5 % of requests end in a server error',
      comparisonOperator: GREATER_THAN_THRESHOLD,
      threshold: 5,
      evaluationPeriods: 3,
      treatMissingData: NOT_BREACHING,
    }),
    loadBalancer.metrics.httpCodeElb(elbv2.HttpCodeElb.ELB_5XX_COUNT, minute).createAlarm(scope, 'LoadBalancerErrors', {
      alarmDescription: 'The load balancer itself answers with errors: it finds no target, or none answers in time',
      comparisonOperator: GREATER_THAN_THRESHOLD,
      threshold: 10,
      evaluationPeriods: 3,
      treatMissingData: NOT_BREACHING,
    }),
    targets.metrics.healthyHostCount({ ...minute, statistic: 'Maximum' }).createAlarm(scope, 'NoHealthyTarget', {
      alarmDescription: 'Nothing answers: users cannot reach the system in this Region',
      comparisonOperator: LESS_THAN_THRESHOLD,
      threshold: 1,
      evaluationPeriods: 2,
      treatMissingData: BREACHING,
    }),
  ];
  const unhealthy = targets.metrics
    .unhealthyHostCount({ ...minute, statistic: 'Maximum' })
    .createAlarm(scope, 'UnhealthyTargets', {
      alarmDescription: 'A target has failed its probes for five minutes and was not replaced',
      comparisonOperator: GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      threshold: 1,
      evaluationPeriods: 5,
      treatMissingData: NOT_BREACHING,
    });
  const deploymentAlarms = [
    loadBalancer.metrics
      .httpCodeTarget(elbv2.HttpCodeTarget.TARGET_5XX_COUNT, minute)
      .createAlarm(scope, 'ServerErrors', {
        alarmName: `${prefix}-server-errors`,
        alarmDescription: 'The application answers with server errors',
        comparisonOperator: GREATER_THAN_THRESHOLD,
        threshold: 20,
        evaluationPeriods: 3,
        treatMissingData: NOT_BREACHING,
      }),
    targets.metrics.targetResponseTime({ ...minute, statistic: 'p99' }).createAlarm(scope, 'Latency', {
      alarmName: `${prefix}-latency`,
      alarmDescription: 'One answer in a hundred takes longer than 3 seconds',
      comparisonOperator: GREATER_THAN_THRESHOLD,
      threshold: 3,
      evaluationPeriods: 5,
      treatMissingData: NOT_BREACHING,
    }),
  ];
  const alarms = [...outages, unhealthy];
  return { alarms, outages, deploymentAlarms, deploymentAlarmNames: [`${prefix}-server-errors`, `${prefix}-latency`] };
}

export function ingressWidgets({ loadBalancer: { metrics }, targets }: Ingress): cloudwatch.IWidget[] {
  const { TARGET_2XX_COUNT, TARGET_4XX_COUNT, TARGET_5XX_COUNT } = elbv2.HttpCodeTarget;
  return [
    new cloudwatch.GraphWidget({
      title: 'Answers by kind',
      width: 12,
      left: [
        metrics.httpCodeTarget(TARGET_2XX_COUNT, { ...minute, label: 'good' }),
        metrics.httpCodeTarget(TARGET_4XX_COUNT, { ...minute, label: 'refused' }),
        metrics.httpCodeTarget(TARGET_5XX_COUNT, { ...minute, label: 'failed' }),
        metrics.httpCodeElb(elbv2.HttpCodeElb.ELB_5XX_COUNT, { ...minute, label: 'not reached' }),
      ],
    }),
    new cloudwatch.GraphWidget({
      title: 'Targets that answer their probes',
      width: 12,
      left: [
        targets.metrics.healthyHostCount({ ...minute, statistic: 'Minimum', label: 'healthy' }),
        targets.metrics.unhealthyHostCount({ ...minute, statistic: 'Maximum', label: 'unhealthy' }),
      ],
      leftYAxis: { min: 0 },
    }),
  ];
}
