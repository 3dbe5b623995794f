import { FailureScope } from '../../../core/failure-scope';
import { reasonOf, textOf } from '../../model';
import { defineRule, failed, NOT_APPLICABLE, PASS, undecided } from '../rule';

const CONFIGURATIONS = ['WindowsConfiguration', 'OntapConfiguration', 'OpenZFSConfiguration'];

/** A file system for Windows, ONTAP or OpenZFS has a standby in another zone. */
export const fsxMultiAz = defineRule({
  id: 'RES-STO-011',
  title: 'a file system for Windows, ONTAP or OpenZFS has a standby in another zone',
  severity: 'error',
  scope: FailureScope.AVAILABILITY_ZONE,
  why: 'a single-zone file system is restored from a backup when its zone is lost',
  fix: 'set DeploymentType to MULTI_AZ_1, or MULTI_AZ_2 for ONTAP: that replaces the file system',
  docs: 'https://docs.aws.amazon.com/fsx/latest/WindowsGuide/high-availability-multiAZ.html',
  alsoKnownAs: [
    'SecurityHub:FSx.5',
    'Prowler:fsx_windows_file_system_multi_az_enabled',
    'ResilienceHub:Amazon FSx for Windows File Server/Filesystem type',
    'SecurityHub:FSx.4',
    'SecurityHub:FSx.3',
  ],
  resourceTypes: ['AWS::FSx::FileSystem'],
  evaluate(fileSystem) {
    const configuration = CONFIGURATIONS.find((name) => fileSystem.property(name).kind !== 'absent');
    if (configuration === undefined) {
      return NOT_APPLICABLE; // Lustre is scratch space in one zone by design
    }
    const type = fileSystem.property(configuration, 'DeploymentType');
    const location = `Properties.${configuration}.DeploymentType`;
    const reason = reasonOf(type);
    if (reason !== undefined) {
      return undecided(reason, location);
    }
    const deployment = textOf(type) ?? 'SINGLE_AZ_1'; // the default of Windows
    return deployment.startsWith('MULTI_AZ') ? PASS : failed(`is ${deployment}`, location);
  },
});
