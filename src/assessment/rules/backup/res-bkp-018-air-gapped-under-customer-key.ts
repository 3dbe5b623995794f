import { FailureScope } from '../../../core/failure-scope';
import { entryOf, textOf } from '../../model';
import { defineRule, failed, NOT_APPLICABLE, PASS, undecided } from '../rule';
import { coverageOf, rulesOf } from './coverage';
import { copiesOf } from './vaults';

/** What goes to an air-gapped vault is under a key of the customer. */
export const airGappedUnderCustomerKey = defineRule({
  id: 'RES-BKP-018',
  title: 'what goes to an air-gapped vault is under a key of the customer',
  severity: 'error',
  scope: FailureScope.ACCOUNT,
  why: 'an air-gapped vault takes no Aurora, RDS or EBS recovery points under the key that AWS manages, or none: the copy fails',
  fix: 'set KmsKeyId to a customer-managed key: that replaces the resource',
  docs: 'https://docs.aws.amazon.com/aws-backup/latest/devguide/lag-vault-primary-backup.html',
  resourceTypes: ['AWS::RDS::DBCluster', 'AWS::RDS::DBInstance', 'AWS::EC2::Volume'],
  evaluate(store, { assembly }) {
    const rules = coverageOf(store, assembly).plans.flatMap(rulesOf);
    const vaults = rules.flatMap(copiesOf);
    const airGapped =
      rules.some((rule) => entryOf(rule, 'TargetLogicallyAirGappedBackupVaultArn').kind !== 'absent') ||
      vaults.some(
        (vault) => vault.kind === 'reference' && vault.resource.type === 'AWS::Backup::LogicallyAirGappedBackupVault',
      );
    if (!airGapped) {
      return NOT_APPLICABLE;
    }
    const key = store.property('KmsKeyId');
    const isManaged = /alias\/aws\//.test(textOf(key) ?? '');
    if (key.kind === 'unknown') {
      return undecided(key.reason, 'Properties.KmsKeyId');
    }
    return key.kind === 'absent' || isManaged ? failed('has no key of its own', 'Properties.KmsKeyId') : PASS;
  },
});
