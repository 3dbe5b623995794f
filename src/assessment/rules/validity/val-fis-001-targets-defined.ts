import { entryOf, itemsOf, textOf } from '../../model';
import { defineRule, failed, PASS, undecided } from '../rule';

export const experimentActionsNameTargets = defineRule({
  id: 'VAL-FIS-001',
  title: 'actions of an experiment name targets and actions that it defines',
  severity: 'error',
  scope: 'DEPLOYMENT',
  why: 'an experiment template with an undefined target, or an action that starts after one that does not exist, is refused',
  fix: 'define the target under Targets, or correct its name in the action',
  docs: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-fis-experimenttemplate.html',
  resourceTypes: ['AWS::FIS::ExperimentTemplate'],
  evaluate: (resource) => {
    const targets = resource.property('Targets');
    const actions = resource.property('Actions');
    const open = [targets, actions].find(({ kind }) => kind === 'unknown');
    if (open?.kind === 'unknown') {
      return undecided(open.reason, 'Properties.Actions');
    }
    const targetNames = targets.kind === 'dictionary' ? Object.keys(targets.entries) : [];
    const entries = actions.kind === 'dictionary' ? actions.entries : {};
    for (const [name, action] of Object.entries(entries)) {
      const location = `Properties.Actions.${name}`;
      const used = entryOf(action, 'Targets');
      const names = used.kind === 'dictionary' ? Object.values(used.entries).map(textOf) : [];
      const undefinedTarget = names.find((target) => target !== undefined && !targetNames.includes(target));
      if (undefinedTarget !== undefined) {
        return failed(`target ${undefinedTarget} is not defined`, `${location}.Targets`);
      }
      const earlier = itemsOf(entryOf(action, 'StartAfter')).flatMap((item) => textOf(item) ?? []);
      const missing = earlier.find((other) => !Object.hasOwn(entries, other) || other === name);
      if (missing !== undefined) {
        return failed(`starts after ${missing}, which is ${missing === name ? 'itself' : 'not defined'}`, location);
      }
    }
    return PASS;
  },
});
