import { FailureScope } from '../../../core/failure-scope';
import { numberOf, reasonOf } from '../../model';
import { counted, defineRule, failed, PASS, undecided } from '../rule';

/** The shards of an elastic cluster have replicas in other zones. */
export const docdbElasticReplicas = defineRule({
  id: 'RES-DB-019',
  title: 'the shards of an elastic cluster have replicas in other zones',
  severity: 'error',
  scope: FailureScope.AVAILABILITY_ZONE,
  why: 'a shard with one instance has nobody to take over',
  fix: 'set ShardInstanceCount to 2 or more',
  docs: 'https://docs.aws.amazon.com/documentdb/latest/developerguide/docdb-using-elastic-clusters.html',
  alsoKnownAs: [
    'ResilienceHub:Amazon DocumentDB/Elastic cluster and Multi-AZ deployment',
    'ResilienceHub:Amazon DocumentDB/Elastic cluster and Manual snapshots',
  ],
  resourceTypes: ['AWS::DocDBElastic::Cluster'],
  evaluate(cluster) {
    const value = cluster.property('ShardInstanceCount');
    const location = 'Properties.ShardInstanceCount';
    const reason = reasonOf(value);
    if (reason !== undefined) {
      return undecided(reason, location);
    }
    const number = numberOf(value) ?? 2;
    return number >= 2 ? PASS : failed(`has ${counted(number, 'instance')} per shard`, location);
  },
});
