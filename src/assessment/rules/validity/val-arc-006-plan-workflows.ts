import { entryOf, itemsOf, reasonOf, textOf } from '../../model';
import { defineRule, failed, PASS, undecided } from '../rule';

export const regionSwitchPlanHasEveryWorkflow = defineRule({
  id: 'VAL-ARC-006',
  title: 'a region switch plan has a workflow for every region it may activate',
  severity: 'error',
  scope: 'DEPLOYMENT',
  why: 'a plan without a workflow for a Region is refused, and could not fail over to it, or back',
  fix: 'add one activate workflow without a target Region, or one for each Region; an active/active plan also needs deactivate',
  docs: 'https://docs.aws.amazon.com/r53recovery/latest/dg/region-switch-plans.html',
  resourceTypes: ['AWS::ARCRegionSwitch::Plan'],
  evaluate: (resource) => {
    const approach = resource.property('RecoveryApproach');
    const workflows = resource.property('Workflows');
    const regions = resource.property('Regions');
    const reason = [approach, workflows, regions].map(reasonOf).find((text) => text !== undefined);
    if (reason !== undefined) {
      return undecided(reason, 'Properties.Workflows');
    }
    const actions = textOf(approach) === 'activeActive' ? ['activate', 'deactivate'] : ['activate'];
    const names = itemsOf(regions).map(textOf);
    for (const action of actions) {
      const matching = itemsOf(workflows).filter(
        (workflow) => textOf(entryOf(workflow, 'WorkflowTargetAction')) === action,
      );
      const targets = matching.map((workflow) => entryOf(workflow, 'WorkflowTargetRegion'));
      const missing = names.filter((name) => !targets.some((target) => textOf(target) === name));
      const serves = targets.some(({ kind }) => kind === 'absent') || missing.length === 0;
      if (matching.length === 0 || (!serves && targets.every(({ kind }) => kind === 'known'))) {
        return failed(`no workflow to ${action} ${missing.join(' or ')}`, 'Properties.Workflows');
      }
      if (!serves) {
        return undecided('the target Region of a workflow is set at deployment', 'Properties.Workflows');
      }
    }
    return PASS;
  },
});
