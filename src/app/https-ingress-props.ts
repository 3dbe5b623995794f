import type { Duration } from 'aws-cdk-lib';
import type * as acm from 'aws-cdk-lib/aws-certificatemanager';
import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import type * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import type * as route53 from 'aws-cdk-lib/aws-route53';
import type { MutualTls } from './mutual-tls';
import type { Waf } from './waf';

/** Properties of an HTTPS ingress. */
export interface HttpsIngressProps {
  /** The address users know, for example `ehr.example.org`. */
  readonly domainName: string;
  /**
   * The hosted zone of the address. Give an imported one if the system also lives in another Region. The Region of the stack
   * must be known.
   *
   * @default - no DNS record: you send users to the load balancer, and away from it
   */
  readonly hostedZone?: route53.IHostedZone;
  /**
   * The certificate. Certificates are Regional: for a system in two Regions leave it out and give the hosted zone, or give
   * `CrossRegionDr` the other one.
   *
   * @default - a certificate that proves itself through the hosted zone
   */
  readonly certificate?: acm.ICertificate;
  /**
   * Whether the internet reaches it.
   *
   * @default true
   */
  readonly internetFacing?: boolean;
  /**
   * Who may connect. Use address ranges: a security group or prefix list exists in one Region only.
   *
   * @default - everybody if it faces the internet, otherwise the VPC's own range: name the hospital's ranges
   */
  readonly allowedSources?: ec2.IPeer[];
  /**
   * The web application firewall.
   *
   * @default Waf.managedRules()
   */
  readonly waf?: Waf;
  /**
   * The versions and ciphers of TLS it speaks.
   *
   * @default elbv2.SslPolicy.TLS13_RES - TLS 1.3 and 1.2, with forward secrecy and authenticated encryption only
   */
  readonly sslPolicy?: elbv2.SslPolicy;
  /**
   * Whether clients show certificates.
   *
   * @default - they do not
   */
  readonly mutualTls?: MutualTls;
  /**
   * Whether clients may speak HTTP/2. Its requests share one connection, and reach the application as HTTP/1.1.
   *
   * @default true
   */
  readonly http2?: boolean;
  /**
   * Security groups of the load balancer in place of its own. They belong to this Region; who may connect is added to them.
   *
   * @default - a new one
   */
  readonly securityGroups?: ec2.ISecurityGroup[];
  /**
   * How long an open connection may be silent.
   *
   * @default Duration.seconds(60)
   */
  readonly idleTimeout?: Duration;
  /**
   * How long requests in flight may finish after a target was taken out.
   *
   * @default Duration.seconds(30)
   */
  readonly deregistrationDelay?: Duration;
  /**
   * How long a new target is spared its full share of requests, 30 to 900 seconds.
   *
   * @default - it gets its full share at once
   */
  readonly slowStart?: Duration;
  /**
   * How a target is chosen. Cannot be `LEAST_OUTSTANDING_REQUESTS` together with `slowStart`.
   *
   * @default elbv2.TargetGroupLoadBalancingAlgorithmType.LEAST_OUTSTANDING_REQUESTS, which sends less to a target that
   * answers slowly; ROUND_ROBIN with `slowStart`
   */
  readonly loadBalancingAlgorithm?: elbv2.TargetGroupLoadBalancingAlgorithmType;
  /**
   * The 99th percentile of response times above which an alarm goes off and a deployment is rolled back.
   *
   * @default Duration.seconds(3)
   */
  readonly latencyThreshold?: Duration;
  /**
   * How long to keep the access log. It names URLs, and so may name patients.
   *
   * @default Duration.days(365)
   */
  readonly accessLogRetention?: Duration;
}
