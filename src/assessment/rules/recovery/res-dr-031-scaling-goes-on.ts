import { FailureScope } from '../../../core/failure-scope';
import { activationSteps, entryOf, everyStep, itemsOf, reasonOf, textOf } from '../../model';
import { defineRule, failed, NOT_APPLICABLE, PASS, undecided } from '../rule';

const SCALING = ['Ec2AsgCapacityIncreaseConfig', 'EcsCapacityIncreaseConfig', 'EksResourceScalingConfig'];

export const scalingGoesOnWithPartOfTheCapacity = defineRule({
  id: 'RES-DR-031',
  title: 'a region switch plan goes on with part of the capacity when all of it is not to be had',
  severity: 'warning',
  scope: FailureScope.REGION,
  why: 'when a region is lost everybody scales in the next one: a step that waits for the last instance holds everything up',
  fix: 'give scaling steps an Ungraceful setting with the MinimumSuccessPercentage that carries care',
  docs: 'https://docs.aws.amazon.com/r53recovery/latest/dg/working-with-rs-execution-blocks.html',
  resourceTypes: ['AWS::ARCRegionSwitch::Plan'],
  evaluate: (plan) => {
    const location = 'Properties.Workflows';
    const regions = itemsOf(plan.property('Regions')).flatMap((region) => textOf(region) ?? []);
    const steps = regions
      .map((region) => activationSteps(plan, region))
      .flatMap((one) => ('kind' in one ? [] : everyStep(one)))
      .filter(({ block }) => SCALING.includes(block ?? ''));
    const least = steps.map(({ name, configuration }) => ({
      name,
      percentage: entryOf(entryOf(configuration, 'Ungraceful'), 'MinimumSuccessPercentage'),
    }));
    const waiting = least.find(({ percentage }) => percentage.kind === 'absent');
    if (waiting) {
      return failed(`step ${waiting.name} waits for all of it`, location);
    }
    const reason = least.map(({ percentage }) => reasonOf(percentage)).find((text) => text !== undefined);
    return reason !== undefined ? undecided(reason, location) : steps.length > 0 ? PASS : NOT_APPLICABLE;
  },
});
