import type { Component, Graph } from '../graph';
import {
  activationSteps,
  asksOfLostRegion,
  entryOf,
  everyStep,
  type PlanStep,
  type Resource,
  referencesIn,
  textOf,
  type Value,
} from '../model';
import { type Step, startOf, stepsOfPlan } from '../recovery';
import type { EntryPoint } from '../systems';
import { reachOf } from './reach';

/** What an ARC Region switch plan does when a Region is lost. */
export interface RegionSwitch {
  readonly plan: Component;
  /** From the decision to the last step. */
  readonly steps: readonly Step[];
  /** Until users are sent to the other Region, where the plan does that before its last step. */
  readonly readSteps?: readonly Step[];
  readonly movesUsers: boolean;
  readonly startsCapacity: boolean;
  /** Whether it makes the copy of a store writable. */
  readonly promotes: (store: Component) => boolean;
  readonly blocked?: string;
  readonly undecided?: string;
}

/** The plan that sends a system from one Region to the other, if there is one. */
export function regionSwitchFor(
  from: Component,
  { component: to }: EntryPoint,
  graph: Graph,
): RegionSwitch | undefined {
  const { region } = to;
  const plans = region === undefined ? [] : planFor(from, to, graph);
  const component = plans[0] && graph.component(plans[0]);
  if (!component || region === undefined) {
    return undefined;
  }
  const [plan] = plans;
  const steps = activationSteps(plan, region);
  if ('kind' in steps) {
    return unknownPlan(component, steps.reason);
  }
  const several =
    plans.length > 1 ? `${plans.length} plans cover these Regions: it is open which one is meant` : undefined;
  return { plan: component, ...playedBy(plan, steps, region, graph), undecided: several };
}

function unknownPlan(plan: Component, undecided: string): RegionSwitch {
  return { plan, steps: [], movesUsers: true, startsCapacity: true, promotes: () => true, undecided };
}

/** Plans of both Regions: those that name a part of the system, else all of them. Child plans run within their parent. */
function planFor(from: Component, to: Component, graph: Graph): Resource[] {
  const covering = graph.assembly.resourcesOf('AWS::ARCRegionSwitch::Plan').filter((plan) => {
    const regions = plan.property('Regions');
    const names = regions.kind === 'list' ? regions.items.map(textOf) : [];
    return [from, to].every(({ region }) => region !== undefined && names.includes(region));
  });
  const children = new Set(covering.flatMap((plan) => referencesIn(plan.property('Workflows')).map((r) => r.resource)));
  const parents = covering.filter((plan) => !children.has(plan));
  const parts = new Set([...reachOf(from), ...reachOf(to)].map(({ resource }) => resource));
  const naming = parents.filter((plan) =>
    referencesIn(plan.property('Workflows')).some(({ resource }) => parts.has(resource)),
  );
  return naming.length > 0 ? naming : parents;
}

function playedBy(plan: Resource, activation: readonly PlanStep[], region: string, graph: Graph) {
  const steps = activation.map((step) => withChild(step, region));
  const every = everyStep(steps);
  const asks = every.flatMap((step) => {
    const asked = asksOfLostRegion(step, region);
    return typeof asked === 'string' ? [`step ${step.name} ${asked}`] : [];
  });
  const start = startOf(plan, steps, region, graph.assembly);
  const moving = steps.findIndex((step) => everyStep([step]).some(movesUsers));
  return {
    steps: [...start, ...stepsOfPlan(steps)],
    readSteps: moving < 0 ? undefined : [...start, ...stepsOfPlan(steps.slice(0, moving + 1))],
    movesUsers: moving >= 0,
    startsCapacity: every.some(({ block }) => SCALING.includes(block ?? '')),
    promotes: (store: Component) => every.some((step) => promotes(step, store)),
    blocked: asks.length > 0 ? asks.join(', ') : undefined,
  };
}

/** A child plan runs within the step that calls it, and calls no further ones. */
function withChild(step: PlanStep, region: string): PlanStep {
  if (step.block === 'ParallelConfig') {
    return { ...step, branches: step.branches.map((branch) => withChild(branch, region)) };
  }
  const [child] = step.block === 'RegionSwitchPlanConfig' ? referencesIn(step.configuration) : [];
  const steps = child && activationSteps(child.resource, region);
  return steps === undefined || 'kind' in steps ? step : { ...step, branches: steps };
}

function movesUsers({ block }: PlanStep): boolean {
  return block === 'Route53HealthCheckConfig' || block === 'ArcRoutingControlConfig';
}

const SCALING = ['Ec2AsgCapacityIncreaseConfig', 'EcsCapacityIncreaseConfig', 'EksResourceScalingConfig'];

const PROMOTIONS: Readonly<Record<string, string>> = {
  GlobalAuroraConfig: 'AWS::RDS::DBCluster',
  DocumentDbConfig: 'AWS::DocDB::DBCluster',
  NeptuneGlobalDatabaseConfig: 'AWS::Neptune::DBCluster',
  RdsPromoteReadReplicaConfig: 'AWS::RDS::DBInstance',
  RdsSwitchoverReadReplicaConfig: 'AWS::RDS::DBInstance',
};

/** A step that names another global database, or other instances, promotes those. */
function promotes({ block, configuration }: PlanStep, { resource }: Component): boolean {
  if (block === undefined || PROMOTIONS[block] !== resource.type) {
    return false;
  }
  const instances = entryOf(configuration, 'DbInstanceArnMap');
  if (instances.kind === 'dictionary') {
    return Object.values(instances.entries).some((arn) => isInstance(arn, resource));
  }
  const named = textOf(entryOf(configuration, 'GlobalClusterIdentifier'));
  const own = textOf(resource.property('GlobalClusterIdentifier'));
  return named === undefined || own === undefined || named.toLowerCase() === own.toLowerCase();
}

/** Whether an ARN is that of an instance, or may be. */
function isInstance(arn: Value, instance: Resource): boolean {
  const references = referencesIn(arn);
  const [, name] = textOf(arn)?.split(':db:') ?? [];
  const own = textOf(instance.property('DBInstanceIdentifier'));
  return references.length > 0
    ? references.some(({ resource }) => resource === instance)
    : name === undefined || own === undefined || name.toLowerCase() === own.toLowerCase();
}
