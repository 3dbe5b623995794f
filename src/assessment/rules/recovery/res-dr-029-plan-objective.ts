import { FailureScope } from '../../../core/failure-scope';
import { numberOf, reasonOf } from '../../model';
import { defineRule, failed, NOT_APPLICABLE, PASS, undecided } from '../rule';

const MINUTE = 60;

export const planAimsAtTheObjective = defineRule({
  id: 'RES-DR-029',
  title: 'a region switch plan aims at the recovery time that its system promises',
  severity: 'warning',
  scope: FailureScope.REGION,
  why: 'a rehearsal that meets a slower objective is reported as a success, and the promise is broken unseen',
  fix: 'set RecoveryTimeObjectiveMinutes to what the system promises for the loss of a region',
  docs: 'https://docs.aws.amazon.com/r53recovery/latest/dg/region-switch-plans.html',
  resourceTypes: ['AWS::ARCRegionSwitch::Plan'],
  evaluate: (plan, { objectiveOf }) => {
    const promised = objectiveOf?.(plan, FailureScope.REGION);
    const objective = plan.property('RecoveryTimeObjectiveMinutes');
    if (promised === undefined || objective.kind === 'absent') {
      return NOT_APPLICABLE;
    }
    const minutes = numberOf(objective);
    const location = 'Properties.RecoveryTimeObjectiveMinutes';
    if (minutes === undefined) {
      return undecided(reasonOf(objective) ?? 'its objective is not decided', location);
    }
    return minutes * MINUTE > promised
      ? failed(`aims at ${minutes} min, its system promises ${Math.floor(promised / MINUTE)} min`, location)
      : PASS;
  },
});
