import { Duration } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import type * as sns from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { acknowledge } from '../core/private/acknowledgements';
import { fail } from '../core/private/fail';
import { errorRate } from './private/https-telemetry';

/** How fast an error budget may burn, over a long window and, to see whether it still does, a twelfth of it. */
interface BurnRate {
  readonly id: string;
  readonly rate: number;
  readonly long: Duration;
  readonly short: Duration;
  readonly budget: string;
}

/** What pages somebody. The third pair of the same table, a rate of 1 over three days, is a ticket and no alarm. */
const burnRates = (): BurnRate[] => [
  { id: 'Fast', rate: 14.4, long: Duration.hours(1), short: Duration.minutes(5), budget: '2 % in an hour' },
  { id: 'Slow', rate: 6, long: Duration.hours(6), short: Duration.minutes(30), budget: '5 % in six hours' },
];

/** What burn-rate alarms are told. */
export interface AvailabilityTargetSubject {
  readonly systemName: string;
  readonly loadBalancer: elbv2.IApplicationLoadBalancer;
  readonly wayIn: number;
  readonly notifications: sns.ITopic;
}

/**
 * The share of requests that must succeed over 30 days, and alarms that go off when errors come so fast that it will be missed:
 * slow trouble that no threshold sees, and less noise from short trouble.
 *
 * An alarm goes off while the error rate is above `burn rate × (100 % − target)` in both windows of a pair: 14.4 over one hour and
 * five minutes, 6 over six hours and 30 minutes. At 99.9 % those are 1.44 % and 0.6 % of requests. In quiet hours one failed
 * request weighs much.
 *
 * Metric math on the load balancer and not Application Signals: that needs an agent in the application or a switch for the
 * whole account, and is charged by the request.
 *
 * @see https://sre.google/workbook/alerting-on-slos/
 */
export class AvailabilityTarget {
  /**
   * A target in percent, 90 to 99.999, over 30 days. 99.9 allows for 43 minutes without any answer, or a failure in a thousand
   * requests.
   *
   * Costs two composite alarms and four alarms on metric math for each HTTPS ingress.
   *
   * @throws InvalidAvailabilityTarget when out of range
   */
  public static percent(percent: number): AvailabilityTarget {
    if (!(percent >= 90 && percent <= 99.999)) {
      fail(
        undefined,
        'InvalidAvailabilityTarget',
        `an availability target must be 90 to 99.999 percent, got ${percent}`,
      );
    }
    return new AvailabilityTarget(percent);
  }

  private constructor(
    /** The share of requests, in percent, that must succeed over 30 days. */
    public readonly targetPercent: number,
  ) {}

  /** @internal */
  public _bind(scope: Construct, subject: AvailabilityTargetSubject): void {
    const pairs = new Construct(scope, `WayIn${subject.wayIn}`);
    for (const burn of burnRates()) {
      this.pair(pairs, burn, subject);
    }
  }

  private pair(scope: Construct, burn: BurnRate, subject: AvailabilityTargetSubject): void {
    const windows = [
      this.window(scope, `${burn.id}Long`, burn, burn.long, subject),
      this.window(scope, `${burn.id}Short`, burn, burn.short, subject),
    ];
    const composite = new cloudwatch.CompositeAlarm(scope, burn.id, {
      alarmDescription: `${subject.systemName} fails so often that ${this.targetPercent} % will be missed: it uses ${burn.budget} of what may fail in 30 days`,
      alarmRule: cloudwatch.AlarmRule.allOf(...windows),
    });
    const action = new SnsAction(subject.notifications);
    composite.addAlarmAction(action);
    composite.addOkAction(action);
  }

  private window(
    scope: Construct,
    id: string,
    { rate }: BurnRate,
    period: Duration,
    { loadBalancer }: AvailabilityTargetSubject,
  ): cloudwatch.Alarm {
    const allowed = Number((rate * (100 - this.targetPercent)).toPrecision(6)); // without the dust of binary fractions
    const alarm = errorRate(loadBalancer, period).createAlarm(scope, id, {
      alarmDescription: `More than ${allowed} % of requests in ${period.toHumanString()} failed: ${rate} times as many as may`,
      threshold: allowed,
      comparisonOperator: cloudwatch.ComparisonOperator.GREATER_THAN_THRESHOLD,
      evaluationPeriods: 1,
      treatMissingData: cloudwatch.TreatMissingData.NOT_BREACHING,
    });
    acknowledge(alarm, 'windowOfBurnRate');
    return alarm;
  }
}
