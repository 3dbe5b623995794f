import { routingControlIsGuarded } from '../../../../src/assessment/rules/recovery/res-dr-018-routing-safety-rule';
import { testRule } from '../../../support/rules';

const it = (Properties: Record<string, unknown>, others: Record<string, unknown> = {}) => ({
  Resources: { It: { Type: 'AWS::Route53RecoveryControl::RoutingControl', Properties }, ...others },
});

testRule(routingControlIsGuarded, [
  {
    name: 'asserted',
    verdict: 'pass',
    template: it(
      {},
      {
        Rule: {
          Type: 'AWS::Route53RecoveryControl::SafetyRule',
          Properties: { AssertionRule: { AssertedControls: [{ 'Fn::GetAtt': ['It', 'RoutingControlArn'] }] } },
        },
      },
    ),
  },
  { name: 'no safety rule', verdict: 'fail', template: it({}) },
  {
    name: 'a rule for others',
    verdict: 'fail',
    template: it(
      {},
      {
        Other: { Type: 'AWS::Route53RecoveryControl::RoutingControl' },
        Rule: {
          Type: 'AWS::Route53RecoveryControl::SafetyRule',
          Properties: { AssertionRule: { AssertedControls: [{ Ref: 'Other' }] } },
        },
      },
    ),
  },
  {
    name: 'a rule that names ARNs',
    verdict: 'unknown',
    template: it(
      {},
      {
        Rule: {
          Type: 'AWS::Route53RecoveryControl::SafetyRule',
          Properties: {
            AssertionRule: {
              AssertedControls: ['arn:aws:route53-recovery-control::1:controlpanel/a/routingcontrol/b'],
            },
          },
        },
      },
    ),
  },
]);
