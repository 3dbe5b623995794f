import { Duration } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { IIngressRouting } from '../app';
import { RecoveryAutomation, type RecoveryStep } from '../core';
import { fail, Problems } from '../core/private/fail';
import { partitionOf } from '../core/private/tokens';
import type { FailoverBindOptions, FailoverConfig, IFailover } from './failover-ref';
import { NearestRegionRouting } from './private/nearest-region-routing';
import { CHECK_INTERVAL, RegionDeparture } from './private/region-departure';

/** Options of a DNS failover. */
export interface DnsFailoverOptions {
  /**
   * Whether Route 53 sends users away by itself when the primary Region stops answering. They arrive where they can read;
   * writing waits for a person, because promoting a database can lose what was not yet replicated.
   *
   * Only an ingress that health checkers on the internet can reach can be watched.
   *
   * @default - true where every ingress is reachable from the internet, false otherwise
   */
  readonly automatic?: boolean;
  /**
   * From the moment users are sent to the recovery Region until somebody has decided to write there. Part of the RTO.
   *
   * @default Duration.minutes(30)
   */
  readonly decisionTime?: Duration;
  /**
   * Failed checks in a row until Route 53 takes the primary Region for lost, 1 to 10.
   *
   * @default 3
   */
  readonly failureThreshold?: number;
}

/** Fixed for an alias to a load balancer: https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/resource-record-sets-choosing-alias-non-alias.html */
const ALIAS_TTL = Duration.seconds(60);

/**
 * Sends users to the recovery Region by failover records.
 *
 * The primary record carries a calculated health check with two parts. One asks the primary Region's load balancer. The other is
 * a latch: it follows an alarm in the recovery Region on a metric that only people write. Writing 1 sends users away and keeps
 * them away, also when the old primary answers again with a database that may no longer take writes; writing 0 lets them
 * return. Route 53 remembers the last value when the metric is silent (`LastKnownStatus`).
 *
 * With active/active the records of both Regions are latency records, and both carry such a check: each Region's latch stands in the
 * other. A user is sent to the Region that answers sooner, and so stays in one, where what was just written can be read. Where both
 * checks fail, Route 53 answers as if both were healthy: nobody can take out both Regions.
 *
 * @see https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/dns-failover-determining-health-of-endpoints.html
 * @see https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/health-checks-how-route-53-chooses-records.html
 */
export class DnsFailover implements IFailover {
  public constructor(private readonly options: DnsFailoverOptions) {}

  public bind(scope: Construct, options: FailoverBindOptions): FailoverConfig {
    this.validate(scope, options);
    const { landingScope, primaryScope, routes, recoveryRegion, notifications, systemName, health } = options;
    const automatic = this.isAutomatic(routes);
    const failureThreshold = this.options.failureThreshold ?? 3;
    const { latch, reclaimCommand } = new RegionDeparture(primaryScope, {
      systemName,
      destination: recoveryRegion,
      latchScope: landingScope,
      notifications,
      routes,
      health,
      automatic,
      failureThreshold,
    });
    return {
      redirection: this.redirection(automatic),
      decision: [
        {
          description: 'somebody decides to write in the recovery Region',
          duration: this.options.decisionTime ?? Duration.minutes(30),
          automation: RecoveryAutomation.MANUAL,
          source: 'declared as decisionTime, or this default: judgement, until an exercise has measured it',
        },
      ],
      leaveCommand: latch.command(1),
      leaveCall: latch.call(1),
      returnCommand: latch.command(0),
      reclaimCommand,
      activeRouting: new NearestRegionRouting(options, automatic, failureThreshold),
    };
  }

  /** Where checkers cannot reach every way in, people say when to leave. */
  private isAutomatic(routes: IIngressRouting[]): boolean {
    return this.options.automatic ?? routes.every((route) => route.reachableFromInternet);
  }

  private validate(scope: Construct, { routes, primaryRegion }: FailoverBindOptions): void {
    if (partitionOf(primaryRegion) === 'aws-us-gov') {
      fail(
        scope,
        'DnsFailoverNotSupported',
        `Failover.dns() does not work in ${primaryRegion}: Route 53 in AWS GovCloud (US) has neither public hosted zones nor health checks on alarms; use Failover.manual()`,
      );
    }
    const problems = new Problems(scope, 'DnsFailoverNotPossible');
    problems.require(
      routes.length > 0,
      'no ingress of the primary has a hosted zone, so there is no DNS record to move; give the ingress a hostedZone or use Failover.manual()',
    );
    const unreachable = routes.filter((route) => !route.reachableFromInternet).length;
    problems.require(
      !(this.options.automatic && unreachable > 0),
      `automatic is true, but ${unreachable} ingress(es) cannot be reached from the internet, where the health checkers are; set automatic: false`,
    );
    const threshold = this.options.failureThreshold ?? 3;
    problems.require(
      Number.isInteger(threshold) && threshold >= 1 && threshold <= 10,
      `failureThreshold must be a whole number from 1 to 10, got ${threshold}`,
    );
    problems.throwIfAny();
  }

  private redirection(automatic: boolean): RecoveryStep[] {
    const spread: RecoveryStep = {
      description: 'resolvers and clients let go of the old address',
      duration: ALIAS_TTL.plus(Duration.seconds(30)),
      automation: RecoveryAutomation.AUTOMATIC,
      source: 'TTL of 60 s of an alias to a load balancer, and 30 s of slack for clients (judgement)',
    };
    if (!automatic) {
      const decide: RecoveryStep = {
        description: 'somebody notices and writes the latch',
        duration: Duration.minutes(15),
        automation: RecoveryAutomation.ONE_COMMAND,
        source: 'judgement, until an exercise has measured it',
      };
      const follow: RecoveryStep = {
        description: 'Route 53 follows the alarm',
        duration: Duration.minutes(2),
        automation: RecoveryAutomation.AUTOMATIC,
        source: 'one period of a minute, and one to evaluate (judgement)',
      };
      return [decide, follow, spread];
    }
    return [
      {
        description: 'Route 53 takes the primary Region for lost',
        duration: Duration.seconds(CHECK_INTERVAL.toSeconds() * (this.options.failureThreshold ?? 3)),
        automation: RecoveryAutomation.AUTOMATIC,
        source: 'request interval × failure threshold of the health check',
      },
      spread,
    ];
  }
}
