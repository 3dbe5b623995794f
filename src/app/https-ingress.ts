import { Duration, Stack } from 'aws-cdk-lib';
import type * as acm from 'aws-cdk-lib/aws-certificatemanager';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import type { Construct } from 'constructs';
import { acknowledge } from '../core/private/acknowledgements';
import { fail, Problems } from '../core/private/fail';
import type { HttpsIngressProps } from './https-ingress-props';
import type { IIngress, IngressBindOptions, IngressConfig } from './ingress-ref';
import { AccessLogs } from './private/access-logs';
import { certificateAlarm } from './private/certificate-alarm';
import { FailoverRecord } from './private/failover-record';
import { httpsTargets, shiftedRoute } from './private/https-targets';
import { HttpsTelemetry } from './private/https-telemetry';
import { ADDRESS_TTL, loadBalancerThresholds } from './private/load-balancer-outage';
import { livesElsewhere } from './private/regional-arn';
import { regionalCertificate } from './private/regional-certificate';
import type { ProbeTarget } from './probe-target';
import { Waf } from './waf';

const HTTPS_PORT = 443;
/** A zonal shift works through DNS, which a client only asks when it connects anew: https://docs.aws.amazon.com/r53recovery/latest/dg/arc-zonal-shift.how-it-works.html */
const CLIENT_KEEP_ALIVE = Duration.seconds(300);

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
    const targets = httpsTargets(scope, options, this.props);
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
      alarms: [...telemetry.alarms, ...(given ? [certificateAlarm(scope, given, domainName)] : [])],
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
