import { planEndsWithinItsObjective } from '../../../../src/assessment/rules/recovery/res-dr-015-plan-time';
import { testRule } from '../../../support/rules';

const it = (Properties: Record<string, unknown>) => ({
  Resources: { It: { Type: 'AWS::ARCRegionSwitch::Plan', Properties } },
});

const approval = (TimeoutMinutes?: number) => ({
  ExecutionBlockConfiguration: { ExecutionApprovalConfig: TimeoutMinutes === undefined ? {} : { TimeoutMinutes } },
});

const parallel = (...Steps: unknown[]) => ({ ExecutionBlockConfiguration: { ParallelConfig: { Steps } } });

const plan = (objective: unknown, Steps: unknown[]) => ({
  ...(objective === undefined ? {} : { RecoveryTimeObjectiveMinutes: objective }),
  Workflows: [{ WorkflowTargetAction: 'activate', Steps }],
});

testRule(planEndsWithinItsObjective, [
  {
    name: '30 and the longer of 20 and 30',
    verdict: 'pass',
    template: it(plan(60, [approval(30), parallel(approval(20), approval(30))])),
  },
  { name: 'one after the other', verdict: 'fail', template: it(plan(60, [approval(30), approval(20), approval(30)])) },
  {
    name: 'a step that is left out where a Region is lost',
    verdict: 'pass',
    template: it(
      plan(60, [
        approval(50),
        {
          ExecutionBlockConfiguration: {
            CustomActionLambdaConfig: { TimeoutMinutes: 20, Ungraceful: { Behavior: 'skip' } },
          },
        },
      ]),
    ),
  },
  {
    name: 'a function that is called then, too',
    verdict: 'fail',
    template: it(
      plan(60, [approval(50), { ExecutionBlockConfiguration: { CustomActionLambdaConfig: { TimeoutMinutes: 20 } } }]),
    ),
  },
  {
    name: 'a step without a timeout takes an hour',
    verdict: 'fail',
    template: it(plan(60, [approval(10), approval()])),
  },
  {
    name: 'a child plan',
    verdict: 'unknown',
    template: it(plan(60, [{ ExecutionBlockConfiguration: { RegionSwitchPlanConfig: { Arn: 'arn' } } }])),
  },
  {
    name: 'an objective from a parameter',
    verdict: 'unknown',
    template: it(plan({ Ref: 'Objective' }, [approval(10)])),
  },
  { name: 'no objective', verdict: 'not-applicable', template: it(plan(undefined, [approval(10)])) },
]);
