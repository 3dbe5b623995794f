import { FailureScope } from '../../../core/failure-scope';
import { reasonOf } from '../../model';
import { defineRule, failed, NOT_APPLICABLE, PASS, undecided } from '../rule';
import { clusterParameter } from './cluster-parameter';
import { globalMembersOf } from './global-members';

const PARAMETER = 'rds.global_db_rpo';

/** The loss of the only copy in another Region stops no writing. */
export const lostCopyStopsNoWriting = defineRule({
  id: 'RES-DB-038',
  title: 'the loss of the only copy in another Region stops no writing',
  severity: 'warning',
  scope: FailureScope.REGION,
  why: 'with rds.global_db_rpo, Aurora commits nothing while every copy is further behind: the loss of a Region that nobody uses stops charting in the one they use, and set in both Regions it stops writing after a failover too',
  fix: 'leave the parameter out, and alarm on AuroraGlobalDBRPOLag; or set it in the first Region only, keep the command that resets it at hand, and accept this with who decided',
  docs: 'https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-global-database-disaster-recovery.html',
  resourceTypes: ['AWS::RDS::DBCluster'],
  evaluate(cluster, { assembly }) {
    const members = globalMembersOf(cluster, assembly);
    const own = clusterParameter(cluster, PARAMETER);
    const reason = reasonOf(own);
    if (members.length < 2 || (own.kind === 'absent' && reason === undefined)) {
      return NOT_APPLICABLE;
    }
    const location = 'Properties.DBClusterParameterGroupName';
    if (reason !== undefined) {
      return undecided(reason, location);
    }
    if (members.length > 2) {
      return PASS; // one of the others is enough
    }
    return members.every((member) => clusterParameter(member, PARAMETER).kind !== 'absent')
      ? failed(`${PARAMETER} is set in both Regions, so that also a promoted copy waits for another one`, location)
      : failed(`${PARAMETER} stops commits while the only copy is lost`, location);
  },
});
