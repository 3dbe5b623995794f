import { booleanOf, reasonOf } from '../../model';
import { defineRule, failed, NOT_APPLICABLE, PASS, undecided } from '../rule';
import { globalMembersOf } from './global-members';

/** No cluster of a global database has RDS manage its password. */
export const globalManagedPassword = defineRule({
  id: 'VAL-DB-005',
  title: 'no cluster of a global database has RDS manage its password',
  severity: 'error',
  scope: 'DEPLOYMENT',
  why: 'RDS manages no master passwords of global databases',
  fix: 'set ManageMasterUserPassword to false, and keep the password in a replicated secret',
  docs: 'https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/rds-secrets-manager.html',
  resourceTypes: ['AWS::RDS::DBCluster'],
  evaluate(cluster, { assembly }) {
    if (globalMembersOf(cluster, assembly).length === 0) {
      return NOT_APPLICABLE;
    }
    const managed = cluster.property('ManageMasterUserPassword');
    const location = 'Properties.ManageMasterUserPassword';
    const reason = reasonOf(managed);
    if (reason !== undefined) {
      return undecided(reason, location);
    }
    return booleanOf(managed) === true ? failed('RDS is to manage the password', location) : PASS;
  },
});
