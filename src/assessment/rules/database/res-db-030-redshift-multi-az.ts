import { FailureScope } from '../../../core/failure-scope';
import { booleanOf, reasonOf } from '../../model';
import { defineRule, failed, PASS, undecided } from '../rule';

/** A Redshift cluster runs in two zones. */
export const redshiftMultiAz = defineRule({
  id: 'RES-DB-030',
  title: 'a Redshift cluster runs in two zones',
  severity: 'warning',
  scope: FailureScope.AVAILABILITY_ZONE,
  why: 'a cluster in one zone is restored or relocated when the zone is lost',
  fix: 'set MultiAZ to true',
  docs: 'https://docs.aws.amazon.com/redshift/latest/mgmt/managing-cluster-multi-az.html',
  alsoKnownAs: ['SecurityHub:Redshift.18', 'Prowler:redshift_cluster_multi_az_enabled'],
  resourceTypes: ['AWS::Redshift::Cluster'],
  evaluate(cluster) {
    const value = cluster.property('MultiAZ');
    const location = 'Properties.MultiAZ';
    const reason = reasonOf(value);
    if (reason !== undefined) {
      return undecided(reason, location);
    }
    return booleanOf(value) !== true ? failed('runs in one zone', location) : PASS;
  },
});
