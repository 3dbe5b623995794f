import { canFailAlone, componentFault, type Fault, zoneFault } from '../faults';
import type { Component } from '../graph';
import { textsIn } from '../model';
import { FIGURES } from '../recovery';
import { counterpartOf, label, redirection, type State } from '../simulation';
import type { EntryPoint } from '../systems';
import { assertion, broken, holds, type Observation, type Scenario, unsure } from './scenario';
import type { Scene } from './scene';

export const impairedControlPlane: Scenario = {
  id: 'R9',
  title: 'Fourteen hours in us-east-1, October 2025',
  happened:
    'An empty DNS record took DynamoDB away for 3 hours; nothing new could be launched for 11, and network load balancers lost targets.',
  when: ['endpointDnsLoss', 'controlPlaneLoss'],
  source: 'https://aws.amazon.com/message/101925/',
  play: (scene) => [
    assertion(
      'what runs carries the peak after a zone is lost',
      scene.entries.flatMap((entry) => carries(entry, scene)),
    ),
    assertion(
      'no recovery in the Region starts anything',
      scene.entries.flatMap((entry) => startsNothing(entry, scene)),
      holds('nothing here fails alone'),
    ),
    assertion(
      'another Region takes over without the impaired one',
      scene.entries.map((entry) => takesOver(entry, scene)),
    ),
    assertion(
      'what stands by reads nothing in the impaired Region',
      scene.standbys.flatMap((entry) => readsAtHome(entry, scene)),
      broken('nothing stands by in another Region'),
    ),
    assertion(
      'nothing waits for a table of one Region',
      scene.stores.filter(isTable).map(readable),
      holds('nothing here reads a DynamoDB table'),
    ),
  ],
};

function carries(entry: EntryPoint, scene: Scene): Observation[] {
  const states = scene.zoneGroups(entry, 1).map((zones) => scene.stateUnder(frozen(zoneFault(zones)), entry));
  const observed = states.map((state) => standing(state, entry));
  const { capacity } = scene.system;
  const declared = capacity ? [] : [unsure('declare the peak that the capacity has to carry', entry.component)];
  return [...observed, ...declared];
}

/** The same, while nothing new can start. */
function frozen(fault: Fault): Fault {
  return { ...fault, controlPlane: false, title: `${fault.title} while nothing new can start` };
}

function standing(state: State, { component }: EntryPoint): Observation {
  const { serves, impacts, roots } = state;
  const stopped = impacts.find(({ recovery }) => recovery.steps.includes(FIGURES.controlPlaneBack));
  if (stopped) {
    return broken(`${label(stopped.root)} has to wait: nothing new can start`, stopped.root);
  }
  const undecided = impacts.find((impact) => impact.undecided !== undefined);
  if (undecided?.undecided !== undefined) {
    return unsure(undecided.undecided, undecided.root);
  }
  return serves === false && roots.some(({ role, isRegional }) => role === 'compute' && !isRegional)
    ? broken('nothing is left that runs', ...roots)
    : holds('enough is left', component);
}

function startsNothing(entry: EntryPoint, scene: Scene): Observation[] {
  const targets = scene.needsOf([entry]).filter(canFailAlone);
  return targets.map((target) => {
    const state = scene.stateUnder(componentFault(target, false), entry);
    const observed = standing(state, entry);
    return observed.answer === 'holds' ? holds('it recovers with what runs', target) : observed;
  });
}

function takesOver({ component }: EntryPoint, scene: Scene): Observation {
  const other = counterpartOf(component, scene.system);
  if (!other) {
    return broken(`nothing of another Region answers for ${label(component)}`, component);
  }
  const step =
    component.role === 'entry'
      ? redirection(component, other.component, scene.graph).find((s) => s.needsControlPlane)
      : undefined;
  // Route 53 changes its records in us-east-1 only
  return step && (component.region === 'us-east-1' || component.region === undefined)
    ? broken(`${step.what}, which needs us-east-1`, component)
    : holds('users are sent to the other Region', other.component);
}

/** An address in the impaired Region, in what the standby is started with. */
function readsAtHome({ component }: EntryPoint, scene: Scene): Observation[] {
  const home = new Set(
    scene.entries.map((entry) => entry.component.region).filter((region) => region !== component.region),
  );
  const running = scene
    .needsOf(scene.standbys)
    .filter(({ role, region }) => role === 'compute' && region === component.region);
  return running.map((compute) => {
    const texts = startUpTexts(compute);
    const found = [...home].find(
      (region) => region !== undefined && texts.some((text) => new RegExp(`[:.]${region}[:.]`).test(text)),
    );
    return found === undefined
      ? holds('it starts with what its own Region has', compute)
      : broken(`${label(compute)} is started with something in ${found}`, compute);
  });
}

function startUpTexts({ resource }: Component): string[] {
  const task = resource.property('TaskDefinition');
  const launch = resource.property('LaunchTemplate', 'LaunchTemplateId');
  return [
    ...textsIn(resource.property('Environment')),
    ...(task.kind === 'reference' ? textsIn(task.resource.property('ContainerDefinitions')) : []),
    ...(launch.kind === 'reference' ? textsIn(launch.resource.property('LaunchTemplateData')) : []),
  ];
}

function isTable({ resource }: Component): boolean {
  return resource.type.startsWith('AWS::DynamoDB::');
}

function readable(table: Component): Observation {
  const elsewhere = (table.data?.replicas ?? []).length > 0;
  return elsewhere
    ? unsure(`say whether clients of ${table.path} turn to its replica by themselves`, table)
    : broken(`${table.path} is in one Region only`, table);
}
