import { policyEffectIsValid } from '../../../../src/assessment/rules/validity/val-iam-001-effect';
import { findingsOf, testRule } from '../../../support/rules';

const it = (Properties: Record<string, unknown>) => ({ Resources: { It: { Type: 'AWS::IAM::Policy', Properties } } });

testRule(policyEffectIsValid, [
  {
    name: 'allow and deny',
    verdict: 'pass',
    template: it({ PolicyDocument: { Statement: [{ Effect: 'Allow' }, { Effect: 'Deny' }] } }),
  },
  { name: 'a typing error', verdict: 'fail', template: it({ PolicyDocument: { Statement: { Effect: 'Alow' } } }) },
  { name: 'lower case', verdict: 'fail', template: it({ PolicyDocument: { Statement: [{ Effect: 'allow' }] } }) },
  { name: 'no effect', verdict: 'fail', template: it({ PolicyDocument: { Statement: [{ Action: '*' }] } }) },
  {
    name: 'from a parameter',
    verdict: 'unknown',
    template: it({ PolicyDocument: { Statement: [{ Effect: { Ref: 'Effect' } }] } }),
  },
  { name: 'no statement', verdict: 'not-applicable', template: it({ PolicyDocument: { Statement: [] } }) },
]);

test('the trust policy of a role counts too', () => {
  const failsOf = (Properties: Record<string, unknown>) =>
    findingsOf({ Resources: { It: { Type: 'AWS::IAM::Role', Properties } } }, [policyEffectIsValid]).failed.length;
  expect([
    failsOf({ AssumeRolePolicyDocument: { Statement: { Effect: 'Allow' } } }),
    failsOf({ AssumeRolePolicyDocument: { Statement: { Effect: 'Permit' } } }),
  ]).toEqual([0, 1]);
});
