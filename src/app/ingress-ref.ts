import type * as acm from 'aws-cdk-lib/aws-certificatemanager';
import type * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import type * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import type * as route53 from 'aws-cdk-lib/aws-route53';
import type { Construct } from 'constructs';
import type { BirthRole, DataProtection, EntryPoint, HealthProfile, ResilienceObjectives } from '../core';
import type { NetworkConfig } from '../network';
import type { ComputeConfig } from './compute-ref';

/** What an ingress is told when it is bound to a system. */
export interface IngressBindOptions {
  /** The system's name; physical names start with it. */
  readonly systemName: string;
  /** Where to listen. */
  readonly network: NetworkConfig;
  /** Where to send what comes in. */
  readonly compute: ComputeConfig;
  /** What healthy means. */
  readonly health: HealthProfile;
  /** What the system must achieve. */
  readonly objectives: ResilienceObjectives;
  /** What becomes of access logs when the system is removed. */
  readonly dataProtection: DataProtection;
  /** What this Region was when the system was first deployed in it. Decides which failover record it owns, for good. */
  readonly bornAs: BirthRole;
  /**
   * Certificate of this Region, instead of the one in the definition.
   *
   * @default - the certificate in the definition
   */
  readonly certificate?: acm.ICertificate;
}

/** How Amazon Route 53 sends users to this Region, or away from it. */
export interface IIngressRouting {
  /** The hosted zone of the address. */
  readonly hostedZone: route53.IHostedZone;
  /** Whether health checkers on the internet can reach the ingress. */
  readonly reachableFromInternet: boolean;
  /** DNS name of the load balancer itself, which health checks ask. */
  readonly targetDomainName: string;
  /**
   * Called by `CrossRegionDr`: send users away from this Region while the health check fails. Do not call this yourself.
   */
  failAwayWhenUnhealthy(healthCheck: route53.IHealthCheck): void;
}

/** A bound ingress. */
export interface IngressConfig {
  /** Where users come in. */
  readonly entryPoint: EntryPoint;
  /** Alarms on the ingress, without actions. */
  readonly alarms: cloudwatch.Alarm[];
  /** Alarms, with explicit names, that mean a deployment went wrong. */
  readonly deploymentAlarms: cloudwatch.Alarm[];
  /** What the dashboard shows of it. */
  readonly widgets: cloudwatch.IWidget[];
  /**
   * How users are sent to this Region.
   *
   * @default - not by this library
   */
  readonly routing?: IIngressRouting;
  /**
   * The Application Load Balancer, where this is one.
   *
   * @default - not an Application Load Balancer
   */
  readonly applicationLoadBalancer?: elbv2.ApplicationLoadBalancer;
}

/** A way into a system. Made by `Ingress`, or your own. */
export interface IIngress {
  /** Called by the system; do not call this yourself. */
  bind(scope: Construct, options: IngressBindOptions): IngressConfig;
}
