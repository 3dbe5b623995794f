import { FailureScope } from '../../../core/failure-scope';
import { booleanOf, reasonOf } from '../../model';
import { defineRule, failed, NOT_APPLICABLE, PASS, undecided } from '../rule';

/** What replicates for good, and not only during one move, needs a standby. */
export const migrationMultiAz = defineRule({
  id: 'RES-DB-037',
  title: 'what replicates a database that care depends on has a standby in another zone',
  severity: 'warning',
  scope: FailureScope.AVAILABILITY_ZONE,
  why: 'a replication instance in one zone stops when that zone is lost, and what it feeds falls behind',
  fix: 'set MultiAZ to true',
  docs: 'https://docs.aws.amazon.com/dms/latest/userguide/CHAP_ReplicationInstance.html',
  alsoKnownAs: ['SecurityHub:DMS.13', 'Config:DMS_REPLICATION_INSTANCE_MULTI_AZ_ENABLED'],
  resourceTypes: ['AWS::DMS::ReplicationInstance'],
  evaluate(instance, { careDependsOn }) {
    if (!careDependsOn(instance)) {
      return NOT_APPLICABLE;
    }
    const value = instance.property('MultiAZ');
    const location = 'Properties.MultiAZ';
    const reason = reasonOf(value);
    if (reason !== undefined) {
      return undecided(reason, location);
    }
    return booleanOf(value) === true ? PASS : failed('runs in one zone', location);
  },
});
