import { Duration, Stack } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import type { Construct } from 'constructs';
import { DOMAIN_NAME } from '../hospital-facts';
import type { Ingress } from './ingress';

const minute = { period: Duration.minutes(1) };

/** The alarms that speak of people: the way in is shut, people cannot work, start the downtime procedures. */
export function userImpactAlarms(
  scope: Construct,
  systemName: string,
  ingress: Ingress,
  outages: cloudwatch.Alarm[],
): { readonly minutes: cloudwatch.Alarm; readonly composites: cloudwatch.CompositeAlarm[] } {
  const { metrics } = ingress.loadBalancer;
  const minutes = new cloudwatch.MathExpression({
    expression:
      'IF(healthy < 1 OR 100 * (FILL(target, 0) + FILL(elb, 0)) > 50 * (FILL(requests, 0) + FILL(elb, 0)), 1, 0)',
    usingMetrics: {
      healthy: ingress.targets.metrics.healthyHostCount({ ...minute, statistic: 'Maximum' }),
      target: metrics.httpCodeTarget(elbv2.HttpCodeTarget.TARGET_5XX_COUNT, minute),
      elb: metrics.httpCodeElb(elbv2.HttpCodeElb.ELB_5XX_COUNT, minute),
      requests: metrics.requestCount(minute),
    },
    period: minute.period,
    label: 'Nobody can work',
  }).createAlarm(scope, 'UnusableMinutes', {
    alarmDescription: `Nobody could work by HTTPS at ${DOMAIN_NAME} for 5 minutes`,
    comparisonOperator: cloudwatch.ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
    threshold: 1,
    evaluationPeriods: 5,
    treatMissingData: cloudwatch.TreatMissingData.BREACHING,
  });
  const anyOf = (id: string, name: string, alarmDescription: string, alarms: cloudwatch.IAlarm[]) =>
    new cloudwatch.CompositeAlarm(scope, id, {
      compositeAlarmName: `${systemName}-${Stack.of(scope).region}-${name}`,
      alarmDescription,
      alarmRule: cloudwatch.AlarmRule.anyOf(...alarms),
    });
  const shut = anyOf('WayInShut', 'way-in-1-is-shut', `Users cannot come in by HTTPS at ${DOMAIN_NAME}`, outages);
  return {
    minutes,
    composites: [
      anyOf('Unusable', 'people-cannot-work', `People cannot work with ${systemName}`, [shut]),
      anyOf('Downtime', 'start-downtime-procedures', 'Start the downtime procedures', [minutes]),
      shut,
    ],
  };
}
