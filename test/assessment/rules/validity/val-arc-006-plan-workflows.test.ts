import { regionSwitchPlanHasEveryWorkflow } from '../../../../src/assessment/rules/validity/val-arc-006-plan-workflows';
import { testRule } from '../../../support/rules';

const it = (Properties: Record<string, unknown>) => ({
  Resources: { It: { Type: 'AWS::ARCRegionSwitch::Plan', Properties } },
});

testRule(regionSwitchPlanHasEveryWorkflow, [
  {
    name: 'one for either Region',
    verdict: 'pass',
    template: it({
      RecoveryApproach: 'activePassive',
      Regions: ['us-east-1', 'us-west-2'],
      Workflows: [{ WorkflowTargetAction: 'activate' }],
    }),
  },
  {
    name: 'one for each Region',
    verdict: 'pass',
    template: it({
      RecoveryApproach: 'activePassive',
      Regions: ['us-east-1', 'us-west-2'],
      Workflows: ['us-east-1', 'us-west-2'].map((r) => ({ WorkflowTargetAction: 'activate', WorkflowTargetRegion: r })),
    }),
  },
  {
    name: 'none to fail back',
    verdict: 'fail',
    template: it({
      RecoveryApproach: 'activePassive',
      Regions: ['us-east-1', 'us-west-2'],
      Workflows: [{ WorkflowTargetAction: 'activate', WorkflowTargetRegion: 'us-west-2' }],
    }),
  },
  {
    name: 'active/active without deactivate',
    verdict: 'fail',
    template: it({
      RecoveryApproach: 'activeActive',
      Regions: ['us-east-1', 'us-west-2'],
      Workflows: [{ WorkflowTargetAction: 'activate' }],
    }),
  },
  {
    name: 'no workflow',
    verdict: 'fail',
    template: it({ RecoveryApproach: 'activePassive', Regions: ['us-east-1', 'us-west-2'], Workflows: [] }),
  },
  {
    name: 'workflows are imported',
    verdict: 'unknown',
    template: it({
      RecoveryApproach: 'activePassive',
      Regions: ['us-east-1', 'us-west-2'],
      Workflows: { 'Fn::ImportValue': 'w' },
    }),
  },
  {
    name: 'a target from a parameter',
    verdict: 'unknown',
    template: it({
      RecoveryApproach: 'activePassive',
      Regions: ['us-east-1', 'us-west-2'],
      Workflows: [{ WorkflowTargetAction: 'activate', WorkflowTargetRegion: { Ref: 'Target' } }],
    }),
  },
]);
