import { restoreTestsAreNamedAndSelected } from '../../../../src/assessment/rules/validity/val-bkp-003-restore-test-names';
import { findingsOf, testRule } from '../../../support/rules';

const it = (Properties: Record<string, unknown>) => ({
  Resources: { It: { Type: 'AWS::Backup::RestoreTestingSelection', Properties } },
});

testRule(restoreTestsAreNamedAndSelected, [
  {
    name: 'letters and underscores, all resources',
    verdict: 'pass',
    template: it({
      RestoreTestingPlanName: 'ehr_weekly',
      RestoreTestingSelectionName: 'aurora',
      ProtectedResourceArns: ['*'],
    }),
  },
  {
    name: 'a hyphen',
    verdict: 'fail',
    template: it({ RestoreTestingPlanName: 'ehr-weekly', RestoreTestingSelectionName: 'aurora' }),
  },
  {
    name: '51 characters',
    verdict: 'fail',
    template: it({ RestoreTestingPlanName: 'ehr', RestoreTestingSelectionName: 'a'.repeat(51) }),
  },
  {
    name: 'all resources and one',
    verdict: 'fail',
    template: it({
      RestoreTestingPlanName: 'ehr',
      RestoreTestingSelectionName: 'a',
      ProtectedResourceArns: ['*', 'arn:aws:rds:us-east-1:1:cluster:a'],
    }),
  },
  {
    name: 'a name from a parameter',
    verdict: 'unknown',
    template: it({ RestoreTestingPlanName: { Ref: 'Name' }, RestoreTestingSelectionName: 'a' }),
  },
]);

test('the name of a plan counts too', () => {
  const failsOf = (Properties: Record<string, unknown>) =>
    findingsOf({ Resources: { It: { Type: 'AWS::Backup::RestoreTestingPlan', Properties } } }, [
      restoreTestsAreNamedAndSelected,
    ]).failed.length;
  expect([
    failsOf({ RestoreTestingPlanName: 'ehr_weekly' }),
    failsOf({ RestoreTestingPlanName: 'ehr weekly' }),
  ]).toEqual([0, 1]);
});
