import { planAsksAPersonFirst } from '../../../../src/assessment/rules/recovery/res-dr-016-plan-approval';
import { testRule } from '../../../support/rules';

const it = (Properties: Record<string, unknown>) => ({
  Resources: { It: { Type: 'AWS::ARCRegionSwitch::Plan', Properties } },
});

testRule(planAsksAPersonFirst, [
  {
    name: 'a person first',
    verdict: 'pass',
    template: it({
      Workflows: [
        {
          WorkflowTargetAction: 'activate',
          Steps: [{ ExecutionBlockType: 'ManualApproval' }, { ExecutionBlockType: 'AuroraGlobalDatabase' }],
        },
      ],
    }),
  },
  {
    name: 'only activation asks',
    verdict: 'pass',
    template: it({ Workflows: [{ WorkflowTargetAction: 'deactivate', Steps: [{ ExecutionBlockType: 'Parallel' }] }] }),
  },
  {
    name: 'the database first',
    verdict: 'fail',
    template: it({
      Workflows: [
        {
          WorkflowTargetAction: 'activate',
          Steps: [{ ExecutionBlockType: 'AuroraGlobalDatabase' }, { ExecutionBlockType: 'ManualApproval' }],
        },
      ],
    }),
  },
  { name: 'imported workflows', verdict: 'unknown', template: it({ Workflows: { 'Fn::ImportValue': 'workflows' } }) },
  {
    name: 'a block from a parameter',
    verdict: 'unknown',
    template: it({
      Workflows: [{ WorkflowTargetAction: 'activate', Steps: [{ ExecutionBlockType: { Ref: 'Block' } }] }],
    }),
  },
]);
