import { FailureScope } from '../../../core/failure-scope';
import { numberOf, reasonOf } from '../../model';
import { defineRule, failed, PASS, undecided } from '../rule';

/** Connections of a user are not capped below what the class allows. */
export const rdsConnectionHeadroom = defineRule({
  id: 'RES-DB-016',
  title: 'connections of a user are not capped below what the class allows',
  severity: 'warning',
  scope: FailureScope.COMPONENT,
  why: 'after a failover every task reconnects at once, to fewer instances, and a fixed cap turns clinicians away',
  fix: 'leave max_user_connections out, or at 0',
  docs: 'https://docs.aws.amazon.com/awssupport/latest/user/fault-tolerance-checks.html',
  alsoKnownAs: ['TrustedAdvisor:Amazon RDS max_user_connections parameter is low'],
  resourceTypes: ['AWS::RDS::DBParameterGroup', 'AWS::RDS::DBClusterParameterGroup'],
  evaluate(group) {
    const cap = group.property('Parameters', 'max_user_connections');
    const location = 'Properties.Parameters.max_user_connections';
    const reason = reasonOf(cap);
    if (reason !== undefined) {
      return undecided(reason, location);
    }
    const connections = numberOf(cap) ?? 0;
    return connections === 0 ? PASS : failed(`caps every user at ${connections} connections`, location);
  },
});
