import { FailureScope } from '../../../core/failure-scope';
import { entryOf, itemsOf, numberOf, reasonOf, textOf, type Value } from '../../model';
import { defineRule, failed, NOT_APPLICABLE, PASS, undecided } from '../rule';

/** Minutes that a step may take if it names none. */
const DEFAULT_TIMEOUT = 60;

/** Minutes of steps one after the other; parallel ones count once. Undefined where something else decides. */
function minutesOf(steps: Value): number | undefined {
  return steps.kind === 'list' ? sum(steps.items.map(minutesOfStep)) : undefined;
}

function minutesOfStep(step: Value): number | undefined {
  const configuration = entryOf(step, 'ExecutionBlockConfiguration');
  const [name, block] = configuration.kind === 'dictionary' ? (Object.entries(configuration.entries)[0] ?? []) : [];
  if (block === undefined || name === 'RegionSwitchPlanConfig') {
    return undefined; // a child plan has steps of its own
  }
  if (name === 'ParallelConfig') {
    const branches = itemsOf(entryOf(block, 'Steps')).map(minutesOfStep);
    return branches.includes(undefined) ? undefined : Math.max(0, ...branches.flatMap((minutes) => minutes ?? []));
  }
  if (textOf(entryOf(entryOf(block, 'Ungraceful'), 'Behavior')) === 'skip') {
    return 0; // left out where a Region is lost, which is what the objective is about
  }
  const timeout = entryOf(block, 'TimeoutMinutes');
  return timeout.kind === 'absent' ? DEFAULT_TIMEOUT : numberOf(timeout);
}

function sum(minutes: readonly (number | undefined)[]): number | undefined {
  return minutes.reduce<number | undefined>(
    (total, part) => (total === undefined || part === undefined ? undefined : total + part),
    0,
  );
}

export const planEndsWithinItsObjective = defineRule({
  id: 'RES-DR-015',
  title: 'the steps of a region switch plan may not take longer than its recovery time objective',
  severity: 'warning',
  scope: FailureScope.REGION,
  why: 'a plan waits for each step until its timeout, 60 minutes if it has none: the objective is over before the last step starts',
  fix: 'lower TimeoutMinutes, run steps in parallel, or raise RecoveryTimeObjectiveMinutes to what is true',
  docs: 'https://docs.aws.amazon.com/r53recovery/latest/dg/working-with-rs-execution-blocks.html',
  resourceTypes: ['AWS::ARCRegionSwitch::Plan'],
  evaluate: (resource) => {
    const objective = resource.property('RecoveryTimeObjectiveMinutes');
    const limit = numberOf(objective);
    if (objective.kind === 'absent') {
      return NOT_APPLICABLE;
    }
    const workflows = resource.property('Workflows');
    const activating = itemsOf(workflows).filter((w) => textOf(entryOf(w, 'WorkflowTargetAction')) === 'activate');
    const minutes = activating.map((workflow) => minutesOf(entryOf(workflow, 'Steps')));
    const longest = Math.max(0, ...minutes.flatMap((part) => part ?? []));
    if (limit !== undefined && longest > limit) {
      return failed(`steps may take ${longest} min, the objective is ${limit} min`, 'Properties.Workflows');
    }
    return limit === undefined || workflows.kind === 'unknown' || minutes.includes(undefined)
      ? undecided(reasonOf(objective) ?? 'the time of a step is decided elsewhere', 'Properties.Workflows')
      : PASS;
  },
});
