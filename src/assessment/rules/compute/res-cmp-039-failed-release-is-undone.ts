import { FailureScope } from '../../../core/failure-scope';
import { booleanOf, entryOf, itemsOf, reasonOf, textOf } from '../../model';
import { defineRule, failed, PASS, undecided } from '../rule';

const FAILURE = 'DEPLOYMENT_FAILURE';

export const failedReleaseIsUndone = defineRule({
  id: 'RES-CMP-039',
  title: 'a release that fails is rolled back by itself',
  severity: 'warning',
  scope: FailureScope.COMPONENT,
  why: 'until somebody notices and acts, part of the system runs a version that was found to be broken',
  fix: 'enable AutoRollbackConfiguration for DEPLOYMENT_FAILURE, and for DEPLOYMENT_STOP_ON_ALARM with an alarm of what users see',
  docs: 'https://docs.aws.amazon.com/codedeploy/latest/userguide/deployments-rollback-and-redeploy.html',
  alsoKnownAs: ['Config:CODEDEPLOY_AUTO_ROLLBACK_MONITOR_ENABLED'],
  resourceTypes: ['AWS::CodeDeploy::DeploymentGroup'],
  evaluate: (group) => {
    const rollback = group.property('AutoRollbackConfiguration');
    const location = 'Properties.AutoRollbackConfiguration';
    const enabled = entryOf(rollback, 'Enabled');
    const events = itemsOf(entryOf(rollback, 'Events'));
    const open = [enabled, ...events].map(reasonOf).find((reason) => reason !== undefined);
    if (rollback.kind === 'absent' || booleanOf(enabled) === false) {
      return failed('nothing is rolled back', location);
    }
    if (events.some((event) => textOf(event) === FAILURE)) {
      return booleanOf(enabled) === true ? PASS : undecided(open ?? 'not decided', location);
    }
    return open === undefined ? failed(`${FAILURE} does not lead to a rollback`, location) : undecided(open, location);
  },
});
