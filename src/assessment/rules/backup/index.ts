import type { Rule } from '../rule';
import { storesInAPlan } from './res-bkp-001-stores-in-a-plan';
import { keptPastDwellTime } from './res-bkp-002-kept-past-dwell-time';
import { planDailyForFiveWeeks } from './res-bkp-003-plan-daily-for-five-weeks';
import { copiesInAnotherRegion } from './res-bkp-004-copies-in-another-region';
import { copiesInAnotherAccount } from './res-bkp-005-copies-in-another-account';
import { vaultRefusesDeletion } from './res-bkp-006-vault-refuses-deletion';
import { undeletableRecoveryPoints } from './res-bkp-007-undeletable-recovery-points';
import { vaultKey } from './res-bkp-008-vault-key';
import { restoresAreTested } from './res-bkp-009-restores-are-tested';
import { restoreTestsSelect } from './res-bkp-010-restore-tests-select';
import { planSelects } from './res-bkp-011-plan-selects';
import { backupReports } from './res-bkp-012-backup-reports';
import { rdsAnyMoment } from './res-bkp-013-rds-any-moment';
import { rdsPathToAnotherRegion } from './res-bkp-014-rds-path-to-another-region';
import { sameMoment } from './res-bkp-015-same-moment';
import { notOnlyReplicas } from './res-bkp-016-not-only-replicas';
import { retentionWithinLock } from './res-bkp-017-retention-within-lock';
import { airGappedUnderCustomerKey } from './res-bkp-018-air-gapped-under-customer-key';
import { fsxRestoreTestsPlaced } from './res-bkp-019-fsx-restore-tests-placed';
import { machinesInAPlan } from './res-bkp-020-machines-in-a-plan';
import { copiesKept } from './res-bkp-021-copies-kept';

/** Rules of this family, by id. */
export const backupRules: readonly Rule[] = [
  storesInAPlan,
  keptPastDwellTime,
  planDailyForFiveWeeks,
  copiesInAnotherRegion,
  copiesInAnotherAccount,
  vaultRefusesDeletion,
  undeletableRecoveryPoints,
  vaultKey,
  restoresAreTested,
  restoreTestsSelect,
  planSelects,
  backupReports,
  rdsAnyMoment,
  rdsPathToAnotherRegion,
  sameMoment,
  notOnlyReplicas,
  retentionWithinLock,
  airGappedUnderCustomerKey,
  fsxRestoreTestsPlaced,
  machinesInAPlan,
  copiesKept,
];
