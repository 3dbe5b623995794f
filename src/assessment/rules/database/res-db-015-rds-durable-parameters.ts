import { FailureScope } from '../../../core/failure-scope';
import { entryOf, reasonOf, textOf } from '../../model';
import { defineRule, failed, PASS, undecided } from '../rule';

/** The values under which nothing confirmed is lost: MySQL and MariaDB first, PostgreSQL last. */
const DURABLE: Readonly<Record<string, readonly string[]>> = {
  innodb_flush_log_at_trx_commit: ['1'],
  sync_binlog: ['1'],
  innodb_default_row_format: ['dynamic'],
  read_only: ['1', 'on', '{trueifreplica}'],
  synchronous_commit: ['on', 'remote_apply', 'remote_write'],
};

/** What a database has confirmed is on disk. */
export const rdsDurableParameters = defineRule({
  id: 'RES-DB-015',
  title: 'what a database has confirmed is on disk',
  severity: 'error',
  scope: FailureScope.COMPONENT,
  why: 'with these parameters relaxed, a crash or a failover loses transactions that were confirmed to clinicians',
  fix: 'leave the parameter at its durable value',
  docs: 'https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/AuroraMySQL.BestPractices.html',
  alsoKnownAs: [
    'TrustedAdvisor:Amazon RDS innodb_flush_log_at_trx_commit parameter is not 1',
    'TrustedAdvisor:Amazon RDS sync_binlog parameter is turned off',
    'TrustedAdvisor:Amazon RDS synchronous_commit parameter is turned off',
    'TrustedAdvisor:Amazon RDS Read Replicas are open in writable mode',
    'TrustedAdvisor:Amazon RDS innodb_default_row_format parameter setting is unsafe',
  ],
  resourceTypes: ['AWS::RDS::DBParameterGroup', 'AWS::RDS::DBClusterParameterGroup'],
  evaluate(group) {
    const parameters = group.property('Parameters');
    for (const [name, durable] of Object.entries(DURABLE)) {
      const value = entryOf(parameters, name);
      const location = `Properties.Parameters.${name}`;
      const reason = reasonOf(value);
      if (reason !== undefined) {
        return undecided(reason, location);
      }
      if (value.kind !== 'absent' && !durable.includes((textOf(value) ?? '').toLowerCase())) {
        return failed(`${name} is ${textOf(value)}`, location);
      }
    }
    return PASS;
  },
});
