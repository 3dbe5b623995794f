import { FailureScope } from '../../../core/failure-scope';
import { reasonOf } from '../../model';
import { defineRule, failed, PASS, undecided } from '../rule';

/** A backup plan selects something. */
export const planSelects = defineRule({
  id: 'RES-BKP-011',
  title: 'a backup plan selects something',
  severity: 'error',
  scope: FailureScope.DELETION,
  why: 'a plan without a selection backs nothing up, and looks as if it did',
  fix: 'add an AWS::Backup::BackupSelection',
  docs: 'https://docs.aws.amazon.com/aws-backup/latest/devguide/assigning-resources.html',
  resourceTypes: ['AWS::Backup::BackupPlan'],
  evaluate(plan, { assembly }) {
    const plans = assembly
      .resourcesOf('AWS::Backup::BackupSelection')
      .map((selection) => selection.property('BackupPlanId'));
    if (plans.some((each) => each.kind === 'reference' && each.resource === plan)) {
      return PASS;
    }
    const reason = plans.filter(({ kind }) => kind === 'unknown').map(reasonOf)[0];
    return reason === undefined ? failed('no selection belongs to it') : undecided(reason);
  },
});
