import { Duration } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import type * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';

const minute = { period: Duration.minutes(1) };

/**
 * What the targets of one route say together. Elastic Load Balancing measures each target group by itself, and deployments that
 * move requests leave one of the two empty: alone it would look like an outage.
 */
export class RouteTelemetry {
  public constructor(private readonly groups: elbv2.ApplicationTargetGroup[]) {}

  /** Targets that answer their probes; no data where no group has any target. */
  public healthy(statistic: string, label?: string): cloudwatch.IMetric {
    return this.together('healthy', label, (group) => group.metrics.healthyHostCount({ ...minute, statistic, label }));
  }

  /** Targets that do not. */
  public unhealthy(label?: string): cloudwatch.IMetric {
    return this.together('unhealthy', label, (group) =>
      group.metrics.unhealthyHostCount({ ...minute, statistic: 'Maximum', label }),
    );
  }

  /** The response time of the slowest hundredth, of whichever version is slower. */
  public slowest(): cloudwatch.IMetric {
    return this.together('slowest', 'TargetResponseTime, the slower version', (group) =>
      group.metrics.targetResponseTime({ ...minute, statistic: 'p99' }),
    );
  }

  private together(
    what: 'healthy' | 'unhealthy' | 'slowest',
    label: string | undefined,
    metricOf: (group: elbv2.ApplicationTargetGroup) => cloudwatch.IMetric,
  ): cloudwatch.IMetric {
    const metrics = this.groups.map(metricOf);
    if (metrics.length === 1) {
      return metrics[0];
    }
    const names = metrics.map((_, index) => `${what}${index + 1}`);
    const filled = names.map((name) => `FILL(${name}, 0)`);
    return new cloudwatch.MathExpression({
      expression: what === 'slowest' ? `MAX([${filled.join(', ')}])` : filled.join(' + '),
      usingMetrics: Object.fromEntries(names.map((name, index) => [name, metrics[index]])),
      period: minute.period,
      label,
    });
  }
}
