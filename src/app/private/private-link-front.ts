import type * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import * as targets from 'aws-cdk-lib/aws-elasticloadbalancingv2-targets';
import { Construct } from 'constructs';
import type { EntryPoint } from '../../core';
import { acknowledge } from '../../core/private/acknowledgements';
import { fail } from '../../core/private/fail';
import { FixedAddresses } from '../fixed-addresses';
import type { IngressBindOptions } from '../ingress-ref';
import { networkLoadBalancer } from './network-load-balancer';
import { TcpTelemetry } from './tcp-telemetry';

/** Properties of a PrivateLinkFront. */
export interface PrivateLinkFrontProps extends IngressBindOptions {
  /** What it leads to. */
  readonly behind: elbv2.ApplicationLoadBalancer;
}

const HTTPS_PORT = 443;

/** A load balancer that only AWS PrivateLink leads to, and that hands everything to an Application Load Balancer. */
export class PrivateLinkFront extends Construct {
  public readonly loadBalancer: elbv2.NetworkLoadBalancer;
  public readonly entryPoint: EntryPoint;
  public readonly alarms: cloudwatch.Alarm[];
  public readonly widgets: cloudwatch.IWidget[];

  public constructor(scope: Construct, id: string, props: PrivateLinkFrontProps) {
    super(scope, id);
    const { loadBalancer, zones } = networkLoadBalancer(this, props, {
      addresses: FixedAddresses.assigned(),
      // a zonal shift across zones takes no Application Load Balancer as a target: https://docs.aws.amazon.com/elasticloadbalancing/latest/network/enable-zonal-shift.html
      crossZone: false,
      privateLinkOnly: true,
    });
    this.loadBalancer = loadBalancer;
    acknowledge(loadBalancer, 'noAccessLogWithoutTls');
    const group = this.targets(props);
    const listener = loadBalancer.addListener('Https', { port: HTTPS_PORT, defaultTargetGroups: [group] });
    acknowledge(listener, 'tlsPassThrough');
    loadBalancer.connections.allowTo(props.behind, ec2.Port.tcp(HTTPS_PORT), 'AWS PrivateLink');
    const telemetry = new TcpTelemetry(this, 'Telemetry', {
      systemName: props.systemName,
      ingressId: `${scope.node.id}-${id}`,
      title: 'AWS PrivateLink',
      loadBalancer,
      groups: [{ name: 'AWS-PrivateLink', targets: group }],
      zones: zones.map(({ availabilityZone }) => availabilityZone),
      terminatesTls: false,
      expectsTargets: props.compute.capacity.running > 0,
      passiveTargets: 0, // load balancers have no passive side
    });
    this.alarms = telemetry.alarms;
    this.widgets = telemetry.widgets;
    this.entryPoint = {
      address: 'AWS PrivateLink',
      protocol: 'HTTPS',
      port: HTTPS_PORT,
      path: loadBalancer.node.path,
    };
  }

  private targets({ network, compute, behind, health }: PrivateLinkFrontProps): elbv2.NetworkTargetGroup {
    if (health.port !== undefined && health.port !== compute.port) {
      fail(
        this,
        'NotBehindPrivateLink',
        `health probes ask port ${health.port}, which is not behind the Application Load Balancer; let the application answer them on port ${compute.port} as well, and leave port out of the health profile`,
      );
    }
    return new elbv2.NetworkTargetGroup(this, 'Targets', {
      vpc: network.vpc,
      port: HTTPS_PORT,
      targets: [new targets.AlbListenerTarget(behind.listeners[0])],
      healthCheck: {
        protocol: elbv2.Protocol.HTTPS,
        path: health.path,
        healthyHttpCodes: health.healthyHttpCodes,
        interval: health.interval,
        timeout: health.timeout,
        healthyThresholdCount: health.healthyThreshold,
        unhealthyThresholdCount: health.unhealthyThreshold,
      },
    });
  }
}
