import { FailureScope } from '../../../core/failure-scope';
import { entryOf, itemsOf, reasonOf, textOf } from '../../model';
import { defineRule, failed, NOT_APPLICABLE, PASS, undecided } from '../rule';
import { isCopyOfAnotherRegion } from './replicated-files';

/** A file system that care depends on is replicated to another Region. */
export const efsReplication = defineRule({
  id: 'RES-STO-010',
  title: 'a file system that care depends on is replicated to another Region',
  severity: 'warning',
  scope: FailureScope.REGION,
  why: 'without a replica the files are out of reach until a backup is restored elsewhere',
  fix: 'set ReplicationConfiguration with a destination in another Region, or copy its backups there',
  docs: 'https://docs.aws.amazon.com/efs/latest/ug/efs-replication.html',
  alsoKnownAs: ['ResilienceHub:Amazon Elastic File System/Data Replication'],
  resourceTypes: ['AWS::EFS::FileSystem'],
  evaluate(fileSystem, { assembly, careDependsOn }) {
    // a file system is in one replication only, so a copy has none
    if (!careDependsOn(fileSystem) || isCopyOfAnotherRegion(fileSystem, assembly)) {
      return NOT_APPLICABLE;
    }
    const configuration = fileSystem.property('ReplicationConfiguration');
    const location = 'Properties.ReplicationConfiguration';
    if (configuration.kind === 'unknown') {
      return undecided(configuration.reason, location);
    }
    const regions = itemsOf(entryOf(configuration, 'Destinations')).map((destination) =>
      entryOf(destination, 'Region'),
    );
    const elsewhere = regions.find((region) => region.kind !== 'absent' && textOf(region) !== fileSystem.region);
    if (elsewhere === undefined) {
      return failed(regions.length === 0 ? 'is not replicated' : 'is replicated within its Region', location);
    }
    const reason = reasonOf(elsewhere);
    return reason === undefined ? PASS : undecided(reason, location);
  },
});
