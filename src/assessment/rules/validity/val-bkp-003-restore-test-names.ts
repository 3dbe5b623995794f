import { itemsOf, textOf } from '../../model';
import { defineRule, failed, PASS, undecided } from '../rule';

const NAMES: Record<string, readonly string[]> = {
  'AWS::Backup::RestoreTestingPlan': ['RestoreTestingPlanName'],
  'AWS::Backup::RestoreTestingSelection': ['RestoreTestingPlanName', 'RestoreTestingSelectionName'],
};

export const restoreTestsAreNamedAndSelected = defineRule({
  id: 'VAL-BKP-003',
  title: 'restore tests have names of letters, digits and underscores, and select all resources or named ones',
  severity: 'error',
  scope: 'DEPLOYMENT',
  why: 'names with hyphens or of more than 50 characters are refused, as are * and ARNs in one selection',
  fix: 'rename the plan or selection, and list either * or ARNs in ProtectedResourceArns',
  docs: 'https://docs.aws.amazon.com/aws-backup/latest/devguide/restore-testing.html',
  resourceTypes: Object.keys(NAMES),
  evaluate: (resource) => {
    for (const key of NAMES[resource.type] ?? []) {
      const name = textOf(resource.property(key));
      if (name !== undefined && !/^[A-Za-z0-9_]{1,50}$/.test(name)) {
        return failed(`named ${name}`, `Properties.${key}`);
      }
      if (resource.property(key).kind === 'unknown') {
        return undecided('the name is set at deployment', `Properties.${key}`);
      }
    }
    const arns = itemsOf(resource.property('ProtectedResourceArns'));
    return arns.length > 1 && arns.some((arn) => textOf(arn) === '*')
      ? failed('selects * and named resources', 'Properties.ProtectedResourceArns')
      : PASS;
  },
});
