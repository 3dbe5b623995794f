import type { Component } from '../graph';
import {
  booleanOf,
  entryOf,
  itemsOf,
  numberOf,
  type Resource,
  reasonOf,
  referencesIn,
  textOf,
  textsIn,
  type Value,
} from '../model';
import { assertion, broken, holds, type Observation, type Scenario, unsure } from './scenario';

export const crashedFleet: Scenario = {
  id: 'R12',
  title: 'An agent update stops Windows, July 2024',
  happened:
    'A faulty update of a security agent crashed Windows hosts at every start; a third of US hospitals lost a service, some for two days.',
  when: ['fleetCrash'],
  source: 'https://jamanetwork.com/journals/jamanetworkopen/fullarticle/2836824',
  play: ({ entries, standbys, needsOf, reach }) => {
    const windows = reach.filter((component) => systemOf(component) === 'windows');
    const none = holds('nothing here runs Windows');
    const managed = windows.length > 0 ? undefined : none;
    const services = needsOf([...entries, ...standbys]).filter(isService);
    return [
      assertion('a release that fails is rolled back by itself', services.map(rollsBack), NO_SERVICE),
      assertion('a release leaves something running', services.map(keepsRunning), NO_SERVICE),
      assertion(
        'records can be read without Windows',
        readable([...entries, ...standbys].map((e) => needsOf([e]))),
        none,
      ),
      assertion('a runbook repairs hosts that do not start', [
        managed ?? unsure('name the runbook that repairs the volumes of hosts, and when it was rehearsed', ...windows),
      ]),
      assertion('agents are pinned, and updated in rings', [
        managed ?? unsure('say which agents the hosts run, and how they are updated', ...windows),
      ]),
    ];
  },
};

const NO_SERVICE = holds('no container service is released here');

function isService({ resource }: Component): boolean {
  return resource.type === 'AWS::ECS::Service';
}

/** ECS gives up a release whose tasks do not start, or on which an alarm fires. */
function rollsBack({ resource }: Component): Observation {
  const controller = textOf(resource.property('DeploymentController', 'Type')) ?? 'ECS';
  if (controller !== 'ECS') {
    return unsure(`say when ${controller} rolls a release of ${resource.path} back`, resource);
  }
  const gives = (by: string) =>
    ['Enable', 'Rollback'].every(
      (property) => booleanOf(resource.property('DeploymentConfiguration', by, property)) === true,
    );
  return gives('DeploymentCircuitBreaker') || gives('Alarms')
    ? holds('ECS rolls it back', resource)
    : broken(`${resource.path} goes on starting tasks that fail`, resource);
}

function keepsRunning({ resource }: Component): Observation {
  const least = resource.property('DeploymentConfiguration', 'MinimumHealthyPercent');
  const percent = least.kind === 'absent' ? 100 : numberOf(least);
  if (percent === undefined) {
    return unsure(reasonOf(least) ?? 'give MinimumHealthyPercent', resource);
  }
  if (percent <= 0) {
    return broken(`a release of ${resource.path} may stop everything first`, resource);
  }
  const stop = secondsToStop(resource);
  return stop < SHORTEST_STOP
    ? broken(`a release of ${resource.path} gives tasks ${stop} s to answer what they have begun`, resource)
    : holds('it does', resource);
}

/** How long the quickest container of a task is given to end, 30 s if nothing is said. */
function secondsToStop(service: Resource): number {
  const task = service.property('TaskDefinition');
  const containers = task.kind === 'reference' ? itemsOf(task.resource.property('ContainerDefinitions')) : [];
  return Math.min(30, ...containers.map((container) => numberOf(entryOf(container, 'StopTimeout')) ?? 30));
}

const SHORTEST_STOP = 5;

/** One way in that needs no Windows is enough. */
function readable(ways: readonly (readonly Component[])[]): Observation[] {
  const running = ways
    .map((needed) => needed.filter(({ role }) => role === 'compute'))
    .filter(({ length }) => length > 0);
  const observed = running.map(readableBy);
  const best = observed.filter(({ answer }) => answer !== 'broken');
  return best.length > 0 ? best : observed;
}

function readableBy(running: readonly Component[]): Observation {
  const windows = running.filter((component) => systemOf(component) === 'windows');
  if (windows.length > 0) {
    return broken('it needs hosts that run Windows', ...windows);
  }
  const open = running.filter((component) => systemOf(component) === 'unknown');
  return open.length > 0
    ? unsure(`say which operating system ${open[0].path} runs: its image does not`, ...open)
    : holds('nothing that it needs runs Windows', ...running);
}

type OperatingSystem = 'windows' | 'other' | 'unknown';

function systemOf({ resource }: Component): OperatingSystem {
  switch (resource.type) {
    case 'AWS::ECS::Service':
      return ofTask(resource);
    case 'AWS::AutoScaling::AutoScalingGroup':
      return ofImages([...launchesOf(resource)].map(imageOf));
    case 'AWS::EC2::Instance':
      return ofImages([resource.property('ImageId')]);
    case 'AWS::EKS::Nodegroup':
      return ofImages([resource.property('AmiType')]);
    default:
      return 'other';
  }
}

/** Fargate runs Linux where nothing is said. */
function ofTask(service: Resource): OperatingSystem {
  const task = service.property('TaskDefinition');
  if (task.kind !== 'reference') {
    return 'unknown';
  }
  const family = task.resource.property('RuntimePlatform', 'OperatingSystemFamily');
  return family.kind === 'absent' ? 'other' : ofImages([family]);
}

function launchesOf(group: Resource): Resource[] {
  return ['LaunchTemplate', 'MixedInstancesPolicy', 'LaunchConfigurationName']
    .flatMap((property) => referencesIn(group.property(property)))
    .map(({ resource }) => resource);
}

function imageOf(launch: Resource): Value {
  const data = launch.property('LaunchTemplateData');
  return data.kind === 'absent' ? launch.property('ImageId') : entryOf(data, 'ImageId');
}

/** Public images are named by parameters whose path says what they are. */
function ofImages(images: readonly Value[]): OperatingSystem {
  const names = images.flatMap((image) =>
    image.kind === 'unknown' ? [image.reason] : [textOf(image) ?? '', ...textsIn(image)],
  );
  if (names.some((name) => /windows/i.test(name))) {
    return 'windows';
  }
  return names.some((name) => /linux|amzn|al2|bottlerocket|ubuntu/i.test(name)) ? 'other' : 'unknown';
}
