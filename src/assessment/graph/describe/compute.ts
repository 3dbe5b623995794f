import {
  booleanOf,
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
import { Component, type Unit } from '../component';
import { grantedTo } from '../grants';
import type { Graph } from '../graph';
import type { Place } from '../network';
import type { Describe, Family } from './describe';
import { joinedTo } from './directories';
import { onePerZone, spread, unitIn } from './spread';

const service: Describe = (resource, graph) => {
  const network = (property: string) => resource.property('NetworkConfiguration', 'AwsvpcConfiguration', property);
  return new Component({
    resource,
    noun: 'ECS service',
    role: 'compute',
    mechanism: 'containers',
    units: () => {
      const traits = { noun: 'task', graph, interruptible: isSpotOnly(resource, graph) };
      return spread(serviceCount(resource, graph), servicePlaces(resource, graph), traits);
    },
    dependencies: function* () {
      yield* graph.reachedFrom(network('SecurityGroups'));
      yield* instancesUnder(resource, graph);
      const task = resource.property('TaskDefinition');
      if (task.kind === 'reference') {
        yield* graph.usedIn(task.resource.property('ContainerDefinitions'));
        yield* graph.usedIn(task.resource.property('Volumes'));
        yield* grantedTo(task.resource.property('TaskRoleArn'), graph);
      }
    },
    facts: () => ({ restarts: 'anywhere', places: unitPlaces(graph, servicePlaces(resource, graph)) }),
  });
};

/** Tasks without a network interface of their own run where the instances of their cluster run. */
function servicePlaces(service: Resource, graph: Graph): Place[] {
  const subnets = service.property('NetworkConfiguration', 'AwsvpcConfiguration', 'Subnets');
  return subnets.kind === 'absent'
    ? groupsUnder(service, graph).flatMap((group) => groupPlaces(group, graph))
    : graph.network.places(subnets);
}

/** Tasks on EC2 capacity need the group that provides it. */
function* instancesUnder(service: Resource, graph: Graph): Iterable<Component> {
  for (const group of groupsUnder(service, graph)) {
    const component = graph.component(group);
    if (component) {
      yield component;
    }
  }
}

/** Groups of the capacity providers that a service names; else, for one that runs on instances, those that join its cluster. */
function groupsUnder(service: Resource, graph: Graph): Resource[] {
  const provided = referencesIn(service.property('CapacityProviderStrategy')).flatMap(({ resource: provider }) =>
    referencesIn(provider.property('AutoScalingGroupProvider', 'AutoScalingGroupArn')),
  );
  if (provided.length > 0 || !runsOnInstances(service)) {
    return provided.map(({ resource: group }) => group);
  }
  const joining = referencesIn(service.property('Cluster')).flatMap(({ resource: cluster }) => [
    ...graph.referring('AWS::EC2::LaunchTemplate', 'LaunchTemplateData.UserData', cluster),
    ...graph.referring('AWS::AutoScaling::LaunchConfiguration', 'UserData', cluster),
  ]);
  const launched = joining.flatMap((launch) =>
    ['LaunchTemplate', 'MixedInstancesPolicy', 'LaunchConfigurationName'].flatMap((property) =>
      graph.referring('AWS::AutoScaling::AutoScalingGroup', property, launch),
    ),
  );
  return [...new Set(launched)];
}

/** Fargate gives each task a network interface of its own; instances need not. */
function runsOnInstances(service: Resource): boolean {
  const type = textOf(service.property('LaunchType'));
  return type === undefined
    ? service.property('NetworkConfiguration', 'AwsvpcConfiguration').kind === 'absent'
    : type === 'EC2';
}

/** What runs whatever the load: scaling may shrink a service to its minimum at any time. */
function serviceCount(resource: Resource, graph: Graph): number | Unknown {
  const [target] = graph.referring('AWS::ApplicationAutoScaling::ScalableTarget', 'ResourceId', resource);
  return countOf(target ? target.property('MinCapacity') : resource.property('DesiredCount'), 1);
}

export function countOf(value: Value, otherwise: number): number | Unknown {
  return value.kind === 'absent'
    ? otherwise
    : (numberOf(value) ?? unknown(reasonOf(value) ?? 'a count that is no number'));
}

function isSpotOnly(resource: Resource, graph: Graph): boolean {
  let strategy = itemsOf(resource.property('CapacityProviderStrategy'));
  if (strategy.length === 0 && resource.property('LaunchType').kind === 'absent') {
    strategy = referencesIn(resource.property('Cluster'))
      .flatMap(({ resource: cluster }) => [
        cluster,
        ...graph.referring('AWS::ECS::ClusterCapacityProviderAssociations', 'Cluster', cluster),
      ])
      .flatMap((holder) => itemsOf(holder.property('DefaultCapacityProviderStrategy')));
  }
  const used = strategy.filter(
    (item) => numberOf(entryOf(item, 'Weight')) !== 0 || (numberOf(entryOf(item, 'Base')) ?? 0) > 0,
  );
  return used.length > 0 && used.every((item) => textOf(entryOf(item, 'CapacityProvider')) === 'FARGATE_SPOT');
}

const scalingGroup: Describe = (resource, graph) =>
  new Component({
    resource,
    noun: 'Auto Scaling group',
    role: 'compute',
    mechanism: 'instances',
    units: () => {
      return spread(groupSize(resource, graph), groupPlaces(resource, graph), {
        noun: 'instance',
        graph,
        interruptible: isSpotGroup(resource),
      });
    },
    dependencies: function* () {
      yield* launchedWith(resource, graph);
      yield* joinedTo(resource, graph);
    },
    facts: () => ({ restarts: 'anywhere', places: unitPlaces(graph, groupPlaces(resource, graph)) }),
  });

function groupPlaces(resource: Resource, graph: Graph): Place[] {
  const subnets = resource.property('VPCZoneIdentifier');
  return subnets.kind === 'absent'
    ? graph.network.zones(resource.property('AvailabilityZones'))
    : graph.network.places(subnets);
}

/** Where units may be started, with what they would need there. */
export function unitPlaces(graph: Graph, places: readonly Place[]): Pick<Unit, 'zone' | 'needs'>[] {
  return onePerZone(places).map((place) => ({ zone: place.zone, needs: graph.network.needsOf(place) }));
}

function groupSize(resource: Resource, graph: Graph): number | Unknown {
  const desired = resource.property('DesiredCapacity');
  const scales = graph.referring('AWS::AutoScaling::ScalingPolicy', 'AutoScalingGroupName', resource).length > 0;
  return countOf(desired.kind === 'absent' || scales ? resource.property('MinSize') : desired, 1);
}

function isSpotGroup(resource: Resource): boolean {
  const mix = resource.property('MixedInstancesPolicy', 'InstancesDistribution');
  const none = (key: string) => numberOf(entryOf(mix, key)) === 0;
  return none('OnDemandPercentageAboveBaseCapacity') && (numberOf(entryOf(mix, 'OnDemandBaseCapacity')) ?? 0) === 0;
}

function* launchedWith(resource: Resource, graph: Graph): Iterable<Component> {
  const launch = [
    ...referencesIn(resource.property('LaunchTemplate')),
    ...referencesIn(resource.property('MixedInstancesPolicy')),
    ...referencesIn(resource.property('LaunchConfigurationName')),
  ];
  for (const { resource: template } of launch) {
    const data = template.property('LaunchTemplateData');
    const read = (property: string) => (data.kind === 'absent' ? template.property(property) : entryOf(data, property));
    yield* graph.reachedFrom(read('SecurityGroupIds'));
    yield* graph.reachedFrom(read('SecurityGroups'));
    for (const card of itemsOf(read('NetworkInterfaces'))) {
      yield* graph.reachedFrom(entryOf(card, 'Groups'));
    }
    yield* graph.usedIn(read('UserData'));
    yield* behindProfile(read('IamInstanceProfile'), graph);
  }
}

function* behindProfile(profile: Value, graph: Graph): Iterable<Component> {
  for (const { resource } of referencesIn(profile)) {
    yield* grantedTo(resource.property('Roles'), graph);
  }
}

const instance: Describe = (resource, graph) =>
  new Component({
    resource,
    noun: 'EC2 instance',
    role: 'compute',
    mechanism: 'instance',
    units: () => {
      const subnet = resource.property('SubnetId');
      const interfaces = interfaceSubnets(resource);
      const places =
        subnet.kind !== 'absent' || interfaces.length > 0
          ? graph.network.places(subnet.kind === 'absent' ? interfaces[0] : subnet)
          : graph.network.zones(resource.property('AvailabilityZone'));
      return spread(1, places.slice(0, 1), { noun: 'instance', graph });
    },
    dependencies: function* () {
      yield* graph.reachedFrom(resource.property('SecurityGroupIds'));
      yield* graph.usedIn(resource.property('UserData'));
      yield* behindProfile(resource.property('IamInstanceProfile'), graph);
      for (const attachment of graph.referring('AWS::EC2::VolumeAttachment', 'InstanceId', resource)) {
        yield* graph.usedIn(attachment.property('VolumeId'));
      }
      yield* joinedTo(resource, graph);
    },
    facts: () => ({ restarts: 'same zone' }),
  });

/** A network interface is described in place, or is a resource of its own. */
function interfaceSubnets(instance: Resource): Value[] {
  return itemsOf(instance.property('NetworkInterfaces')).map((item) => {
    const own = entryOf(item, 'NetworkInterfaceId');
    return own.kind === 'reference' ? own.resource.property('SubnetId') : entryOf(item, 'SubnetId');
  });
}

const lambda: Describe = (resource, graph) => {
  const subnets = resource.property('VpcConfig', 'SubnetIds');
  return new Component({
    resource,
    noun: 'Lambda function',
    role: 'compute',
    mechanism: 'function',
    units:
      subnets.kind === 'absent'
        ? undefined
        : () =>
            onePerZone(graph.network.places(subnets)).map((place) =>
              unitIn(place, 1, { noun: 'network interface', graph }),
            ),
    dependencies: function* () {
      yield* graph.reachedFrom(resource.property('VpcConfig', 'SecurityGroupIds'));
      yield* graph.usedIn(resource.property('Environment'));
      yield* graph.usedIn(resource.property('FileSystemConfigs'));
      for (const mapping of graph.referring('AWS::Lambda::EventSourceMapping', 'FunctionName', resource)) {
        yield* graph.usedIn(mapping.property('EventSourceArn'));
      }
      yield* grantedTo(resource.property('Role'), graph);
    },
  });
};

/** Whether a setting is on: unknown stays unknown, absent is off. */
export function isOn(value: Value): boolean | Unknown {
  return value.kind === 'absent'
    ? false
    : (booleanOf(value) ?? unknown(reasonOf(value) ?? 'a setting that is no boolean'));
}

export const COMPUTE: Family = {
  'AWS::ECS::Service': service,
  'AWS::AutoScaling::AutoScalingGroup': scalingGroup,
  'AWS::EC2::Instance': instance,
  'AWS::Lambda::Function': lambda,
};
