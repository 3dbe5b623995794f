import { Duration, Token } from 'aws-cdk-lib';
import * as route53 from 'aws-cdk-lib/aws-route53';
import type { Construct } from 'constructs';
import { RecoveryAutomation } from '../core';
import { Problems } from '../core/private/fail';
import { partitionOf } from '../core/private/tokens';
import type { FailoverBindOptions, FailoverConfig, IFailover } from './failover-ref';

/** An endpoint of a routing control cluster. A cluster has five, each in another Region; any of them changes a state. */
export interface RoutingControlEndpoint {
  /** Region of the endpoint. */
  readonly region: string;
  /** Its address, such as `https://abcd1234.route53-recovery-cluster.us-west-2.amazonaws.com/v1`. */
  readonly url: string;
}

/** https://docs.aws.amazon.com/r53recovery/latest/dg/routing-control.update.api.html */
const ENDPOINTS = 5;
const CONTROL = /^arn:aws:route53-recovery-control::\d{12}:controlpanel\/\w+\/routingcontrol\/\w+$/;

/** Options of a failover by ARC routing control. */
export interface RoutingControlOptions {
  /**
   * ARN of the routing control that is on while users belong in the primary Region. One, not one for each Region: two could both be
   * off. It must exist, and be on, when the primary is deployed.
   */
  readonly routingControlArn: string;
  /**
   * The five endpoints of its cluster, as `aws route53-recovery-control-config describe-cluster` prints them. AWS keeps three of them
   * reachable, and takes them out of service in turns.
   */
  readonly endpoints: RoutingControlEndpoint[];
  /**
   * ARN of the control that a safety rule asks before `routingControlArn` can be moved: see `RoutingControlPanel`. It is off but while users
   * are moved.
   *
   * @default - none: nothing holds a mistaken command back
   */
  readonly gateArn?: string;
  /**
   * From the loss of the Region until somebody has noticed and sent users away. Part of the time until users can read.
   *
   * @default Duration.minutes(10)
   */
  readonly noticeTime?: Duration;
  /**
   * From there until somebody has decided to write in the recovery Region. Part of the RTO.
   *
   * @default Duration.minutes(30)
   */
  readonly decisionTime?: Duration;
}

/**
 * Users are where a routing control of Amazon Application Recovery Controller says. Made by `Failover.routingControl`.
 *
 * The lever that still moves when most others do not: its state is kept in five Regions, and three of them are enough to change it.
 * Nothing moves by itself. The cluster is charged by the hour and shared by many systems, so it is given, not made here.
 *
 * @see https://docs.aws.amazon.com/r53recovery/latest/dg/routing-control.html
 */
export class RoutingControlFailover implements IFailover {
  public constructor(private readonly options: RoutingControlOptions) {}

  /** @throws RoutingControlNotPossible naming everything that stands against it */
  public bind(scope: Construct, options: FailoverBindOptions): FailoverConfig {
    this.validate(scope, options);
    const { routingControlArn } = this.options;
    const check = new route53.HealthCheck(options.primaryScope, 'RoutingControl', {
      type: route53.HealthCheckType.RECOVERY_CONTROL,
      routingControl: routingControlArn,
    });
    for (const route of options.routes) {
      route.failAwayWhenUnhealthy(check);
    }
    return {
      redirection: [
        {
          description: 'somebody notices and turns the routing control off',
          duration: this.options.noticeTime ?? Duration.minutes(10),
          automation: RecoveryAutomation.ONE_COMMAND,
          source: 'declared as noticeTime, or this default: judgement, until an exercise has measured it',
        },
        {
          description: 'Route 53 follows, and resolvers and clients let go of the old address',
          duration: Duration.minutes(2),
          automation: RecoveryAutomation.AUTOMATIC,
          source: 'TTL of 60 s of an alias to a load balancer, and a minute of slack (judgement)',
        },
      ],
      decision: [
        {
          description: 'somebody decides to write in the recovery Region',
          duration: this.options.decisionTime ?? Duration.minutes(30),
          automation: RecoveryAutomation.MANUAL,
          source: 'declared as decisionTime, or this default: judgement, until an exercise has measured it',
        },
      ],
      ...this.gate(options),
      leaveCommand: this.command(routingControlArn, 'Off', [options.primaryRegion]),
      returnCommand: this.command(routingControlArn, 'On', [options.primaryRegion]),
      reclaimCommand: this.command(routingControlArn, 'On', [options.recoveryRegion]),
    };
  }

  private validate(scope: Construct, { routes, primaryRegion }: FailoverBindOptions): void {
    const { routingControlArn, gateArn, endpoints } = this.options;
    const problems = new Problems(scope, 'RoutingControlNotPossible');
    problems.require(
      partitionOf(primaryRegion) === 'aws',
      `routing control is in the commercial Regions only, got ${primaryRegion}; use Failover.manual()`,
    );
    problems.require(
      routes.length > 0,
      'no ingress of the primary has a hosted zone, so there is no DNS record to move; give the ingress a hostedZone or use Failover.manual()',
    );
    for (const [name, arn] of Object.entries({ routingControlArn, gateArn })) {
      problems.require(
        arn === undefined || Token.isUnresolved(arn) || CONTROL.test(arn),
        `${name} must be the ARN of a routing control, got "${arn}"`,
      );
    }
    problems.require(
      gateArn === undefined || gateArn !== routingControlArn,
      'gateArn must be another control than routingControlArn; it is off while users stay where they are',
    );
    const regions = endpoints.map(({ region }) => region);
    problems.require(
      regions.length === ENDPOINTS && new Set(regions).size === ENDPOINTS,
      `endpoints must be the ${ENDPOINTS} of the cluster, each in another Region, of which AWS keeps three reachable, got ${regions.length}: ${regions.join(', ')}; see aws route53-recovery-control-config describe-cluster`,
    );
    for (const { url } of endpoints) {
      problems.require(/^https:\/\/\S+$/.test(url), `the url of an endpoint must begin with https://, got "${url}"`);
    }
    problems.throwIfAny();
  }

  /** Opened by those that neither loss takes away, because it is opened for the way there and back. */
  private gate({ primaryRegion, recoveryRegion }: FailoverBindOptions): Partial<FailoverConfig> {
    const { gateArn } = this.options;
    const either = [primaryRegion, recoveryRegion];
    return gateArn === undefined
      ? {}
      : { unlockCommand: this.command(gateArn, 'On', either), lockCommand: this.command(gateArn, 'Off', either) };
  }

  /** Asks one endpoint after another until one answers, and none in the Regions that may be lost. */
  private command(routingControlArn: string, state: 'On' | 'Off', lost: string[]): string {
    return this.options.endpoints
      .filter(({ region }) => !lost.includes(region))
      .map(
        ({ region, url }) =>
          `aws route53-recovery-cluster update-routing-control-state --routing-control-arn ${routingControlArn} --routing-control-state ${state} --region ${region} --endpoint-url ${url}`,
      )
      .join(' || ');
  }
}
