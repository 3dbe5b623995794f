import { FailureScope } from '../../../core/failure-scope';
import { defineRule, failed, NOT_APPLICABLE, PASS, undecided } from '../rule';
import { coverageOf, isContinuous, rulesOf } from './coverage';
import { holdsNothingOfItsOwn, ownDays } from './stores';

/** A database in a backup plan can be restored to any moment. */
export const rdsAnyMoment = defineRule({
  id: 'RES-BKP-013',
  title: 'a database in a backup plan can be restored to any moment',
  severity: 'warning',
  scope: FailureScope.CORRUPTION,
  why: 'a snapshot a day loses a day',
  fix: 'set EnableContinuousBackup in the rule, or keep automated backups for a week',
  docs: 'https://docs.aws.amazon.com/aws-backup/latest/devguide/point-in-time-recovery.html',
  alsoKnownAs: ['TrustedAdvisor:Amazon RDS Continuous Backup Not Enabled'],
  resourceTypes: ['AWS::RDS::DBCluster', 'AWS::RDS::DBInstance'],
  evaluate(database, { assembly }) {
    const { plans } = coverageOf(database, assembly);
    if (plans.length === 0 || holdsNothingOfItsOwn(database, assembly)) {
      return NOT_APPLICABLE;
    }
    const own = ownDays(database);
    if (plans.flatMap(rulesOf).some(isContinuous) || (typeof own === 'number' && own >= 7)) {
      return PASS;
    }
    return typeof own === 'string' ? undecided(own) : failed('its plan takes snapshots only');
  },
});
