import { entryOf, itemsOf, numberOf, textOf, type Value } from '../../model';
import { defineRule, failed, PASS, type RuleOutcome, undecided } from '../rule';
import { stepsIn } from './region-switch-steps';

const SCALING: readonly (readonly [config: string, members: string])[] = [
  ['Ec2AsgCapacityIncreaseConfig', 'Asgs'],
  ['EcsCapacityIncreaseConfig', 'Services'],
];

function problemOf(step: Value): RuleOutcome | undefined {
  const name = textOf(entryOf(step, 'Name')) ?? 'a step';
  for (const [config, members] of SCALING) {
    const block = entryOf(entryOf(step, 'ExecutionBlockConfiguration'), config);
    if (block.kind !== 'dictionary') {
      continue;
    }
    const list = entryOf(block, members);
    if (list.kind === 'list' && list.items.length !== 2) {
      return failed(`step ${name} scales ${list.items.length}, not one in each of two Regions`, 'Properties.Workflows');
    }
    const percentage = entryOf(entryOf(block, 'Ungraceful'), 'MinimumSuccessPercentage');
    const percent = numberOf(percentage);
    if (percent !== undefined && (percent < 0 || percent > 99)) {
      return failed(`step ${name} asks for ${percent} % success`, 'Properties.Workflows');
    }
    if (list.kind === 'unknown' || (percent === undefined && percentage.kind !== 'absent')) {
      return undecided(`step ${name} is decided at deployment`, 'Properties.Workflows');
    }
  }
  return undefined;
}

export const regionSwitchScalesPairs = defineRule({
  id: 'VAL-ARC-008',
  title:
    'a scaling step of a region switch plan has one group or service in each region, and a reachable success percentage',
  severity: 'error',
  scope: 'DEPLOYMENT',
  why: 'a step needs exactly two, the one to match and the one to scale, and MinimumSuccessPercentage ends at 99',
  fix: 'list the group or service of both Regions, and set MinimumSuccessPercentage between 0 and 99',
  docs: 'https://docs.aws.amazon.com/r53recovery/latest/dg/ec2-auto-scaling-block.html',
  resourceTypes: ['AWS::ARCRegionSwitch::Plan'],
  evaluate: (resource) => {
    const steps = itemsOf(resource.property('Workflows')).flatMap((workflow) => stepsIn(entryOf(workflow, 'Steps')));
    const problems = steps.flatMap((step) => problemOf(step) ?? []);
    return problems.find(({ verdict }) => verdict === 'fail') ?? problems[0] ?? PASS;
  },
});
