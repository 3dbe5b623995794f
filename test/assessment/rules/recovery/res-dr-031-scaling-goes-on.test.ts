import { scalingGoesOnWithPartOfTheCapacity } from '../../../../src/assessment/rules/recovery/res-dr-031-scaling-goes-on';
import { testRule } from '../../../support/rules';

const plan = (block: string, configuration: Record<string, unknown>) => ({
  Parameters: { P: { Type: 'Number' } },
  Resources: {
    It: {
      Type: 'AWS::ARCRegionSwitch::Plan',
      Properties: {
        Regions: ['us-east-1', 'us-west-2'],
        Workflows: [
          {
            WorkflowTargetAction: 'activate',
            Steps: [{ Name: 'scale', ExecutionBlockConfiguration: { [block]: configuration } }],
          },
        ],
      },
    },
  },
});
const least = (MinimumSuccessPercentage: unknown) => ({ Ungraceful: { MinimumSuccessPercentage } });

testRule(scalingGoesOnWithPartOfTheCapacity, [
  { name: 'half of it is enough', verdict: 'pass', template: plan('EcsCapacityIncreaseConfig', least(50)) },
  { name: 'all tasks', verdict: 'fail', template: plan('EcsCapacityIncreaseConfig', {}) },
  { name: 'all instances', verdict: 'fail', template: plan('Ec2AsgCapacityIncreaseConfig', {}) },
  { name: 'a parameter decides', verdict: 'unknown', template: plan('EcsCapacityIncreaseConfig', least({ Ref: 'P' })) },
  { name: 'nothing is scaled', verdict: 'not-applicable', template: plan('ExecutionApprovalConfig', {}) },
]);
