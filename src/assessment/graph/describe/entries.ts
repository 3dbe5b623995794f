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
} from '../../model';
import { Component } from '../component';
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
  const read = (property: string, otherwise: number) => {
    const value = resource.property(property);
    return value.kind === 'absent'
      ? otherwise
      : (numberOf(value) ?? unknown(reasonOf(value) ?? `${property} is no number`));
  };
  const interval = read('HealthCheckIntervalSeconds', 30);
  const threshold = read('UnhealthyThresholdCount', 2);
  const timeout = read('HealthCheckTimeoutSeconds', http ? 5 : 10);
  for (const figure of [interval, threshold, timeout]) {
    if (typeof figure !== 'number') {
      return figure;
    }
  }
  return (interval as number) * (threshold as number) + (timeout as number);
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
    dependencies: () =>
      [
        ...graph.referring('AWS::AutoScaling::AutoScalingGroup', 'LoadBalancerNames', resource),
        ...referencesIn(resource.property('Instances')).map((reference) => reference.resource),
      ].flatMap((member) => graph.component(member) ?? []),
  });

/** An API reaches the functions that let it call them. */
const api: Describe = (resource, graph) =>
  new Component({
    resource,
    noun: 'API',
    role: 'entry',
    mechanism: 'managed',
    dependencies: () =>
      graph
        .referring('AWS::Lambda::Permission', 'SourceArn', resource)
        .flatMap((permission) => referencesIn(permission.property('FunctionName')))
        .flatMap((reference) => graph.component(reference.resource) ?? []),
  });

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
  'AWS::ApiGateway::RestApi': api,
  'AWS::ApiGatewayV2::Api': api,
  'AWS::CloudFront::Distribution': distribution,
};
