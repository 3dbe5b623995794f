import { FailureScope } from '../../../core/failure-scope';
import { booleanOf, reasonOf } from '../../model';
import { defineRule, failed, NOT_APPLICABLE, PASS, undecided } from '../rule';

const CONFIGURATIONS = ['WindowsConfiguration', 'OpenZFSConfiguration', 'LustreConfiguration'];

/** Backups of a file system carry its tags. */
export const fsxCopyTags = defineRule({
  id: 'RES-STO-012',
  title: 'backups of a file system carry its tags',
  severity: 'warning',
  scope: FailureScope.DELETION,
  why: 'restore tests and recovery runbooks find backups by tag',
  fix: 'set CopyTagsToBackups to true',
  docs: 'https://docs.aws.amazon.com/securityhub/latest/userguide/fsx-controls.html',
  alsoKnownAs: ['SecurityHub:FSx.1', 'SecurityHub:FSx.2', 'Prowler:fsx_file_system_copy_tags_to_backups_enabled'],
  resourceTypes: ['AWS::FSx::FileSystem'],
  evaluate(fileSystem) {
    const configuration = CONFIGURATIONS.find((name) => fileSystem.property(name).kind !== 'absent');
    if (configuration === undefined) {
      return NOT_APPLICABLE; // backups of ONTAP are taken of its volumes
    }
    const copies = fileSystem.property(configuration, 'CopyTagsToBackups');
    const location = `Properties.${configuration}.CopyTagsToBackups`;
    const reason = reasonOf(copies);
    if (reason !== undefined) {
      return undecided(reason, location);
    }
    return booleanOf(copies) === true ? PASS : failed('tags are not copied to backups', location);
  },
});
