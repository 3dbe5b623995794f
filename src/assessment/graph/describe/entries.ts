import {
  entryOf,
  itemsOf,
  numberOf,
  type Resource,
  reasonOf,
  referencesIn,
  textOf,
  type Unknown,
  unknown,
  type Value,
} from '../../model';
import { Component } from '../component';
import { grantedTo } from '../grants';
import type { Graph } from '../graph';
import type { Describe, Family } from './describe';
import { onePerZone, unitIn } from './spread';

const LISTENER = 'AWS::ElasticLoadBalancingV2::Listener';
const RULE = 'AWS::ElasticLoadBalancingV2::ListenerRule';

const loadBalancer: Describe = (resource, graph) =>
  new Component({
    resource,
    noun: 'load balancer',
    role: 'entry',
    mechanism: 'entry',
    units: () => {
      const mapped = itemsOf(resource.property('SubnetMappings')).map((mapping) => entryOf(mapping, 'SubnetId'));
      const subnets = mapped.length > 0 ? ({ kind: 'list', items: mapped } as const) : resource.property('Subnets');
      return onePerZone(graph.network.places(subnets)).map((place) => unitIn(place, 1, { noun: 'load balancer node' }));
    },
    dependencies: () => targetGroupsBehind(resource, graph),
  });

function* targetGroupsBehind(resource: Resource, graph: Graph): Iterable<Component> {
  for (const listener of graph.referring(LISTENER, 'LoadBalancerArn', resource)) {
    const actions = [listener.property('DefaultActions')];
    for (const rule of graph.referring(RULE, 'ListenerArn', listener)) {
      actions.push(rule.property('Actions'));
    }
    for (const reference of actions.flatMap((list) => referencesIn(list))) {
      const component = graph.component(reference.resource);
      if (component?.role === 'pool') {
        yield component;
      }
    }
  }
}

const targetGroup: Describe = (resource, graph) =>
  new Component({
    resource,
    noun: 'target group',
    role: 'pool',
    mechanism: 'pool',
    alternatives: () => membersOf(resource, graph),
    facts: () => ({ detectionSeconds: detectionOf(resource) }),
  });

function* membersOf(resource: Resource, graph: Graph): Iterable<Component> {
  const registered = [
    ...graph.referring('AWS::ECS::Service', 'LoadBalancers', resource),
    ...graph.referring('AWS::AutoScaling::AutoScalingGroup', 'TargetGroupARNs', resource),
    ...referencesIn(resource.property('Targets')).map((reference) => reference.resource),
  ];
  for (const member of registered) {
    const component = graph.component(member);
    if (component) {
      yield component;
    }
  }
}

/**
 * How long a failed target still gets traffic: interval times threshold, and one timeout. Defaults:
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateTargetGroup.html
 */
function detectionOf(resource: Resource): number | Unknown {
  const http = (
    textOf(resource.property('HealthCheckProtocol')) ??
    textOf(resource.property('Protocol')) ??
    'HTTP'
  ).startsWith('HTTP');
  return timeToNotice({
    interval: figureOf(resource.property('HealthCheckIntervalSeconds'), 30),
    threshold: figureOf(resource.property('UnhealthyThresholdCount'), 2),
    timeout: figureOf(resource.property('HealthCheckTimeoutSeconds'), http ? 5 : 10),
  });
}

type Figure = number | Unknown;

function figureOf(value: Value, otherwise: number): Figure {
  return value.kind === 'absent'
    ? otherwise
    : (numberOf(value) ?? unknown(reasonOf(value) ?? 'a figure of the health check is no number'));
}

function timeToNotice(figures: Readonly<Record<'interval' | 'threshold' | 'timeout', Figure>>): Figure {
  const { interval, threshold, timeout } = figures;
  const undecided = [interval, threshold, timeout].find((figure) => typeof figure !== 'number');
  return undecided ?? Number(interval) * Number(threshold) + Number(timeout);
}

const classicLoadBalancer: Describe = (resource, graph) =>
  new Component({
    resource,
    noun: 'classic load balancer',
    role: 'entry',
    mechanism: 'entry',
    units: () =>
      onePerZone([
        ...graph.network.places(resource.property('Subnets')),
        ...graph.network.zones(resource.property('AvailabilityZones')),
      ]).map((place) => unitIn(place, 1, { noun: 'load balancer node' })),
    alternatives: () =>
      [
        ...graph.referring('AWS::AutoScaling::AutoScalingGroup', 'LoadBalancerNames', resource),
        ...graph.referring('AWS::ECS::Service', 'LoadBalancers', resource),
        ...referencesIn(resource.property('Instances')).map((reference) => reference.resource),
      ].flatMap((member) => graph.component(member) ?? []),
    facts: () => ({
      detectionSeconds: timeToNotice({
        interval: figureOf(resource.property('HealthCheck', 'Interval'), 30),
        threshold: figureOf(resource.property('HealthCheck', 'UnhealthyThreshold'), 2),
        timeout: figureOf(resource.property('HealthCheck', 'Timeout'), 5),
      }),
    }),
  });

/** Files of other systems come in here: without a VPC, AWS spreads it over the Region. */
const fileTransfer: Describe = (resource, graph) => {
  const subnets = resource.property('EndpointDetails', 'SubnetIds');
  return new Component({
    resource,
    noun: 'file transfer server',
    role: 'entry',
    mechanism: 'entry',
    units:
      subnets.kind === 'absent'
        ? undefined
        : () =>
            onePerZone(graph.network.places(subnets)).map((place) =>
              unitIn(place, 1, { noun: 'file transfer endpoint' }),
            ),
    dependencies: function* () {
      for (const user of graph.referring('AWS::Transfer::User', 'ServerId', resource)) {
        yield* graph.usedIn(user.property('HomeDirectory'));
        yield* graph.usedIn(user.property('HomeDirectoryMappings'));
        yield* grantedTo(user.property('Role'), graph);
      }
    },
  });
};

const distribution: Describe = (resource, graph) =>
  new Component({
    resource,
    noun: 'CloudFront distribution',
    role: 'entry',
    mechanism: 'managed',
    global: true,
    dependencies: () =>
      referencesIn(resource.property('DistributionConfig', 'Origins')).flatMap(
        (reference) => graph.component(reference.resource) ?? [],
      ),
  });

export const ENTRIES: Family = {
  'AWS::ElasticLoadBalancingV2::LoadBalancer': loadBalancer,
  'AWS::ElasticLoadBalancingV2::TargetGroup': targetGroup,
  'AWS::ElasticLoadBalancing::LoadBalancer': classicLoadBalancer,
  'AWS::Transfer::Server': fileTransfer,
  'AWS::CloudFront::Distribution': distribution,
};
