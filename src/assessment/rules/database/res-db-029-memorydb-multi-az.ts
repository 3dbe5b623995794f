import { FailureScope } from '../../../core/failure-scope';
import { numberOf, reasonOf } from '../../model';
import { counted, defineRule, failed, PASS, undecided } from '../rule';

/** Each shard of a MemoryDB cluster has a replica. */
export const memorydbMultiAz = defineRule({
  id: 'RES-DB-029',
  title: 'each shard of a MemoryDB cluster has a replica',
  severity: 'error',
  scope: FailureScope.AVAILABILITY_ZONE,
  why: 'a shard without a replica is gone until a node is replaced, and needs the control plane for it',
  fix: 'set NumReplicasPerShard to 1 or more',
  docs: 'https://docs.aws.amazon.com/memorydb/latest/devguide/autofailover.html',
  alsoKnownAs: ['TrustedAdvisor:Amazon MemoryDB Multi-AZ clusters'],
  resourceTypes: ['AWS::MemoryDB::Cluster'],
  evaluate(cluster) {
    const value = cluster.property('NumReplicasPerShard');
    const location = 'Properties.NumReplicasPerShard';
    const reason = reasonOf(value);
    if (reason !== undefined) {
      return undecided(reason, location);
    }
    const number = numberOf(value) ?? 1;
    return number >= 1 ? PASS : failed(`has ${counted(number, 'replica')} per shard`, location);
  },
});
