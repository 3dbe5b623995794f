import type { Duration } from 'aws-cdk-lib';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import type { Construct } from 'constructs';
import { type HealthProfile, ProbeProtocol } from '../../core';
import { fail } from '../../core/private/fail';
import type { ComputeConfig } from '../compute-ref';
import type { IngressBindOptions } from '../ingress-ref';

/** How a target group is filled and probed. */
export interface TcpTargetsOptions {
  readonly targetPort: number;
  readonly health: HealthProfile;
  readonly crossZone: boolean;
  readonly preserveClientIp: boolean;
  readonly deregistrationDelay: Duration;
  /** Whether the load balancer speaks TLS to the application. */
  readonly encrypted: boolean;
}

/** The targets of one port. */
export function tcpTargets(
  scope: Construct,
  id: string,
  { network, compute }: IngressBindOptions,
  options: TcpTargetsOptions,
): elbv2.NetworkTargetGroup {
  const { targetPort, crossZone } = options;
  const targets = new elbv2.NetworkTargetGroup(scope, id, {
    vpc: network.vpc,
    port: targetPort,
    protocol: options.encrypted ? elbv2.Protocol.TLS : elbv2.Protocol.TCP,
    targets: [networkTargetsOf(scope, compute).forPort(targetPort)],
    preserveClientIp: options.preserveClientIp,
    proxyProtocolV2: false,
    deregistrationDelay: options.deregistrationDelay,
    // a sender whose target was replaced would otherwise wait until it gives the connection up by itself
    connectionTermination: true,
    healthCheck: probe(options, compute.port),
    targetGroupHealth: { dnsMinimumHealthyTargetCount: 1, routingMinimumHealthyTargetCount: 1 },
  });
  // a condition of zonal shift across zones: https://docs.aws.amazon.com/elasticloadbalancing/latest/network/enable-zonal-shift.html
  targets.setAttribute('target_health_state.unhealthy.connection_termination.enabled', String(!crossZone));
  return targets;
}

function networkTargetsOf(scope: Construct, { networkTargets }: ComputeConfig) {
  return (
    networkTargets ??
    fail(
      scope,
      'NotBehindLoadBalancer',
      'the compute cannot be a target of a Network Load Balancer; use another ingress, or compute such as Compute.fargate()',
    )
  );
}

/** The port that is probed, where that is one and the same for all listeners. */
export function probedPort({ protocol, port }: HealthProfile, applicationPort: number): number | undefined {
  return protocol === ProbeProtocol.TCP ? port : (port ?? applicationPort);
}

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/network/target-group-health-checks.html */
function probe({ health }: TcpTargetsOptions, applicationPort: number): elbv2.HealthCheck {
  const port = probedPort(health, applicationPort);
  return {
    protocol: elbv2.Protocol[health.protocol],
    path: health.path,
    port: port === undefined ? 'traffic-port' : String(port),
    healthyHttpCodes: health.healthyHttpCodes,
    interval: health.interval,
    timeout: health.timeout,
    healthyThresholdCount: health.healthyThreshold,
    unhealthyThresholdCount: health.unhealthyThreshold,
  };
}
