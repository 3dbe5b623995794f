import { Duration } from 'aws-cdk-lib';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import type { Construct } from 'constructs';
import { ProbeProtocol } from '../../core';
import { fail } from '../../core/private/fail';
import type { ShiftedRoute } from '../compute-ref';
import type { HttpsIngressProps } from '../https-ingress-props';
import type { IngressBindOptions } from '../ingress-ref';
import { DNS_MINIMUM_HEALTHY_TARGETS } from './load-balancer-outage';

/** One group, or two where deployments move requests between them. */
export function httpsTargets(
  scope: Construct,
  options: IngressBindOptions,
  props: HttpsIngressProps,
): elbv2.ApplicationTargetGroup[] {
  const shifted = options.compute.shiftedRequests !== undefined;
  const ids = shifted ? ['Targets', 'AlternateTargets'] : ['Targets'];
  return ids.map((id) => targetGroup(scope, id, options, props));
}

function targetGroup(
  scope: Construct,
  id: string,
  { network, compute, health }: IngressBindOptions,
  props: HttpsIngressProps,
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
    deregistrationDelay: props.deregistrationDelay ?? Duration.seconds(30),
    slowStart: props.slowStart,
    loadBalancingAlgorithmType:
      props.loadBalancingAlgorithm ?? (props.slowStart ? ROUND_ROBIN : LEAST_OUTSTANDING_REQUESTS),
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

/**
 * The rule that deployments change the weights of, for every path. As Amazon ECS changes it behind the template's back, this must
 * stay as it is from release to release: an update would bring the first weights back, and users to an empty target group. The default
 * of the listener stays the first group: it answers until the rule exists, on the day a system changes over.
 */
export function shiftedRoute(
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
