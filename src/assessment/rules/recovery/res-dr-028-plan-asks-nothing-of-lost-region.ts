import { FailureScope } from '../../../core/failure-scope';
import { activationSteps, asksOfLostRegion, everyStep, itemsOf, type Resource, reasonOf, textOf } from '../../model';
import { defineRule, failed, PASS, type RuleOutcome, undecided } from '../rule';

const LOCATION = 'Properties.Workflows';

export const planAsksNothingOfLostRegion = defineRule({
  id: 'RES-DR-028',
  title: 'no step of a region switch plan needs the region that is lost',
  severity: 'error',
  scope: FailureScope.REGION,
  why: 'a switchover, or a function in the lost region, waits for what does not answer until the plan gives up',
  fix: 'give switchovers an ungraceful failover, skip what has to run in the other region, and have a function in both',
  docs: 'https://docs.aws.amazon.com/r53recovery/latest/dg/working-with-rs-execution-blocks.html',
  resourceTypes: ['AWS::ARCRegionSwitch::Plan'],
  evaluate: (plan) => {
    const regions = plan.property('Regions');
    const names = itemsOf(regions).map(textOf);
    if (regions.kind !== 'list' || names.includes(undefined)) {
      return undecided(reasonOf(regions) ?? 'its regions are not decided', 'Properties.Regions');
    }
    const outcomes = names.flatMap((region) => (region === undefined ? [] : activationOf(plan, region)));
    return (
      outcomes.find(({ verdict }) => verdict === 'fail') ??
      outcomes.find(({ verdict }) => verdict === 'unknown') ??
      PASS
    );
  },
});

function activationOf(plan: Resource, region: string): RuleOutcome[] {
  const steps = activationSteps(plan, region);
  if ('kind' in steps) {
    return [undecided(steps.reason, LOCATION)];
  }
  return everyStep(steps).flatMap((step): RuleOutcome[] => {
    const asked = step.block === undefined ? step.configuration : asksOfLostRegion(step, region);
    if (asked === undefined) {
      return [];
    }
    return typeof asked === 'string'
      ? [failed(`step ${step.name} ${asked}`, LOCATION)]
      : [undecided(reasonOf(asked) ?? `step ${step.name} is decided at deployment`, LOCATION)];
  });
}
