import { userPoolIsProtected } from '../../../../src/assessment/rules/storage/res-sto-019-user-pool-protected';
import { testRule } from '../../../support/rules';

const it = (Properties: Record<string, unknown>) => ({
  Parameters: { Choice: { Type: 'String' } },
  Resources: { It: { Type: 'AWS::Cognito::UserPool', Properties } },
});

testRule(userPoolIsProtected, [
  { name: 'protected', verdict: 'pass', template: it({ DeletionProtection: 'ACTIVE' }) },
  { name: 'not protected', verdict: 'fail', template: it({ DeletionProtection: 'INACTIVE' }) },
  { name: 'the default', verdict: 'fail', template: it({}) },
  { name: 'a parameter decides', verdict: 'unknown', template: it({ DeletionProtection: { Ref: 'Choice' } }) },
]);
