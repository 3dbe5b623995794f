import { FailureScope } from '../../../core/failure-scope';
import { booleanOf, reasonOf } from '../../model';
import { defineRule, failed, PASS, undecided } from '../rule';

export const eksDeletionProtection = defineRule({
  id: 'RES-CMP-024',
  title: 'a kubernetes cluster is protected from deletion',
  severity: 'warning',
  scope: FailureScope.DELETION,
  why: 'a deleted cluster is gone with everything that was applied to it',
  fix: 'set DeletionProtection to true',
  docs: 'https://docs.aws.amazon.com/eks/latest/userguide/deletion-protection.html',
  alsoKnownAs: ['Prowler:eks_cluster_deletion_protection_enabled'],
  resourceTypes: ['AWS::EKS::Cluster'],
  evaluate: (cluster) => {
    const value = cluster.property('DeletionProtection');
    const reason = reasonOf(value);
    if (reason !== undefined) {
      return undecided(reason, 'Properties.DeletionProtection');
    }
    return booleanOf(value) === true ? PASS : failed('DeletionProtection is off', 'Properties.DeletionProtection');
  },
});
