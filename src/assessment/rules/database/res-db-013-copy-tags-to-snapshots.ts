import { FailureScope } from '../../../core/failure-scope';
import { booleanOf, reasonOf } from '../../model';
import { defineRule, failed, NOT_APPLICABLE, PASS, undecided } from '../rule';

/** Snapshots of a database carry its tags. */
export const copyTagsToSnapshots = defineRule({
  id: 'RES-DB-013',
  title: 'snapshots of a database carry its tags',
  severity: 'warning',
  scope: FailureScope.DELETION,
  why: 'backup selections, restore tests and recovery runbooks find snapshots by tag',
  fix: 'set CopyTagsToSnapshot to true',
  docs: 'https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_Tagging.html',
  alsoKnownAs: [
    'SecurityHub:RDS.17',
    'Prowler:rds_instance_copy_tags_to_snapshots',
    'ControlTower:CT.RDS.PR.10',
    'SecurityHub:RDS.16',
    'SecurityHub:RDS.47',
    'SecurityHub:RDS.48',
    'Prowler:rds_cluster_copy_tags_to_snapshots',
    'ControlTower:CT.RDS.PR.9',
    'SecurityHub:Neptune.8',
    'Prowler:neptune_cluster_copy_tags_to_snapshots',
  ],
  resourceTypes: ['AWS::RDS::DBInstance', 'AWS::RDS::DBCluster', 'AWS::Neptune::DBCluster'],
  evaluate(database) {
    if (database.type === 'AWS::RDS::DBInstance' && database.property('DBClusterIdentifier').kind !== 'absent') {
      return NOT_APPLICABLE; // snapshots are taken of the cluster
    }
    const value = database.property('CopyTagsToSnapshot');
    const location = 'Properties.CopyTagsToSnapshot';
    const reason = reasonOf(value);
    if (reason !== undefined) {
      return undecided(reason, location);
    }
    return booleanOf(value) !== true ? failed('tags are not copied to snapshots', location) : PASS;
  },
});
