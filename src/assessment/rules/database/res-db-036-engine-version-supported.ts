import { FailureScope } from '../../../core/failure-scope';
import { reasonOf, textOf } from '../../model';
import { defineRule, failed, NOT_APPLICABLE, PASS, undecided } from '../rule';

/** Standard support of these, and of all before, ended by February 2025. What ended later is not listed: facts only. */
const LAST_UNSUPPORTED: Readonly<Record<string, readonly number[]>> = {
  postgres: [12],
  'aurora-postgresql': [12],
  mysql: [5, 7],
  'aurora-mysql': [5, 7],
  mariadb: [10, 4],
};

/** The engine version of a database is supported. */
export const engineVersionSupported = defineRule({
  id: 'RES-DB-036',
  title: 'the engine version of a database is supported',
  severity: 'error',
  scope: FailureScope.COMPONENT,
  why: 'past the end of support there are no fixes, AWS upgrades on its own date, and extended support is charged',
  fix: 'upgrade to a major version that is supported',
  docs: 'https://docs.aws.amazon.com/AmazonRDS/latest/PostgreSQLReleaseNotes/postgresql-release-calendar.html',
  resourceTypes: ['AWS::RDS::DBInstance', 'AWS::RDS::DBCluster'],
  evaluate(database) {
    if (database.type === 'AWS::RDS::DBInstance' && database.property('DBClusterIdentifier').kind !== 'absent') {
      return NOT_APPLICABLE; // the version is the cluster's
    }
    const last = LAST_UNSUPPORTED[textOf(database.property('Engine')) ?? ''];
    const version = database.property('EngineVersion');
    if (last === undefined || version.kind === 'absent') {
      return NOT_APPLICABLE;
    }
    const reason = reasonOf(version);
    if (reason !== undefined) {
      return undecided(reason, 'Properties.EngineVersion');
    }
    const given = textOf(version) ?? '';
    return isAfter(given, last)
      ? PASS
      : failed(`version ${given} is out of standard support`, 'Properties.EngineVersion');
  },
});

/** Compares as many numbers as the bound has. */
function isAfter(version: string, bound: readonly number[]): boolean {
  const numbers = version.split('.').map(Number);
  const index = bound.findIndex((number, at) => numbers[at] !== number);
  return index >= 0 && numbers[index] > bound[index];
}
