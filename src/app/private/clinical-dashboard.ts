import { type Duration, Lazy } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import { RecoveryAutomation, type RecoveryThreshold } from '../../core';
import type { IngressConfig } from '../ingress-ref';
import type { UserImpact } from '../user-impact';

/** Properties of a ClinicalDashboard. */
export interface ClinicalDashboardProps {
  readonly systemName: string;
  readonly region: string;
  readonly userImpact: UserImpact;
  /** How long nobody can work until wards start their downtime procedures. */
  readonly downtimeTrigger: Duration;
  /** The alarms of the system. Read when the template is written, so that later ones appear as well. */
  readonly alarms: cloudwatch.IAlarm[];
  /** What happens past which threshold. Read when the template is written. */
  readonly thresholds: () => RecoveryThreshold[];
  readonly ingress: IngressConfig[];
  /** What engineers look at, a row each. */
  readonly engineering: cloudwatch.IWidget[][];
}

/** One page: what a ward manager asks first, what engineers need below. */
export class ClinicalDashboard extends Construct {
  public readonly dashboard: cloudwatch.Dashboard;

  public constructor(
    scope: Construct,
    id: string,
    private readonly props: ClinicalDashboardProps,
  ) {
    super(scope, id);
    const rows = [
      [this.question()],
      this.status(),
      ...props.ingress.map(({ summary }) => summary ?? []),
      [heading('# What happens by itself, and what people do', 1)],
      [heading(Lazy.string({ produce: () => thresholdTable(props.thresholds()) }), 8)],
      [heading('# For engineers', 1)],
      [new cloudwatch.AlarmStatusWidget({ title: 'Every alarm', width: 24, height: 4, alarms: props.alarms })],
      ...props.engineering,
    ];
    this.dashboard = new cloudwatch.Dashboard(this, 'Resource', {
      // dashboards are global: without the Region, the other side of the system would take the same name
      dashboardName: `${props.systemName}-${props.region}`,
      periodOverride: cloudwatch.PeriodOverride.INHERIT,
      widgets: rows.filter((row) => row.length > 0),
    });
  }

  private question(): cloudwatch.IWidget {
    const trigger = this.props.downtimeTrigger.toHumanString();
    return heading(
      [
        `# ${this.props.systemName}: can people work with it?`,
        `**Green: yes. Red: no.** When "people cannot work" has been red for ${trigger}, "start downtime procedures" turns red too: then work on paper and with the read-only copy.`,
      ].join('\n\n'),
      3,
    );
  }

  private status(): cloudwatch.IWidget[] {
    const { unusableAlarm, downtimeAlarm, entryPointAlarms } = this.props.userImpact;
    const answer = [unusableAlarm, downtimeAlarm].filter((alarm) => alarm !== undefined);
    return [
      ...(answer.length > 0
        ? [new cloudwatch.AlarmStatusWidget({ title: 'Can people work?', width: 12, height: 3, alarms: answer })]
        : []),
      ...(entryPointAlarms.length > 0
        ? [new cloudwatch.AlarmStatusWidget({ title: 'Ways in', width: 12, height: 3, alarms: entryPointAlarms })]
        : []),
    ];
  }
}

function heading(markdown: string, height: number): cloudwatch.TextWidget {
  return new cloudwatch.TextWidget({ width: 24, height, markdown });
}

const WHO: Record<RecoveryAutomation, string> = {
  [RecoveryAutomation.AUTOMATIC]: 'by itself',
  [RecoveryAutomation.ONE_COMMAND]: 'a person, one command',
  [RecoveryAutomation.MANUAL]: 'a person',
};

/** The declared thresholds as a Markdown table, which CloudWatch draws. */
export function thresholdTable(thresholds: RecoveryThreshold[]): string {
  const rows = thresholds.map(({ measured, threshold, action, automation, expected }) =>
    [measured, threshold, action, WHO[automation], expected?.toHumanString() ?? 'not measured yet'].map(cell),
  );
  return [
    ['what is watched', 'from where on', 'what happens', 'who', 'within'],
    ['---', '---', '---', '---', '---'],
    ...rows,
  ]
    .map((cells) => `| ${cells.join(' | ')} |`)
    .join('\n');
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('\n', ' ');
}
