import { vaultLockIsPossible } from '../../../../src/assessment/rules/validity/val-bkp-001-vault-lock';
import { findingsOf, testRule } from '../../../support/rules';

const it = (Properties: Record<string, unknown>) => ({
  Resources: { It: { Type: 'AWS::Backup::BackupVault', Properties } },
});

testRule(vaultLockIsPossible, [
  {
    name: 'a minimum below the maximum',
    verdict: 'pass',
    template: it({ LockConfiguration: { MinRetentionDays: 35, MaxRetentionDays: 365 } }),
  },
  {
    name: 'a minimum above the maximum',
    verdict: 'fail',
    template: it({ LockConfiguration: { MinRetentionDays: 100, MaxRetentionDays: 35 } }),
  },
  {
    name: 'two days of grace',
    verdict: 'fail',
    template: it({ LockConfiguration: { MinRetentionDays: 7, ChangeableForDays: 2 } }),
  },
  {
    name: 'from a parameter',
    verdict: 'unknown',
    template: it({ LockConfiguration: { MinRetentionDays: { Ref: 'Days' }, MaxRetentionDays: 35 } }),
  },
  { name: 'no lock', verdict: 'not-applicable', template: it({}) },
]);

test('an air-gapped vault keeps seven days at least', () => {
  const failsOf = (Properties: Record<string, unknown>) =>
    findingsOf({ Resources: { It: { Type: 'AWS::Backup::LogicallyAirGappedBackupVault', Properties } } }, [
      vaultLockIsPossible,
    ]).failed.length;
  expect([
    failsOf({ MinRetentionDays: 7, MaxRetentionDays: 35 }),
    failsOf({ MinRetentionDays: 6, MaxRetentionDays: 35 }),
  ]).toEqual([0, 1]);
});
