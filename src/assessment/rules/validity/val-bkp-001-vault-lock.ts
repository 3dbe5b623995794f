import { numberOf, reasonOf, type Value } from '../../model';
import { counted, defineRule, failed, NOT_APPLICABLE, PASS, undecided } from '../rule';

/** A number, nothing, or the value that is no number. */
function days(value: Value): number | undefined | Value {
  return numberOf(value) ?? (value.kind === 'absent' ? undefined : value);
}

export const vaultLockIsPossible = defineRule({
  id: 'VAL-BKP-001',
  title: 'a vault keeps at least as short as at most, and its lock leaves three days to change it',
  severity: 'error',
  scope: 'DEPLOYMENT',
  why: 'a minimum above the maximum is refused, as is a compliance lock with less than three days of grace or an air-gapped vault under seven days',
  fix: 'set MinRetentionDays to no more than MaxRetentionDays, ChangeableForDays to three or more, and seven days or more in an air-gapped vault',
  docs: 'https://docs.aws.amazon.com/aws-backup/latest/devguide/vault-lock.html',
  resourceTypes: ['AWS::Backup::BackupVault', 'AWS::Backup::LogicallyAirGappedBackupVault'],
  evaluate: (resource) => {
    const airGapped = resource.type === 'AWS::Backup::LogicallyAirGappedBackupVault';
    const path = airGapped ? [] : ['LockConfiguration'];
    const location = ['Properties', ...path].join('.');
    const lock = resource.property('LockConfiguration');
    if (!airGapped && lock.kind !== 'dictionary') {
      return lock.kind === 'absent' ? NOT_APPLICABLE : undecided(reasonOf(lock) ?? 'no lock', location);
    }
    const minimum = days(resource.property(...path, 'MinRetentionDays'));
    const maximum = days(resource.property(...path, 'MaxRetentionDays'));
    const changeable = days(resource.property(...path, 'ChangeableForDays'));
    if (typeof minimum === 'number' && typeof maximum === 'number' && minimum > maximum) {
      return failed(`keeps at least ${minimum} and at most ${maximum} days`, `${location}.MinRetentionDays`);
    }
    if (airGapped && typeof minimum === 'number' && minimum < 7) {
      return failed(`an air-gapped vault keeps at least ${counted(minimum, 'day')}`, `${location}.MinRetentionDays`);
    }
    if (typeof changeable === 'number' && changeable < 3) {
      return failed(`can be changed for ${counted(changeable, 'day')}`, `${location}.ChangeableForDays`);
    }
    const open = [minimum, maximum, changeable].find((value): value is Value => typeof value === 'object');
    return open ? undecided(reasonOf(open) ?? 'no number', location) : PASS;
  },
});
