import { Duration, Stack } from 'aws-cdk-lib';
import type * as acm from 'aws-cdk-lib/aws-certificatemanager';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import type * as route53 from 'aws-cdk-lib/aws-route53';
import type { Construct } from 'constructs';
import { ProbeProtocol } from '../core';
import { acknowledge } from '../core/private/acknowledgements';
import { fail, Problems } from '../core/private/fail';
import type { ShiftedRoute } from './compute-ref';
import type { IIngress, IngressBindOptions, IngressConfig } from './ingress-ref';
import type { MutualTls } from './mutual-tls';
import { AccessLogs } from './private/access-logs';
import { FailoverRecord } from './private/failover-record';
import { HttpsTelemetry } from './private/https-telemetry';
import { ADDRESS_TTL, DNS_MINIMUM_HEALTHY_TARGETS, loadBalancerThresholds } from './private/load-balancer-outage';
import { livesElsewhere } from './private/regional-arn';
import { regionalCertificate } from './private/regional-certificate';
import type { ProbeTarget } from './probe-target';
import { Waf } from './waf';

const HTTPS_PORT = 443;
/** A zonal shift works through DNS, which a client only asks when it connects anew: https://docs.aws.amazon.com/r53recovery/latest/dg/arc-zonal-shift.how-it-works.html */
const CLIENT_KEEP_ALIVE = Duration.seconds(300);

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

/**
 * HTTPS through an Application Load Balancer in every zone, which Amazon Application Recovery Controller can shift away from
 * a zone. Made by `Ingress.https`. There is no listener on port 80.
 */
export class HttpsIngress implements IIngress {
  /** @throws InvalidHttpsIngress naming every contradiction in the properties */
  public constructor(private readonly props: HttpsIngressProps) {
    const problems = new Problems(undefined, 'InvalidHttpsIngress');
    problems.require(props.domainName !== '', 'domainName is empty; name the address users know');
    problems.require(
      props.certificate !== undefined || props.hostedZone !== undefined,
      `"${props.domainName}" has neither a certificate nor a hosted zone to prove a new one in; give one of them`,
    );
    problems.require(
      !props.slowStart ||
        props.loadBalancingAlgorithm !== elbv2.TargetGroupLoadBalancingAlgorithmType.LEAST_OUTSTANDING_REQUESTS,
      'slowStart does not work with LEAST_OUTSTANDING_REQUESTS; leave one of them out',
    );
    problems.require(
      props.allowedSources === undefined || props.allowedSources.length > 0,
      'allowedSources is empty, so nobody could connect; name who may',
    );
    problems.require(
      (props.securityGroups ?? []).length <= 5,
      `a load balancer has up to 5 security groups, got ${props.securityGroups?.length}`,
    );
    problems.throwIfAny();
  }

  /**
   * Called by the system; do not call this yourself.
   *
   * @throws NotBehindLoadBalancer when the compute has no target for an Application Load Balancer
   * @throws UnsupportedHealthProfile when the health profile asks in TCP, which the load balancer cannot
   * @throws CertificateInOtherRegion when the certificate is known to live in another Region
   * @throws SecurityGroupInOtherRegion when a security group is known to live in another Region
   * @throws TrustStoreInOtherRegion when what clients are trusted by is known to live in another Region
   * @throws DomainNotInHostedZone when the hosted zone is not that of the domain name
   */
  public bind(scope: Construct, options: IngressBindOptions): IngressConfig {
    const { domainName, hostedZone } = this.props;
    const given = options.certificate ?? this.props.certificate;
    const certificate = regionalCertificate(scope, { domainName, hostedZone, given });
    const loadBalancer = this.loadBalancer(scope, options);
    const targets = this.targets(scope, options);
    const listener = this.listen(scope, loadBalancer, targets[0], certificate, options);
    options.compute.shiftedRequests?.shift(shiftedRoute(scope, listener, targets));
    new AccessLogs(scope, 'AccessLogs', {
      loadBalancer,
      retention: this.props.accessLogRetention ?? Duration.days(365),
      dataProtection: options.dataProtection,
    });
    (this.props.waf ?? Waf.managedRules())._bind(scope, {
      resourceArn: loadBalancer.loadBalancerArn,
      systemName: options.systemName,
      dataProtection: options.dataProtection,
    });
    const telemetry = new HttpsTelemetry(scope, 'Telemetry', {
      systemName: options.systemName,
      address: domainName,
      loadBalancer,
      targets,
      latencyThreshold: this.props.latencyThreshold ?? Duration.seconds(3),
      expectsTargets: options.compute.capacity.running > 0,
      passiveTargets: options.compute.passiveTargets ?? 0,
    });
    return {
      entryPoint: {
        address: this.props.domainName,
        protocol: 'HTTPS',
        port: HTTPS_PORT,
        path: loadBalancer.node.path,
      },
      alarms: telemetry.alarms,
      deploymentAlarms: telemetry.deploymentAlarms,
      outageAlarms: telemetry.outageAlarms,
      unusable: telemetry.unusable,
      recoveryThresholds: loadBalancerThresholds(options.health),
      zonalShift: { resourceArn: loadBalancer.loadBalancerArn, settlesIn: ADDRESS_TTL.plus(CLIENT_KEEP_ALIVE) },
      probeTarget: this.probeTarget(loadBalancer),
      widgets: telemetry.widgets,
      summary: telemetry.summary,
      routing: this.route(scope, options, loadBalancer),
      applicationLoadBalancer: loadBalancer,
      _certificate: certificate,
      _ownCertificate: !given && hostedZone ? { domainName, hostedZone } : undefined,
      _refusesStrangers: this.refusesStrangers,
    };
  }

  private get refusesStrangers(): boolean {
    return this.props.mutualTls?._refuses ?? false;
  }

  /** A probe has no certificate, and on the internet none of the addresses that alone may come in. */
  private probeTarget(loadBalancer: elbv2.ApplicationLoadBalancer): ProbeTarget | undefined {
    if (this.refusesStrangers || (this.internetFacing && this.props.allowedSources)) {
      return undefined;
    }
    return {
      host: loadBalancer.loadBalancerDnsName,
      serverName: this.props.domainName,
      port: HTTPS_PORT,
      connections: this.internetFacing ? undefined : loadBalancer.connections,
    };
  }

  private get internetFacing(): boolean {
    return this.props.internetFacing ?? true;
  }

  private loadBalancer(scope: Construct, options: IngressBindOptions): elbv2.ApplicationLoadBalancer {
    const { vpc, publicSubnets, applicationSubnets } = options.network;
    const [securityGroup, ...others] = this.securityGroups(scope);
    const loadBalancer = new elbv2.ApplicationLoadBalancer(scope, 'LoadBalancer', {
      vpc,
      securityGroup,
      vpcSubnets: this.internetFacing ? publicSubnets : applicationSubnets,
      internetFacing: this.internetFacing,
      deletionProtection: options.dataProtection.retained,
      http2Enabled: this.props.http2 ?? true,
      dropInvalidHeaderFields: true,
      desyncMitigationMode: elbv2.DesyncMitigationMode.DEFENSIVE,
      idleTimeout: this.props.idleTimeout ?? Duration.seconds(60),
      clientKeepAlive: CLIENT_KEEP_ALIVE,
    });
    for (const other of others) {
      loadBalancer.addSecurityGroup(other);
    }
    loadBalancer.setAttribute('zonal_shift.config.enabled', 'true');
    if (!options.dataProtection.retained) {
      acknowledge(loadBalancer, 'removableLoadBalancer');
    }
    return loadBalancer;
  }

  private securityGroups(scope: Construct): ec2.ISecurityGroup[] {
    const given = this.props.securityGroups ?? [];
    const elsewhere = given.filter((group) => livesElsewhere(scope, group));
    if (elsewhere.length > 0) {
      fail(
        scope,
        'SecurityGroupInOtherRegion',
        `security groups of ${elsewhere[0].env.region} cannot be used in ${Stack.of(scope).region}; leave securityGroups out, or give CrossRegionDr recovery: { ingress } with those of that Region`,
      );
    }
    return given;
  }

  /** One group, or two where deployments move requests between them. */
  private targets(scope: Construct, options: IngressBindOptions): elbv2.ApplicationTargetGroup[] {
    const shifted = options.compute.shiftedRequests !== undefined;
    return (shifted ? ['Targets', 'AlternateTargets'] : ['Targets']).map((id) => this.targetGroup(scope, id, options));
  }

  private targetGroup(
    scope: Construct,
    id: string,
    { network, compute, health }: IngressBindOptions,
  ): elbv2.ApplicationTargetGroup {
    if (!compute.applicationTarget) {
      fail(
        scope,
        'NotBehindLoadBalancer',
        'the compute cannot be a target of an Application Load Balancer; use another ingress',
      );
    }
    if (health.protocol === ProbeProtocol.TCP) {
      fail(
        scope,
        'UnsupportedHealthProfile',
        'an Application Load Balancer cannot probe with TCP; use HealthProfile.http',
      );
    }
    const encrypted = health.protocol === ProbeProtocol.HTTPS;
    const { LEAST_OUTSTANDING_REQUESTS, ROUND_ROBIN } = elbv2.TargetGroupLoadBalancingAlgorithmType;
    return new elbv2.ApplicationTargetGroup(scope, id, {
      vpc: network.vpc,
      port: compute.port,
      protocol: encrypted ? elbv2.ApplicationProtocol.HTTPS : elbv2.ApplicationProtocol.HTTP,
      // whoever moves requests registers tasks by address, in both groups
      ...(compute.shiftedRequests ? { targetType: elbv2.TargetType.IP } : { targets: [compute.applicationTarget] }),
      deregistrationDelay: this.props.deregistrationDelay ?? Duration.seconds(30),
      slowStart: this.props.slowStart,
      loadBalancingAlgorithmType:
        this.props.loadBalancingAlgorithm ?? (this.props.slowStart ? ROUND_ROBIN : LEAST_OUTSTANDING_REQUESTS),
      healthCheck: {
        protocol: encrypted ? elbv2.Protocol.HTTPS : elbv2.Protocol.HTTP,
        path: health.path,
        port: health.port === undefined ? undefined : String(health.port),
        healthyHttpCodes: health.healthyHttpCodes,
        interval: health.interval,
        timeout: health.timeout,
        healthyThresholdCount: health.healthyThreshold,
        unhealthyThresholdCount: health.unhealthyThreshold,
      },
      // a zone without a healthy target leaves DNS; only a system without any keeps answering: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health.html
      targetGroupHealth: {
        dnsMinimumHealthyTargetCount: DNS_MINIMUM_HEALTHY_TARGETS,
        routingMinimumHealthyTargetCount: 1,
      },
    });
  }

  private listen(
    scope: Construct,
    loadBalancer: elbv2.ApplicationLoadBalancer,
    targets: elbv2.ApplicationTargetGroup,
    certificate: acm.ICertificate,
    { compute, health, network }: IngressBindOptions,
  ): elbv2.ApplicationListener {
    const listener = loadBalancer.addListener('Https', {
      port: HTTPS_PORT,
      protocol: elbv2.ApplicationProtocol.HTTPS,
      certificates: [certificate],
      sslPolicy: this.props.sslPolicy ?? elbv2.SslPolicy.TLS13_RES,
      mutualAuthentication: this.props.mutualTls?._bind(scope),
      open: false, // allowed below, by source
      defaultTargetGroups: [targets],
    });
    const everybody = this.internetFacing && !this.props.allowedSources;
    const sources = this.props.allowedSources ?? [
      everybody ? ec2.Peer.anyIpv4() : ec2.Peer.ipv4(network.cidr ?? network.vpc.vpcCidrBlock),
    ];
    for (const source of sources) {
      loadBalancer.connections.allowFrom(source, ec2.Port.tcp(HTTPS_PORT), 'HTTPS');
    }
    if (everybody) {
      acknowledge(loadBalancer, 'publicHttps');
    }
    if (health.port !== undefined && health.port !== compute.port) {
      loadBalancer.connections.allowTo(compute.connections, ec2.Port.tcp(health.port), 'Health probes');
    }
    return listener;
  }

  private route(
    scope: Construct,
    options: IngressBindOptions,
    loadBalancer: elbv2.ApplicationLoadBalancer,
  ): FailoverRecord | undefined {
    const { hostedZone, domainName } = this.props;
    return (
      hostedZone &&
      new FailoverRecord(scope, 'Record', {
        domainName,
        hostedZone,
        loadBalancer,
        bornAs: options.bornAs,
        // health checkers are not among named sources, and have no certificate
        reachableFromInternet: this.internetFacing && !this.props.allowedSources && !this.refusesStrangers,
      })
    );
  }
}

/**
 * The rule that deployments change the weights of, for every path. As Amazon ECS changes it behind the template's back, this must
 * stay as it is from release to release: an update would bring the first weights back, and users to an empty target group. The default
 * of the listener stays the first group: it answers until the rule exists, on the day a system changes over.
 */
function shiftedRoute(
  scope: Construct,
  listener: elbv2.ApplicationListener,
  [targets, alternateTargets]: elbv2.ApplicationTargetGroup[],
): ShiftedRoute {
  const rule = new elbv2.ApplicationListenerRule(scope, 'Production', {
    listener,
    priority: 1,
    conditions: [elbv2.ListenerCondition.pathPatterns(['/*'])],
    action: elbv2.ListenerAction.weightedForward([
      { targetGroup: targets, weight: 100 },
      { targetGroup: alternateTargets, weight: 0 },
    ]),
  });
  return { targets, alternateTargets, rule };
}
