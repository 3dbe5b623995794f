import { deploymentDoesNotResetCount } from '../../../../src/assessment/rules/recovery/res-dr-012-desired-count';
import { testRule } from '../../../support/rules';

const it = (Properties: Record<string, unknown>, others: Record<string, unknown> = {}) => ({
  Resources: { It: { Type: 'AWS::ECS::Service', Properties }, ...others },
});

testRule(deploymentDoesNotResetCount, [
  {
    name: 'the scaling target alone',
    verdict: 'pass',
    template: it(
      {},
      {
        Target: {
          Type: 'AWS::ApplicationAutoScaling::ScalableTarget',
          Properties: { ResourceId: { 'Fn::Sub': 'service/c/${It.Name}' } },
        },
      },
    ),
  },
  {
    name: 'a count beside a scaling target',
    verdict: 'fail',
    template: it(
      { DesiredCount: 2 },
      {
        Target: {
          Type: 'AWS::ApplicationAutoScaling::ScalableTarget',
          Properties: { ResourceId: { 'Fn::Sub': 'service/c/${It.Name}' } },
        },
      },
    ),
  },
  {
    name: 'a count beside a plan that scales it',
    verdict: 'fail',
    template: it(
      { DesiredCount: 2 },
      {
        Plan: {
          Type: 'AWS::ARCRegionSwitch::Plan',
          Properties: { Workflows: [{ Steps: [{ ServiceArn: { Ref: 'It' } }] }] },
        },
      },
    ),
  },
  { name: 'nothing scales it', verdict: 'not-applicable', template: it({ DesiredCount: 2 }) },
]);
