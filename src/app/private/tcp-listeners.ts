import { Duration, Token, Validations } from 'aws-cdk-lib';
import type * as acm from 'aws-cdk-lib/aws-certificatemanager';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import type { Construct } from 'constructs';
import type { HealthProfile } from '../../core';
import { acknowledge } from '../../core/private/acknowledgements';
import { fail } from '../../core/private/fail';
import { FixedAddresses } from '../fixed-addresses';
import type { IngressBindOptions, IngressConfig, OwnCertificate } from '../ingress-ref';
import type { TcpIngressProps } from '../tcp-ingress-props';
import type { TlsTerminationOptions } from '../transport-encryption';
import { AccessLogs } from './access-logs';
import { certificateAlarm } from './certificate-alarm';
import { FailoverRecord } from './failover-record';
import { loadBalancerThresholds } from './load-balancer-outage';
import { networkLoadBalancer, type ZonalLoadBalancer } from './network-load-balancer';
import { OneRegion } from './one-region';
import { regionalCertificate } from './regional-certificate';
import { regionalSources } from './source-ranges';
import { requireTcpIngress, serverNameOf } from './tcp-checks';
import type { ProbedListeners, TcpQuestion } from './tcp-question';
import { probedPort, tcpTargets } from './tcp-targets';
import { TcpTelemetry } from './tcp-telemetry';

/** One port senders connect to. */
export interface TcpListener {
  readonly name: string;
  readonly port: number;
  readonly targetPort: number;
  /**
   * What probes ask it.
   *
   * @default - they do not
   */
  readonly question?: TcpQuestion;
}

/** What a protocol is called, and how long the names of its listeners may be. */
export interface TcpProtocol {
  /** How errors and the classes of its probes start. */
  readonly id: 'Mllp' | 'Dicom' | 'Tcp';
  readonly name: string;
  /** What a listener is called in errors. */
  readonly noun: string;
  readonly names: RegExp;
  readonly namesAre: string;
}

/** Listeners of a TCP protocol behind one Network Load Balancer: what HL7, DICOM and those of vendors have in common. */
export class TcpListeners {
  private readonly addresses: FixedAddresses;
  private readonly crossZone: boolean;
  private readonly region = new OneRegion();

  public constructor(
    private readonly protocol: TcpProtocol,
    private readonly props: TcpIngressProps,
    private readonly listeners: TcpListener[],
  ) {
    this.addresses = props.addresses ?? FixedAddresses.assigned();
    this.crossZone = props.crossZone ?? true;
    requireTcpIngress(protocol, props, listeners);
  }

  public bind(scope: Construct, options: IngressBindOptions): IngressConfig {
    if (!this.crossZone && (options.compute.runsOnce || options.compute.passiveTargets)) {
      fail(
        scope,
        'ZonesWithoutTarget',
        'crossZone is false, but one target serves at a time, so the addresses of all other zones would lead nowhere; leave crossZone out',
      );
    }
    this.region.require(scope, [...regionalSources(this.props.sources), ...this.addresses._regional]);
    const given = this.termination && (options.certificate ?? this.termination.certificate);
    const certificate = this.termination && this.certificate(scope, given);
    const made = networkLoadBalancer(scope, options, { addresses: this.addresses, crossZone: this.crossZone });
    const { loadBalancer } = made;
    const health = this.props.health ?? options.health;
    const groups = this.listeners.map((listener) => this.listen(scope, options, loadBalancer, listener, certificate));
    this.allow(options, loadBalancer, health);
    this.log(scope, options, loadBalancer);
    const [entryPoint, ...otherEntryPoints] = this.listeners.map(({ port }) => ({
      address: this.address(made),
      protocol: this.protocol.name,
      port,
      path: loadBalancer.node.path,
    }));
    const telemetry = new TcpTelemetry(scope, 'Telemetry', {
      systemName: options.systemName,
      ingressId: scope.node.id,
      title: `${this.protocol.name} ${entryPoint.address}`,
      loadBalancer,
      groups: groups.map((targets, index) => ({ targets, name: this.listeners[index].name })),
      zones: made.zones.map(({ availabilityZone }) => availabilityZone),
      terminatesTls: this.termination !== undefined,
      expectsTargets: options.compute.capacity.running > 0,
      passiveTargets: options.compute.passiveTargets ?? 0,
    });
    return {
      entryPoint,
      otherEntryPoints,
      zonalEntries: made.zones,
      health,
      alarms: [...telemetry.alarms, ...(given ? [certificateAlarm(scope, given, this.address(made))] : [])],
      deploymentAlarms: telemetry.deploymentAlarms,
      outageAlarms: telemetry.outageAlarms,
      unusable: telemetry.unusable,
      recoveryThresholds: loadBalancerThresholds(health, 'network'),
      zonalShift: { resourceArn: loadBalancer.loadBalancerArn },
      widgets: telemetry.widgets,
      summary: telemetry.summary,
      routing: this.route(scope, options, loadBalancer),
      networkLoadBalancer: loadBalancer,
      _probed: this.probed(loadBalancer),
      _certificate: certificate,
      _ownCertificate: this.ownCertificate,
    };
  }

  private probed({ connections }: elbv2.NetworkLoadBalancer): ProbedListeners | undefined {
    const listeners = this.listeners.flatMap(({ question, name, port }) =>
      question ? [{ ...question, name, port }] : [],
    );
    return listeners.length === 0
      ? undefined
      : {
          listeners,
          connections,
          serverName: serverNameOf(this.props),
          certificateAuthority: this.props.encryption._passThrough?.certificateAuthority,
        };
  }

  private get ownCertificate(): OwnCertificate | undefined {
    const { domainName, hostedZone } = this.props;
    const makes = this.termination && !this.termination.certificate;
    return makes && domainName !== undefined && hostedZone ? { domainName, hostedZone } : undefined;
  }

  private get termination(): TlsTerminationOptions | undefined {
    return this.props.encryption._termination;
  }

  private certificate(scope: Construct, given: acm.ICertificate | undefined): acm.ICertificate {
    const { domainName = '', hostedZone } = this.props;
    return regionalCertificate(scope, { domainName, hostedZone, given });
  }

  private listen(
    scope: Construct,
    options: IngressBindOptions,
    loadBalancer: elbv2.NetworkLoadBalancer,
    { port, targetPort }: TcpListener,
    certificate: acm.ICertificate | undefined,
  ): elbv2.NetworkTargetGroup {
    const targets = tcpTargets(scope, `Targets${port}`, options, {
      targetPort,
      health: this.props.health ?? options.health,
      crossZone: this.crossZone,
      preserveClientIp: this.props.preserveClientIp ?? false,
      deregistrationDelay: this.props.deregistrationDelay ?? Duration.seconds(30),
      encrypted: this.termination?.encryptToApplication ?? false,
    });
    const listener = loadBalancer.addListener(`Port${port}`, {
      port,
      protocol: certificate ? elbv2.Protocol.TLS : elbv2.Protocol.TCP,
      certificates: certificate && [certificate],
      sslPolicy: certificate && (this.termination?.sslPolicy ?? elbv2.SslPolicy.TLS13_RES),
      tcpIdleTimeout: certificate ? undefined : (this.props.idleTimeout ?? Duration.hours(1)),
      defaultTargetGroups: [targets],
    });
    this.answerForMissingCertificate(listener);
    return targets;
  }

  private answerForMissingCertificate(listener: elbv2.NetworkListener): void {
    const { _plaintextReason: reason } = this.props.encryption;
    if (reason !== undefined) {
      // the reason is the user's, so it stands in no catalogue of ours
      const rule = 'ELBv2ACMCertificateRequired';
      Validations.of(listener).acknowledge(
        { id: `HIPAA.Security::HIPAA.Security-${rule}`, reason },
        { id: `NIST.800.53.R5::NIST.800.53.R5-${rule}`, reason },
      );
    } else if (!this.termination) {
      acknowledge(listener, 'tlsPassThrough');
    }
  }

  /** The load balancer may reach what it forwards to and what it probes; senders may reach the load balancer. */
  private allow(
    { compute }: IngressBindOptions,
    { connections }: elbv2.NetworkLoadBalancer,
    health: HealthProfile,
  ): void {
    for (const { name, port } of this.listeners) {
      for (const source of this.props.sources) {
        connections.allowFrom(source, ec2.Port.tcp(port), `${this.protocol.name} ${name}`);
      }
    }
    const ports = new Set(this.listeners.map(({ targetPort }) => targetPort));
    for (const port of ports) {
      connections.allowTo(compute.connections, ec2.Port.tcp(port), this.protocol.name);
    }
    const probed = probedPort(health, compute.port);
    if (probed !== undefined && !ports.has(probed)) {
      connections.allowTo(compute.connections, ec2.Port.tcp(probed), 'Health probes');
    }
  }

  /** https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-access-logs.html */
  private log(scope: Construct, { dataProtection }: IngressBindOptions, loadBalancer: elbv2.NetworkLoadBalancer): void {
    if (!this.termination) {
      acknowledge(loadBalancer, 'noAccessLogWithoutTls');
      return;
    }
    const retention = this.props.accessLogRetention ?? Duration.days(365);
    new AccessLogs(scope, 'AccessLogs', { loadBalancer, retention, dataProtection });
  }

  /** What people call it: reports show it, and cannot resolve what is only known at deployment. */
  private address({ zones }: ZonalLoadBalancer): string {
    const known = zones.flatMap(({ address }) => (address && !Token.isUnresolved(address) ? [address] : []));
    return this.props.domainName ?? (known.length > 0 ? known.join(', ') : 'one fixed address in each zone');
  }

  private route(
    scope: Construct,
    { bornAs }: IngressBindOptions,
    loadBalancer: elbv2.NetworkLoadBalancer,
  ): FailoverRecord | undefined {
    const { domainName, hostedZone } = this.props;
    return domainName === undefined || hostedZone === undefined
      ? undefined
      : new FailoverRecord(scope, 'Record', {
          domainName,
          hostedZone,
          loadBalancer,
          bornAs,
          reachableFromInternet: false, // health checkers are no senders
        });
  }
}
