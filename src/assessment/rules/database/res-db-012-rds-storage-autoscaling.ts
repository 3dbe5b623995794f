import { FailureScope } from '../../../core/failure-scope';
import { numberOf, reasonOf } from '../../model';
import { defineRule, failed, NOT_APPLICABLE, PASS, undecided } from '../rule';

/** The storage of a database instance grows by itself. */
export const rdsStorageAutoscaling = defineRule({
  id: 'RES-DB-012',
  title: 'the storage of a database instance grows by itself',
  severity: 'warning',
  scope: FailureScope.COMPONENT,
  why: 'a database that runs out of storage stops',
  fix: 'set MaxAllocatedStorage above AllocatedStorage',
  docs: 'https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_PIOPS.Autoscaling.html',
  alsoKnownAs: ['TrustedAdvisor:Amazon RDS DB instances have storage autoscaling turned off'],
  resourceTypes: ['AWS::RDS::DBInstance'],
  evaluate(instance) {
    if (instance.property('DBClusterIdentifier').kind !== 'absent') {
      return NOT_APPLICABLE; // the volume of a cluster grows by itself
    }
    const [limit, allocated] = [instance.property('MaxAllocatedStorage'), instance.property('AllocatedStorage')];
    const location = 'Properties.MaxAllocatedStorage';
    const reason = reasonOf(limit) ?? (limit.kind === 'absent' ? undefined : reasonOf(allocated));
    if (reason !== undefined) {
      return undecided(reason, location);
    }
    const grows = (numberOf(limit) ?? 0) > (numberOf(allocated) ?? 0);
    return grows ? PASS : failed('storage cannot grow by itself', location);
  },
});
