import { restoreTestsSelect } from '../../../../src/assessment/rules/backup/res-bkp-010-restore-tests-select';
import { testRule } from '../../../support/rules';

testRule(restoreTestsSelect, [
  {
    name: 'by name',
    verdict: 'pass',
    template: {
      Resources: {
        It: { Type: 'AWS::Backup::RestoreTestingPlan', Properties: { RestoreTestingPlanName: 'r' } },
        S: {
          Type: 'AWS::Backup::RestoreTestingSelection',
          Properties: {
            RestoreTestingPlanName: 'r',
            RestoreTestingSelectionName: 's',
            ProtectedResourceType: 'Aurora',
          },
        },
      },
    },
  },
  {
    name: 'by reference',
    verdict: 'pass',
    template: {
      Resources: {
        It: { Type: 'AWS::Backup::RestoreTestingPlan', Properties: { RestoreTestingPlanName: 'r' } },
        S: {
          Type: 'AWS::Backup::RestoreTestingSelection',
          Properties: {
            RestoreTestingPlanName: { Ref: 'It' },
            RestoreTestingSelectionName: 's',
            ProtectedResourceType: 'Aurora',
          },
        },
      },
    },
  },
  {
    name: 'none',
    verdict: 'fail',
    template: {
      Resources: { It: { Type: 'AWS::Backup::RestoreTestingPlan', Properties: { RestoreTestingPlanName: 'r' } } },
    },
  },
  {
    name: 'of another plan',
    verdict: 'fail',
    template: {
      Resources: {
        It: { Type: 'AWS::Backup::RestoreTestingPlan', Properties: { RestoreTestingPlanName: 'r' } },
        S: {
          Type: 'AWS::Backup::RestoreTestingSelection',
          Properties: {
            RestoreTestingPlanName: 'q',
            RestoreTestingSelectionName: 's',
            ProtectedResourceType: 'Aurora',
          },
        },
      },
    },
  },
  {
    name: 'a parameter decides',
    verdict: 'unknown',
    template: {
      Parameters: { Choice: { Type: 'String' } },
      Resources: {
        It: { Type: 'AWS::Backup::RestoreTestingPlan', Properties: { RestoreTestingPlanName: 'r' } },
        S: {
          Type: 'AWS::Backup::RestoreTestingSelection',
          Properties: {
            RestoreTestingPlanName: { Ref: 'Choice' },
            RestoreTestingSelectionName: 's',
            ProtectedResourceType: 'Aurora',
          },
        },
      },
    },
  },
]);
