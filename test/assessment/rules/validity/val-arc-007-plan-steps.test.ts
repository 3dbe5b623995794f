import { regionSwitchStepsMatchTheirBlocks } from '../../../../src/assessment/rules/validity/val-arc-007-plan-steps';
import { testRule } from '../../../support/rules';

const it = (Properties: Record<string, unknown>) => ({
  Resources: { It: { Type: 'AWS::ARCRegionSwitch::Plan', Properties } },
});

testRule(regionSwitchStepsMatchTheirBlocks, [
  {
    name: 'approval, then scaling',
    verdict: 'pass',
    template: it({
      Workflows: [
        {
          Steps: [
            {
              Name: 'approve',
              ExecutionBlockType: 'ManualApproval',
              ExecutionBlockConfiguration: { ExecutionApprovalConfig: {} },
            },
            {
              Name: 'scale',
              ExecutionBlockType: 'Parallel',
              ExecutionBlockConfiguration: {
                ParallelConfig: {
                  Steps: [
                    {
                      Name: 'ecs',
                      ExecutionBlockType: 'ECSServiceScaling',
                      ExecutionBlockConfiguration: { EcsCapacityIncreaseConfig: {} },
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
    name: 'the configuration of another block',
    verdict: 'fail',
    template: it({
      Workflows: [
        {
          Steps: [
            {
              Name: 'dns',
              ExecutionBlockType: 'Route53HealthCheck',
              ExecutionBlockConfiguration: { ArcRoutingControlConfig: {} },
            },
          ],
        },
      ],
    }),
  },
  {
    name: 'two configurations',
    verdict: 'fail',
    template: it({
      Workflows: [
        {
          Steps: [
            {
              Name: 'a',
              ExecutionBlockType: 'ManualApproval',
              ExecutionBlockConfiguration: { ExecutionApprovalConfig: {}, ParallelConfig: {} },
            },
          ],
        },
      ],
    }),
  },
  {
    name: 'inside of a parallel step',
    verdict: 'fail',
    template: it({
      Workflows: [
        {
          Steps: [
            {
              Name: 'p',
              ExecutionBlockType: 'Parallel',
              ExecutionBlockConfiguration: {
                ParallelConfig: {
                  Steps: [{ Name: 'ecs', ExecutionBlockType: 'ECSServiceScaling', ExecutionBlockConfiguration: {} }],
                },
              },
            },
          ],
        },
      ],
    }),
  },
  {
    name: 'a block that is new',
    verdict: 'unknown',
    template: it({
      Workflows: [
        {
          Steps: [{ Name: 'new', ExecutionBlockType: 'Teleport', ExecutionBlockConfiguration: { TeleportConfig: {} } }],
        },
      ],
    }),
  },
]);
