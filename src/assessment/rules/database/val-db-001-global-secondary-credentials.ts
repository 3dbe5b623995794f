import { defineRule, failed, NOT_APPLICABLE, PASS } from '../rule';
import { globalMembersOf, hasCredentials } from './global-members';

/** Only the first cluster of a global database sets a master user. */
export const globalSecondaryCredentials = defineRule({
  id: 'VAL-DB-001',
  title: 'only the first cluster of a global database sets a master user',
  severity: 'error',
  scope: 'DEPLOYMENT',
  why: 'a secondary takes its users from the primary, and refuses credentials of its own',
  fix: 'leave MasterUsername, MasterUserPassword and DatabaseName out of the secondary',
  docs: 'https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-global-database-getting-started.html',
  resourceTypes: ['AWS::RDS::DBCluster'],
  evaluate(cluster, { assembly }) {
    const members = globalMembersOf(cluster, assembly);
    if (members.length < 2) {
      return NOT_APPLICABLE;
    }
    const primaries = members.filter(hasCredentials);
    return primaries.length > 1 && primaries.includes(cluster)
      ? failed(`${primaries.length} clusters of one global database set a master user`, 'Properties.MasterUsername')
      : PASS;
  },
});
