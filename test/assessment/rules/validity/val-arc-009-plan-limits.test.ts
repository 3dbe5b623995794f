import { regionSwitchPlanIsWithinLimits } from '../../../../src/assessment/rules/validity/val-arc-009-plan-limits';
import { testRule } from '../../../support/rules';

const plan = (more: Record<string, unknown> = {}, TimeoutMinutes: unknown = 30) => ({
  Parameters: { P: { Type: 'String' } },
  Resources: {
    It: {
      Type: 'AWS::ARCRegionSwitch::Plan',
      Properties: {
        Name: 'ehr-prod',
        Regions: ['us-east-1', 'us-west-2'],
        RecoveryTimeObjectiveMinutes: 60,
        Workflows: [
          {
            WorkflowTargetAction: 'activate',
            Steps: [
              {
                Name: 'both',
                ExecutionBlockConfiguration: {
                  ParallelConfig: {
                    Steps: [
                      { Name: 'ask', ExecutionBlockConfiguration: { ExecutionApprovalConfig: { TimeoutMinutes } } },
                    ],
                  },
                },
              },
            ],
          },
        ],
        ...more,
      },
    },
  },
});

testRule(regionSwitchPlanIsWithinLimits, [
  { name: 'everything within', verdict: 'pass', template: plan() },
  { name: '32 letters', verdict: 'pass', template: plan({ Name: 'a'.repeat(32) }) },
  { name: '33 letters', verdict: 'fail', template: plan({ Name: 'a'.repeat(33) }) },
  { name: 'a hyphen at the end', verdict: 'fail', template: plan({ Name: 'ehr-' }) },
  { name: 'an underscore', verdict: 'fail', template: plan({ Name: 'ehr_prod' }) },
  { name: 'an objective of no time', verdict: 'fail', template: plan({ RecoveryTimeObjectiveMinutes: 0 }) },
  {
    name: 'an objective of more than a week',
    verdict: 'fail',
    template: plan({ RecoveryTimeObjectiveMinutes: 10_081 }),
  },
  { name: 'a timeout of no time', verdict: 'fail', template: plan({}, 0) },
  { name: 'a name of a parameter', verdict: 'unknown', template: plan({ Name: { Ref: 'P' } }) },
]);
