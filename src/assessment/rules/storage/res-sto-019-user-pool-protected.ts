import { FailureScope } from '../../../core/failure-scope';
import { reasonOf, textOf } from '../../model';
import { defineRule, failed, PASS, undecided } from '../rule';

/** Cognito keeps a deleted pool for 14 days: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_DeleteUserPool.html */
export const userPoolIsProtected = defineRule({
  id: 'RES-STO-019',
  title: 'a pool of users refuses to be deleted',
  severity: 'error',
  scope: FailureScope.DELETION,
  why: 'after one call nobody can sign in, and only AWS Support can bring the pool back, within 14 days',
  fix: 'set DeletionProtection to ACTIVE',
  docs: 'https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-settings-deletion-protection.html',
  alsoKnownAs: [
    'Config:COGNITO_USER_POOL_DELETION_PROTECTION_ENABLED',
    'Prowler:cognito_user_pool_deletion_protection_enabled',
  ],
  resourceTypes: ['AWS::Cognito::UserPool'],
  evaluate: (pool) => {
    const value = pool.property('DeletionProtection');
    const location = 'Properties.DeletionProtection';
    const reason = reasonOf(value);
    if (reason !== undefined) {
      return undecided(reason, location);
    }
    return textOf(value) === 'ACTIVE' ? PASS : failed('deletion protection is off', location);
  },
});
