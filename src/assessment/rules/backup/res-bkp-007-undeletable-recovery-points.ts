import { FailureScope } from '../../../core/failure-scope';
import { entryOf } from '../../model';
import { defineRule, failed, NOT_APPLICABLE, PASS, undecided } from '../rule';
import { rulesOf } from './coverage';
import { backsUpReplicasOnly } from './replica-plans';
import { copiesOf, isLockedForGood, vaultOf } from './vaults';

/** Some recovery points that care depends on can be deleted by nobody. */
export const undeletableRecoveryPoints = defineRule({
  id: 'RES-BKP-007',
  title: 'some recovery points that care depends on can be deleted by nobody',
  severity: 'warning',
  scope: FailureScope.ACCOUNT,
  why: 'a governance lock is lifted by whoever holds the account: only a compliance lock or an air-gapped vault is not',
  fix: 'copy to a logically air-gapped vault, or set ChangeableForDays once the retention is proven: after the grace days neither can be undone',
  docs: 'https://docs.aws.amazon.com/aws-backup/latest/devguide/logicallyairgappedvault.html',
  alsoKnownAs: [
    'Config:EBS_RESOURCES_IN_LOGICALLY_AIR_GAPPED_VAULT',
    'Config:AURORA_RESOURCES_IN_LOGICALLY_AIR_GAPPED_VAULT',
    'Config:S3_RESOURCES_IN_LOGICALLY_AIR_GAPPED_VAULT',
    'Config:EFS_RESOURCES_IN_LOGICALLY_AIR_GAPPED_VAULT',
    'Config:EC2_RESOURCES_IN_LOGICALLY_AIR_GAPPED_VAULT',
  ],
  resourceTypes: ['AWS::Backup::BackupPlan'],
  evaluate(plan, { assembly, careDependsOn }) {
    if (!careDependsOn(plan) || backsUpReplicasOnly(plan, assembly)) {
      return NOT_APPLICABLE;
    }
    const rules = rulesOf(plan);
    if (rules.some((rule) => entryOf(rule, 'TargetLogicallyAirGappedBackupVaultArn').kind !== 'absent')) {
      return PASS;
    }
    const vaults = rules.flatMap((rule) => [entryOf(rule, 'TargetBackupVault'), ...copiesOf(rule)]);
    const here = vaults.flatMap((vault) => vaultOf(vault, assembly) ?? []);
    if (here.some(isLockedForGood)) {
      return PASS;
    }
    return here.length < vaults.length
      ? undecided('a vault that it keeps recovery points in is not in the templates')
      : failed('every vault that it keeps recovery points in can be emptied');
  },
});
