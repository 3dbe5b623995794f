import { Duration } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import * as route53 from 'aws-cdk-lib/aws-route53';
import type * as sns from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import type { IIngressRouting } from '../../app';
import type { HealthProfile } from '../../core';
import { Latch } from './latch';

/** The fast interval: https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/health-checks-creating-values.html */
export const CHECK_INTERVAL = Duration.seconds(10);

/** Who leaves which Region, and on what sign. */
export interface RegionDepartureProps {
  readonly systemName: string;
  /** The Region that users are sent to. The latch stands there, where the loss of the other cannot touch it. */
  readonly destination: string;
  /** Where to put the alarm of the latch, in the destination. */
  readonly latchScope: Construct;
  /** Topic in the destination. */
  readonly notifications: sns.ITopic;
  /** How users reach the Region that is left. */
  readonly routes: IIngressRouting[];
  /** What healthy means. */
  readonly health: HealthProfile;
  /** Whether users leave by themselves when the load balancer does not answer. */
  readonly automatic: boolean;
  readonly failureThreshold: number;
}

/**
 * Takes a Region's records out of DNS while its load balancers do not answer, or while somebody says so. Health checkers, name servers and
 * the alarm of the other Region are all it takes. Made in a scope of the Region that is left, whose deployment comes after the alarm.
 */
export class RegionDeparture {
  /** What people write. */
  public readonly latch: Latch;
  /** Lets users return when the Region of the latch is lost: it asks the control plane of Route 53 alone. */
  public readonly reclaimCommand: string;

  public constructor(
    scope: Construct,
    private readonly props: RegionDepartureProps,
  ) {
    this.latch = new Latch(props.systemName, props.destination);
    this.makeAlarm();
    const latchCheck = new route53.HealthCheck(scope, 'LatchHealthCheck', {
      type: route53.HealthCheckType.CLOUDWATCH_METRIC,
      alarmIdentifier: { name: this.latch.alarmName, region: props.destination },
      insufficientDataHealthStatus: route53.InsufficientDataHealthStatusEnum.LAST_KNOWN_STATUS,
    });
    props.routes.forEach((route, index) => {
      const at = new Construct(scope, `Route${index}`);
      route.failAwayWhenUnhealthy(props.automatic ? this.watch(at, route, latchCheck) : latchCheck);
    });
    // a check that is disabled counts as healthy: https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/health-checks-creating-values.html
    this.reclaimCommand = `aws route53 update-health-check --health-check-id ${latchCheck.healthCheckId} --disabled`;
  }

  /** An alarm in the destination, which the loss of the other Region cannot touch, on a metric that only people write. */
  private makeAlarm(): void {
    const { latchScope, systemName, destination, notifications } = this.props;
    const alarm = new cloudwatch.Alarm(latchScope, 'FailedOver', {
      alarmName: this.latch.alarmName,
      alarmDescription: `${systemName}: somebody sent its users to ${destination}`,
      metric: this.latch.metric,
      threshold: 1,
      comparisonOperator: cloudwatch.ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      evaluationPeriods: 1,
      treatMissingData: cloudwatch.TreatMissingData.IGNORE,
    });
    alarm.addAlarmAction(new SnsAction(notifications));
  }

  /** Healthy while the load balancer answers and nobody said to leave. */
  private watch(scope: Construct, route: IIngressRouting, latchCheck: route53.IHealthCheck): route53.IHealthCheck {
    const path = pathBehindListener(this.props.health);
    const answers = new route53.HealthCheck(scope, 'HealthCheck', {
      type: path ? route53.HealthCheckType.HTTPS : route53.HealthCheckType.TCP,
      fqdn: route.targetDomainName,
      port: 443,
      resourcePath: path,
      requestInterval: CHECK_INTERVAL,
      failureThreshold: this.props.failureThreshold,
    });
    return new route53.HealthCheck(scope, 'Healthy', {
      type: route53.HealthCheckType.CALCULATED,
      childHealthChecks: [answers, latchCheck],
      healthThreshold: 2,
    });
  }
}

/** A path that the listener serves: a probe of its own port is not behind it. */
function pathBehindListener(health: HealthProfile): string | undefined {
  return health.port === undefined ? health.path : health.deep?.path;
}
