import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import type { IngressConfig } from '../ingress-ref';

/** Properties of a ClinicalDashboard. */
export interface ClinicalDashboardProps {
  readonly systemName: string;
  readonly region: string;
  /** The alarms of the system. Read when the template is written, so that later ones appear as well. */
  readonly alarms: cloudwatch.IAlarm[];
  readonly ingress: IngressConfig[];
  /** What engineers look at, a row each. */
  readonly engineering: cloudwatch.IWidget[][];
}

/** One page: what a ward manager asks first, what engineers need below. */
export class ClinicalDashboard extends Construct {
  public readonly dashboard: cloudwatch.Dashboard;

  public constructor(scope: Construct, id: string, props: ClinicalDashboardProps) {
    super(scope, id);
    const rows = [
      [
        new cloudwatch.TextWidget({
          width: 24,
          height: 1,
          markdown: `# ${props.systemName}: can people work with it?`,
        }),
      ],
      [new cloudwatch.AlarmStatusWidget({ title: 'Is anything wrong?', width: 24, height: 4, alarms: props.alarms })],
      ...props.ingress.flatMap(({ summary }) => (summary ? [summary] : [])),
      [new cloudwatch.TextWidget({ width: 24, height: 1, markdown: '# For engineers' })],
      ...props.engineering.filter((row) => row.length > 0),
    ];
    this.dashboard = new cloudwatch.Dashboard(this, 'Resource', {
      // dashboards are global: without the Region, the other side of the system would take the same name
      dashboardName: `${props.systemName}-${props.region}`,
      periodOverride: cloudwatch.PeriodOverride.INHERIT,
      widgets: rows,
    });
  }
}
