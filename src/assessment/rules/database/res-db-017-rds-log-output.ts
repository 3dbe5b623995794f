import { FailureScope } from '../../../core/failure-scope';
import { reasonOf, textOf } from '../../model';
import { defineRule, failed, PASS, undecided } from '../rule';

/** A database does not log into its own tables. */
export const rdsLogOutput = defineRule({
  id: 'RES-DB-017',
  title: 'a database does not log into its own tables',
  severity: 'warning',
  scope: FailureScope.COMPONENT,
  why: 'log tables grow with the load, slow queries and lengthen crash recovery',
  fix: 'set log_output to FILE',
  docs: 'https://docs.aws.amazon.com/awssupport/latest/user/fault-tolerance-checks.html',
  alsoKnownAs: ['TrustedAdvisor:Amazon RDS log_output parameter is set to table'],
  resourceTypes: ['AWS::RDS::DBParameterGroup', 'AWS::RDS::DBClusterParameterGroup'],
  evaluate(group) {
    const output = group.property('Parameters', 'log_output');
    const location = 'Properties.Parameters.log_output';
    const reason = reasonOf(output);
    if (reason !== undefined) {
      return undecided(reason, location);
    }
    const isTable = /^(.*,)?table(,.*)?$/i.test(textOf(output) ?? '');
    return isTable ? failed('logs go to a table', location) : PASS;
  },
});
