import { Duration, Stack } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import { DOMAIN_NAME } from '../hospital-facts';
import type { Ingress } from './ingress';
import { errorRate } from './ingress-alarms';

export function addDashboard(
  scope: Construct,
  systemName: string,
  ingress: Ingress,
  alarms: { readonly all: cloudwatch.Alarm[]; readonly composites: cloudwatch.CompositeAlarm[] },
  engineering: cloudwatch.IWidget[][],
): void {
  const { metrics } = ingress.loadBalancer;
  const period = Duration.minutes(5);
  const single = (title: string, metric: cloudwatch.IMetric) =>
    new cloudwatch.SingleValueWidget({ title, width: 8, height: 4, metrics: [metric], sparkline: true });
  const text = (markdown: string) => new cloudwatch.TextWidget({ width: 24, height: 1, markdown });
  new cloudwatch.Dashboard(scope, 'Dashboard', {
    dashboardName: `${systemName}-${Stack.of(scope).region}`,
    periodOverride: cloudwatch.PeriodOverride.INHERIT,
    widgets: [
      [text(`# ${systemName}: can people work with it?`)],
      [
        new cloudwatch.AlarmStatusWidget({
          title: 'Can people work?',
          width: 24,
          height: 3,
          alarms: alarms.composites,
        }),
      ],
      [
        single(`Is it used? ${DOMAIN_NAME}`, metrics.requestCount({ period, label: 'requests in 5 minutes' })),
        single('Does it fail?', errorRate(ingress)),
        single('Is it fast?', metrics.targetResponseTime({ period, statistic: 'p99', label: 'slowest 1 %, seconds' })),
      ],
      [text('# For engineers')],
      [new cloudwatch.AlarmStatusWidget({ title: 'Every alarm', width: 24, height: 4, alarms: alarms.all })],
      ...engineering,
    ],
  });
}
