import type * as acm from 'aws-cdk-lib/aws-certificatemanager';
import type * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import type * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import type * as route53 from 'aws-cdk-lib/aws-route53';
import type { Construct } from 'constructs';
import type {
  BirthRole,
  DataProtection,
  EntryPoint,
  HealthProfile,
  RecoveryThreshold,
  ResilienceObjectives,
} from '../core';
import type { NetworkConfig } from '../network';
import type { ComputeConfig } from './compute-ref';
import type { ProbedListeners } from './private/tcp-question';
import type { ProbeTarget } from './probe-target';
import type { ZonalShiftTarget } from './zonal-shift-target';

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
  /**
   * Called by `CrossRegionDr` where both Regions serve: users are sent to the Region that answers them sooner, while it is healthy, in
   * place of the one that comes first. Do not call this yourself.
   */
  serveNearestUsers(): void;
}

/** How a load balancer is reached in one Availability Zone. */
export interface ZonalEntry {
  /** The zone. */
  readonly availabilityZone: string;
  /** The DNS name that leads to the load balancer's address in this zone only. */
  readonly dnsName: string;
  /**
   * The address, which is fixed.
   *
   * @default - only known after the deployment, through `dnsName`
   */
  readonly address?: string;
}

/** A certificate that an ingress made itself, and what proved it. */
export interface OwnCertificate {
  /** The name it is for. */
  readonly domainName: string;
  /** The zone it was proved in. */
  readonly hostedZone: route53.IHostedZone;
}

/** A bound ingress. */
export interface IngressConfig {
  /** Where users come in. */
  readonly entryPoint: EntryPoint;
  /**
   * More ports of the same ingress.
   *
   * @default - none
   */
  readonly otherEntryPoints?: EntryPoint[];
  /**
   * How it is reached zone by zone, where it has a fixed address in each.
   *
   * @default - through one name only
   */
  readonly zonalEntries?: ZonalEntry[];
  /**
   * What its probes ask.
   *
   * @default - the health profile of the system
   */
  readonly health?: HealthProfile;
  /** Alarms on the ingress, without actions. */
  readonly alarms: cloudwatch.Alarm[];
  /** Alarms, with explicit names, that mean a deployment went wrong. */
  readonly deploymentAlarms: cloudwatch.Alarm[];
  /**
   * Those of the alarms that mean users cannot come in. The composite alarm of the entry point is made of them.
   *
   * @default - all of `alarms`
   */
  readonly outageAlarms?: cloudwatch.Alarm[];
  /**
   * 1 in a minute in which nobody can work through it, 0 in others. The alarm at the downtime trigger counts these minutes.
   *
   * @default - unknown: no alarm at the downtime trigger
   */
  readonly unusable?: cloudwatch.IMetric;
  /**
   * What it does by itself, and when.
   *
   * @default - nothing is declared
   */
  readonly recoveryThresholds?: RecoveryThreshold[];
  /**
   * Where `Probes` ask, to see what users see.
   *
   * @default - it cannot be asked
   */
  readonly probeTarget?: ProbeTarget;
  /**
   * What a zonal shift moves traffic on.
   *
   * @default - zonal shifts do not work on it
   */
  readonly zonalShift?: ZonalShiftTarget;
  /** What the dashboard shows engineers of it. */
  readonly widgets: cloudwatch.IWidget[];
  /**
   * What the dashboard shows first: whether people can use it, in a row of up to 24 columns.
   *
   * @default - nothing
   */
  readonly summary?: cloudwatch.IWidget[];
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
  /**
   * The Network Load Balancer, where this is one.
   *
   * @default - not a Network Load Balancer
   */
  readonly networkLoadBalancer?: elbv2.NetworkLoadBalancer;
  /**
   * What partners connect to through AWS PrivateLink, where it is offered so.
   *
   * @default - not offered
   */
  readonly endpointService?: ec2.VpcEndpointService;
  /**
   * The command that has AWS look for the proof of its private DNS name: once, after the first deployment.
   *
   * @default - it has no name of its own
   */
  readonly verifyPrivateDnsCommand?: string;
  /** @internal The certificate of this Region, if there is one. */
  readonly _certificate?: acm.ICertificate;
  /** @internal The certificate that was made here, if one was: another Region has to make its own. */
  readonly _ownCertificate?: OwnCertificate;
  /** @internal Whether clients without a certificate are refused, health probes among them. */
  readonly _refusesStrangers?: boolean;
  /** @internal What `Probes` ask at each of the zonal entries. */
  readonly _probed?: ProbedListeners;
}

/** A way into a system. Made by `Ingress`, or your own. */
export interface IIngress {
  /** Called by the system; do not call this yourself. */
  bind(scope: Construct, options: IngressBindOptions): IngressConfig;
}
