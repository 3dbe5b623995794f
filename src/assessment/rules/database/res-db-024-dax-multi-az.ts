import { FailureScope } from '../../../core/failure-scope';
import { identityOf, itemsOf, numberOf, reasonOf } from '../../model';
import { defineRule, failed, PASS, undecided } from '../rule';

/** A DAX cluster runs nodes in several zones. */
export const daxMultiAz = defineRule({
  id: 'RES-DB-024',
  title: 'a DAX cluster runs nodes in several zones',
  severity: 'warning',
  scope: FailureScope.AVAILABILITY_ZONE,
  why: 'a cache with one node is gone with its zone, and every read falls on the table',
  fix: 'set ReplicationFactor to 3 or more',
  docs: 'https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/DAX.concepts.cluster.html',
  alsoKnownAs: ['Prowler:dynamodb_accelerator_cluster_multi_az', 'ControlTower:CT.DAX.PR.2'],
  resourceTypes: ['AWS::DAX::Cluster'],
  evaluate(cluster) {
    const nodes = cluster.property('ReplicationFactor');
    const location = 'Properties.ReplicationFactor';
    const reason = reasonOf(nodes);
    if (reason !== undefined) {
      return undecided(reason, location);
    }
    const zones = itemsOf(cluster.property('AvailabilityZones')).map(identityOf);
    if (zones.length > 0 && new Set(zones).size === 1 && zones[0] !== undefined) {
      return failed('all nodes are in one zone', 'Properties.AvailabilityZones');
    }
    return (numberOf(nodes) ?? 1) >= 2 ? PASS : failed('has one node', location);
  },
});
