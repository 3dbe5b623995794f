import { FailureScope } from '../../../core/failure-scope';
import { defineRule, failed, NOT_APPLICABLE, PASS, undecided } from '../rule';
import { coverageOf, daysKept, rulesOf } from './coverage';
import { DWELL_DAYS, holdsNothingOfItsOwn, ownDays, STORE_TYPES } from './stores';

/** Backups are kept for longer than a corruption goes unnoticed. */
export const keptPastDwellTime = defineRule({
  id: 'RES-BKP-002',
  title: 'backups are kept for longer than a corruption goes unnoticed',
  severity: 'error',
  scope: FailureScope.CORRUPTION,
  why: 'intruders stay for two months before they strike: with shorter retention every backup is already theirs',
  fix: 'keep at least one series of recovery points for 60 days, for example monthly ones in cold storage',
  docs: 'https://docs.aws.amazon.com/aws-backup/latest/devguide/creating-a-backup-plan.html',
  resourceTypes: STORE_TYPES,
  evaluate(store, { assembly, careDependsOn }) {
    if (holdsNothingOfItsOwn(store, assembly)) {
      return NOT_APPLICABLE;
    }
    const { plans } = coverageOf(store, assembly);
    const kept = [
      ownDays(store),
      ...plans.flatMap(rulesOf).map((rule) => daysKept(rule) ?? 'a lifecycle is not decided'),
    ];
    const reason = kept.find((days) => typeof days === 'string');
    const longest = Math.max(0, ...kept.filter((days) => typeof days === 'number'));
    const needed = careDependsOn(store) ? DWELL_DAYS.care : DWELL_DAYS.other;
    if (longest >= needed) {
      return PASS;
    }
    if (reason !== undefined) {
      return undecided(reason);
    }
    return longest === 0 ? NOT_APPLICABLE : failed(`backups are kept for ${longest} days`);
  },
});
