import { FailureScope } from '../../../core/failure-scope';
import { reasonOf } from '../../model';
import { defineRule, failed, NOT_APPLICABLE, PASS, undecided } from '../rule';
import { rulesOf } from './coverage';
import { backsUpReplicasOnly } from './replica-plans';
import { accountOf, copiesOf, placeOf } from './vaults';

/** Recovery points that care depends on are copied to another account. */
export const copiesInAnotherAccount = defineRule({
  id: 'RES-BKP-005',
  title: 'recovery points that care depends on are copied to another account',
  severity: 'warning',
  scope: FailureScope.ACCOUNT,
  why: 'whoever holds the account of the system must not hold its last backups',
  fix: 'add a CopyAction to a vault in an account that nobody administers from this one',
  docs: 'https://docs.aws.amazon.com/aws-backup/latest/devguide/create-cross-account-backup.html',
  resourceTypes: ['AWS::Backup::BackupPlan'],
  evaluate(plan, { assembly, careDependsOn }) {
    if (!careDependsOn(plan) || backsUpReplicasOnly(plan, assembly)) {
      return NOT_APPLICABLE;
    }
    const copies = rulesOf(plan).flatMap(copiesOf);
    const accounts = copies.map((vault) => placeOf(vault).account);
    const location = 'Properties.BackupPlan.BackupPlanRule';
    if (accounts.some((account) => account !== undefined && account !== accountOf(plan))) {
      return PASS;
    }
    return accounts.includes(undefined)
      ? undecided(
          copies.map(reasonOf).find((reason) => reason !== undefined) ?? 'the account of a copy is not decided',
          location,
        )
      : failed(accounts.length === 0 ? 'recovery points are not copied' : 'copies stay in the account', location);
  },
});
