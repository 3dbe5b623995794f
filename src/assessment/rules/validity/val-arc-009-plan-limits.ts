import { activationSteps, everyStep, itemsOf, numberOf, type Resource, reasonOf, textOf } from '../../model';
import { defineRule, failed, PASS, type RuleOutcome, undecided } from '../rule';

/** https://docs.aws.amazon.com/arc-region-switch/latest/api/API_CreatePlan.html */
const NAME = /^[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,30}[a-zA-Z0-9])?$/;
const MOST_MINUTES = 10_080;

export const regionSwitchPlanIsWithinLimits = defineRule({
  id: 'VAL-ARC-009',
  title: 'name, objective and timeouts of a region switch plan are within the limits of the service',
  severity: 'error',
  scope: 'DEPLOYMENT',
  why: 'a name longer than 32, an objective of more than a week or a timeout below a minute is refused',
  fix: 'use at most 32 letters, digits and inner hyphens, 1 to 10080 minutes, and whole minutes for timeouts',
  docs: 'https://docs.aws.amazon.com/arc-region-switch/latest/api/API_CreatePlan.html',
  resourceTypes: ['AWS::ARCRegionSwitch::Plan'],
  evaluate: (plan) => {
    const name = plan.property('Name');
    const text = textOf(name);
    if (text !== undefined && !NAME.test(text)) {
      return failed(`the name ${text} is not allowed`, 'Properties.Name');
    }
    const objective = plan.property('RecoveryTimeObjectiveMinutes');
    const minutes = numberOf(objective);
    if (minutes !== undefined && !(Number.isInteger(minutes) && minutes >= 1 && minutes <= MOST_MINUTES)) {
      return failed(`an objective of ${minutes} min`, 'Properties.RecoveryTimeObjectiveMinutes');
    }
    const open = [name, objective].map(reasonOf).find((reason) => reason !== undefined);
    return timeoutBelowAMinute(plan) ?? (open === undefined ? PASS : undecided(open));
  },
});

function timeoutBelowAMinute(plan: Resource): RuleOutcome | undefined {
  const regions = itemsOf(plan.property('Regions')).flatMap((region) => textOf(region) ?? []);
  const steps = regions.map((region) => activationSteps(plan, region));
  const short = steps
    .flatMap((one) => ('kind' in one ? [] : everyStep(one)))
    .find(({ timeoutMinutes }) => typeof timeoutMinutes === 'number' && !(timeoutMinutes >= 1));
  return short && failed(`step ${short.name} is given up after ${short.timeoutMinutes} min`, 'Properties.Workflows');
}
