import type { Resource } from './resource';
import { entryOf, itemsOf, numberOf, reasonOf, textOf, type Unknown, unknown, type Value } from './value';

/** One step of a workflow of an `AWS::ARCRegionSwitch::Plan`. */
export interface PlanStep {
  readonly name: string;
  /** The kind of its configuration, such as `GlobalAuroraConfig`; left out where deployment decides. */
  readonly block?: string;
  readonly configuration: Value;
  /** When the plan gives it up. */
  readonly timeoutMinutes: number | Unknown;
  /** What runs side by side, in a parallel step. */
  readonly branches: readonly PlanStep[];
}

/** https://docs.aws.amazon.com/r53recovery/latest/dg/working-with-rs-execution-blocks.html */
const DEFAULT_TIMEOUT_MINUTES = 60;

/** The steps with which a plan activates a Region, in their order, or why they are not known. */
export function activationSteps(plan: Resource, region: string): readonly PlanStep[] | Unknown {
  const workflows = plan.property('Workflows');
  if (workflows.kind !== 'list') {
    return unknown(reasonOf(workflows) ?? `${plan.path} has no workflows`);
  }
  const activating = workflows.items.filter((one) => textOf(entryOf(one, 'WorkflowTargetAction')) === 'activate');
  const forRegion = activating.filter((one) => textOf(entryOf(one, 'WorkflowTargetRegion')) === region);
  const forAny = activating.filter((one) => entryOf(one, 'WorkflowTargetRegion').kind === 'absent');
  const [workflow] = [...forRegion, ...forAny];
  return workflow
    ? stepsFrom(entryOf(workflow, 'Steps'))
    : unknown(`${plan.path} has no workflow to activate ${region}`);
}

function stepsFrom(steps: Value): PlanStep[] {
  return itemsOf(steps).map((step) => {
    const holder = entryOf(step, 'ExecutionBlockConfiguration');
    const entries = holder.kind === 'dictionary' ? Object.entries(holder.entries) : [];
    const [block, configuration] = entries[0] ?? [undefined, unknown('the step is decided at deployment')];
    const timeout = entryOf(configuration, 'TimeoutMinutes');
    return {
      name: textOf(entryOf(step, 'Name')) ?? 'a step',
      block,
      configuration,
      timeoutMinutes:
        timeout.kind === 'absent'
          ? DEFAULT_TIMEOUT_MINUTES
          : (numberOf(timeout) ?? unknown(reasonOf(timeout) ?? 'a timeout that is no number')),
      branches: block === 'ParallelConfig' ? stepsFrom(entryOf(configuration, 'Steps')) : [],
    };
  });
}

/** Whether a step is left out where the other Region does not answer: an ungraceful execution. */
export function isSkipped({ configuration }: PlanStep): boolean {
  return textOf(entryOf(entryOf(configuration, 'Ungraceful'), 'Behavior')) === 'skip';
}

const SWITCHOVERS: Readonly<Record<string, string>> = {
  GlobalAuroraConfig: 'failover',
  DocumentDbConfig: 'failover',
  NeptuneGlobalDatabaseConfig: 'failover',
  RdsSwitchoverReadReplicaConfig: 'promoteReadReplica',
};

/** What a step asks of the Region that is lost, though it runs because that Region is lost; unknown where deployment decides. */
export function asksOfLostRegion(step: PlanStep, activating: string): string | Unknown | undefined {
  const { block, configuration } = step;
  if (block !== undefined && Object.hasOwn(SWITCHOVERS, block)) {
    return switchover(step, SWITCHOVERS[block]);
  }
  if (isSkipped(step)) {
    return undefined;
  }
  if (block === 'CustomActionLambdaConfig') {
    return functionCall(configuration, activating);
  }
  const disables = block === 'LambdaEventSourceMappingConfig' && textOf(entryOf(configuration, 'Action')) === 'disable';
  return disables ? 'turns off an event source of the Region that is lost' : undefined;
}

function switchover({ block, configuration }: PlanStep, instead: string): string | Unknown | undefined {
  const behavior = entryOf(configuration, 'Behavior');
  const ungraceful = entryOf(entryOf(configuration, 'Ungraceful'), 'Ungraceful');
  const always = block === 'RdsSwitchoverReadReplicaConfig' || textOf(behavior) === 'switchoverOnly';
  if (textOf(behavior) === 'failover' || textOf(ungraceful) === instead) {
    return undefined;
  }
  const undecided = [behavior, ungraceful].find(({ kind }) => kind !== 'absent' && kind !== 'known');
  return undecided && !(always && ungraceful.kind === 'absent')
    ? unknown(reasonOf(undecided) ?? 'how it fails over is decided at deployment')
    : 'switches over, which needs both Regions well';
}

function functionCall(configuration: Value, activating: string): string | Unknown | undefined {
  const where = entryOf(configuration, 'RegionToRun');
  if (textOf(where) === undefined) {
    return unknown(reasonOf(where) ?? 'where the function runs is decided at deployment');
  }
  if (textOf(where) === 'deactivatingRegion') {
    return 'calls a function in the Region that is lost';
  }
  const regions = itemsOf(entryOf(configuration, 'Lambdas')).map((one) => regionOfArn(entryOf(one, 'Arn')));
  return regions.length > 0 && regions.every((region) => region !== undefined && region !== activating)
    ? `has no function in ${activating}`
    : undefined;
}

/** The Region in an ARN, or of the resource that it is the ARN of. */
export function regionOfArn(arn: Value): string | undefined {
  if (arn.kind === 'reference') {
    return arn.resource.region;
  }
  const start = arn.kind === 'text' ? arn.parts[0] : textOf(arn);
  const region = typeof start === 'string' ? start.split(':')[3] : undefined;
  return region === '' ? undefined : region;
}

/** Steps, those inside of parallel ones too. */
export function everyStep(steps: readonly PlanStep[]): PlanStep[] {
  return steps.flatMap((step) => [step, ...everyStep(step.branches)]);
}
