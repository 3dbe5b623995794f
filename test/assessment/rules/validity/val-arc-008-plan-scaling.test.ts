import { regionSwitchScalesPairs } from '../../../../src/assessment/rules/validity/val-arc-008-plan-scaling';
import { testRule } from '../../../support/rules';

const it = (Properties: Record<string, unknown>) => ({
  Resources: { It: { Type: 'AWS::ARCRegionSwitch::Plan', Properties } },
});

testRule(regionSwitchScalesPairs, [
  {
    name: 'one service in each Region',
    verdict: 'pass',
    template: it({
      Workflows: [
        {
          Steps: [
            {
              Name: 'ecs',
              ExecutionBlockConfiguration: {
                EcsCapacityIncreaseConfig: { Services: [{}, {}], Ungraceful: { MinimumSuccessPercentage: 80 } },
              },
            },
          ],
        },
      ],
    }),
  },
  {
    name: 'one group alone',
    verdict: 'fail',
    template: it({
      Workflows: [
        { Steps: [{ Name: 'asg', ExecutionBlockConfiguration: { Ec2AsgCapacityIncreaseConfig: { Asgs: [{}] } } }] },
      ],
    }),
  },
  {
    name: 'all must succeed, inside of a parallel step',
    verdict: 'fail',
    template: it({
      Workflows: [
        {
          Steps: [
            {
              Name: 'p',
              ExecutionBlockConfiguration: {
                ParallelConfig: {
                  Steps: [
                    {
                      Name: 'ecs',
                      ExecutionBlockConfiguration: {
                        EcsCapacityIncreaseConfig: {
                          Services: [{}, {}],
                          Ungraceful: { MinimumSuccessPercentage: 100 },
                        },
                      },
                    },
                  ],
                },
              },
            },
          ],
        },
      ],
    }),
  },
  {
    name: 'services are imported',
    verdict: 'unknown',
    template: it({
      Workflows: [
        {
          Steps: [
            {
              Name: 'ecs',
              ExecutionBlockConfiguration: { EcsCapacityIncreaseConfig: { Services: { 'Fn::ImportValue': 's' } } },
            },
          ],
        },
      ],
    }),
  },
]);
