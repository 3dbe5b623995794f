import { regionSwitchPlanStaysInItsRegions } from '../../../../src/assessment/rules/validity/val-arc-005-plan-regions';
import { testRule } from '../../../support/rules';

const it = (Properties: Record<string, unknown>) => ({
  Resources: { It: { Type: 'AWS::ARCRegionSwitch::Plan', Properties } },
});

testRule(regionSwitchPlanStaysInItsRegions, [
  {
    name: 'everything in the two Regions',
    verdict: 'pass',
    template: it({
      Regions: ['us-east-1', 'us-west-2'],
      PrimaryRegion: 'us-east-1',
      Workflows: [{ WorkflowTargetRegion: 'us-west-2' }, {}],
    }),
  },
  {
    name: 'a workflow elsewhere',
    verdict: 'fail',
    template: it({ Regions: ['us-east-1', 'us-west-2'], Workflows: [{ WorkflowTargetRegion: 'eu-west-1' }] }),
  },
  {
    name: 'a primary elsewhere',
    verdict: 'fail',
    template: it({ Regions: ['us-east-1', 'us-west-2'], PrimaryRegion: 'eu-west-1' }),
  },
  {
    name: 'a trigger elsewhere',
    verdict: 'fail',
    template: it({ Regions: ['us-east-1', 'us-west-2'], Triggers: [{ TargetRegion: 'us-west-1' }] }),
  },
  { name: 'one Region', verdict: 'fail', template: it({ Regions: ['us-east-1'] }) },
  { name: 'the same Region twice', verdict: 'fail', template: it({ Regions: ['us-east-1', { Ref: 'AWS::Region' }] }) },
  { name: 'Regions from parameters', verdict: 'unknown', template: it({ Regions: [{ Ref: 'One' }, 'us-west-2'] }) },
  {
    name: 'a workflow from a parameter',
    verdict: 'unknown',
    template: it({ Regions: ['us-east-1', 'us-west-2'], Workflows: [{ WorkflowTargetRegion: { Ref: 'Target' } }] }),
  },
]);
