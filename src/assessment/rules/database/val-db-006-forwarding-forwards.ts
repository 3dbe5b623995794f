import { booleanOf, reasonOf, textOf } from '../../model';
import { defineRule, failed, NOT_APPLICABLE, PASS, undecided } from '../rule';
import { clusterParameter } from './cluster-parameter';
import { globalMembersOf } from './global-members';

const CONSISTENCY = 'aurora_replica_read_consistency';

/** A cluster that is to forward writes has somewhere to forward them, and does. */
export const forwardingForwards = defineRule({
  id: 'VAL-DB-006',
  title: 'a cluster that is to forward writes has somewhere to forward them, and does',
  severity: 'error',
  scope: 'DEPLOYMENT',
  why: 'only members of a global database take the setting, and Aurora MySQL forwards nothing without a read consistency',
  fix: 'join a global database with GlobalClusterIdentifier, and set aurora_replica_read_consistency for Aurora MySQL',
  docs: 'https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-global-database-write-forwarding.html',
  resourceTypes: ['AWS::RDS::DBCluster'],
  evaluate(cluster, { assembly }) {
    const forwards = cluster.property('EnableGlobalWriteForwarding');
    const location = 'Properties.EnableGlobalWriteForwarding';
    const reason = reasonOf(forwards);
    if (reason !== undefined) {
      return undecided(reason, location);
    }
    if (booleanOf(forwards) !== true) {
      return NOT_APPLICABLE;
    }
    const unknownGlobal = reasonOf(cluster.property('GlobalClusterIdentifier'));
    if (unknownGlobal !== undefined) {
      return undecided(unknownGlobal, 'Properties.GlobalClusterIdentifier');
    }
    if (globalMembersOf(cluster, assembly).length === 0) {
      return failed('is in no global database', location);
    }
    const group = cluster.property('DBClusterParameterGroupName');
    const madeHere = group.kind === 'reference'; // of another group nothing is known
    const silent = madeHere && clusterParameter(cluster, CONSISTENCY).kind === 'absent';
    return textOf(cluster.property('Engine')) === 'aurora-mysql' && silent
      ? failed(`${CONSISTENCY} is not set, so nothing is forwarded`, 'Properties.DBClusterParameterGroupName')
      : PASS;
  },
});
