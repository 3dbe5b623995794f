import { FailureScope } from '../../../core/failure-scope';
import { textOf } from '../../model';
import { defineRule, failed, NOT_APPLICABLE, PASS, undecided } from '../rule';

/** Restore tests of FSx know where to restore. */
export const fsxRestoreTestsPlaced = defineRule({
  id: 'RES-BKP-019',
  title: 'restore tests of FSx know where to restore',
  severity: 'error',
  scope: FailureScope.CORRUPTION,
  why: 'AWS Backup cannot infer the subnets, or the virtual machine of ONTAP, and the test fails',
  fix: 'set subnetIds, or storageVirtualMachineId for ONTAP, in RestoreMetadataOverrides',
  docs: 'https://docs.aws.amazon.com/aws-backup/latest/devguide/restore-testing-inferred-metadata.html',
  resourceTypes: ['AWS::Backup::RestoreTestingSelection'],
  evaluate(selection) {
    const type = selection.property('ProtectedResourceType');
    if (!/^FSx/i.test(textOf(type) ?? '')) {
      return NOT_APPLICABLE;
    }
    const overrides = selection.property('RestoreMetadataOverrides');
    const location = 'Properties.RestoreMetadataOverrides';
    if (overrides.kind === 'unknown') {
      return undecided(overrides.reason, location);
    }
    const keys = overrides.kind === 'dictionary' ? Object.keys(overrides.entries).map((key) => key.toLowerCase()) : [];
    return keys.includes('subnetids') || keys.includes('storagevirtualmachineid')
      ? PASS
      : failed('names neither subnets nor a virtual machine', location);
  },
});
