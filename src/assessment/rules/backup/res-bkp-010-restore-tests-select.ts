import { FailureScope } from '../../../core/failure-scope';
import { reasonOf, referencesIn, textOf } from '../../model';
import { defineRule, failed, PASS, undecided } from '../rule';

/** A restore testing plan restores something. */
export const restoreTestsSelect = defineRule({
  id: 'RES-BKP-010',
  title: 'a restore testing plan restores something',
  severity: 'warning',
  scope: FailureScope.CORRUPTION,
  why: 'a plan without a selection runs, succeeds and restores nothing',
  fix: 'add an AWS::Backup::RestoreTestingSelection per resource type',
  docs: 'https://docs.aws.amazon.com/aws-backup/latest/devguide/restore-testing.html',
  resourceTypes: ['AWS::Backup::RestoreTestingPlan'],
  evaluate(plan, { assembly }) {
    const names = assembly
      .resourcesOf('AWS::Backup::RestoreTestingSelection')
      .map((selection) => selection.property('RestoreTestingPlanName'));
    const own = textOf(plan.property('RestoreTestingPlanName'));
    const selects = names.some((name) => {
      const refers = referencesIn(name).some(({ resource }) => resource === plan);
      return refers || (own !== undefined && textOf(name) === own);
    });
    const reason = names.filter(({ kind }) => kind === 'unknown').map(reasonOf)[0];
    if (selects) {
      return PASS;
    }
    return reason === undefined ? failed('no selection belongs to it') : undecided(reason);
  },
});
