import { FailureScope } from '../../../core/failure-scope';
import { textOf } from '../../model';
import { defineRule, failed, PASS, undecided } from '../rule';

/** A file system keeps its data in several zones. */
export const efsRegional = defineRule({
  id: 'RES-STO-008',
  title: 'a file system keeps its data in several zones',
  severity: 'error',
  scope: FailureScope.AVAILABILITY_ZONE,
  why: 'One Zone storage is lost, or out of reach, with its zone',
  fix: 'leave AvailabilityZoneName out: that replaces the file system',
  docs: 'https://docs.aws.amazon.com/efs/latest/ug/features.html',
  alsoKnownAs: ['ResilienceHub:Amazon Elastic File System/Filesystem type'],
  resourceTypes: ['AWS::EFS::FileSystem'],
  evaluate(fileSystem) {
    const zone = fileSystem.property('AvailabilityZoneName');
    const location = 'Properties.AvailabilityZoneName';
    if (zone.kind === 'absent') {
      return PASS;
    }
    return zone.kind === 'unknown'
      ? undecided(zone.reason, location)
      : failed(`is One Zone storage${textOf(zone) === undefined ? '' : ` in ${textOf(zone)}`}`, location);
  },
});
