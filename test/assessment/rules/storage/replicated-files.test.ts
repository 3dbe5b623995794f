import { copiesInAnotherRegion } from '../../../../src/assessment/rules/backup/res-bkp-004-copies-in-another-region';
import { checkRules } from '../../../../src/assessment/rules/check-rules';
import { storeIsCopiedOutsideItsRegion } from '../../../../src/assessment/rules/recovery/res-dr-001-copy-outside-region';
import { isCopyOfAnotherRegion } from '../../../../src/assessment/rules/storage/replicated-files';
import { efsReplication } from '../../../../src/assessment/rules/storage/res-sto-010-efs-replication';
import { assemblyOf, resource, stackOf } from '../../../support/assessment';

/** A file system in us-west-2, whose backups stay there, and another one. */
function pair(protection: string, source: Record<string, unknown>, sourceRegion = 'us-east-1') {
  return assemblyOf(
    stackOf(
      {
        Copy: resource('AWS::EFS::FileSystem', {
          FileSystemProtection: { ReplicationOverwriteProtection: protection },
        }),
        Plan: resource('AWS::Backup::BackupPlan', {
          BackupPlan: { BackupPlanName: 'p', BackupPlanRule: [{ RuleName: 'r', TargetBackupVault: 'v' }] },
        }),
        Selection: resource('AWS::Backup::BackupSelection', {
          BackupPlanId: { Ref: 'Plan' },
          BackupSelection: { Resources: [{ 'Fn::GetAtt': ['Copy', 'Arn'] }] },
        }),
      },
      { id: 'Landing', region: 'us-west-2' },
    ),
    stackOf({ Source: resource('AWS::EFS::FileSystem', source) }, { id: 'Primary', region: sourceRegion }),
  );
}

const to = (Region: unknown) => ({ ReplicationConfiguration: { Destinations: [{ Region, FileSystemId: 'fs-0a' }] } });
const CASES: [string, string, Record<string, unknown>, string, boolean][] = [
  ['replicated from another Region', 'DISABLED', to('us-west-2'), 'us-east-1', true],
  ['protected from being overwritten', 'ENABLED', to('us-west-2'), 'us-east-1', false],
  ['open, while nothing is replicated', 'DISABLED', {}, 'us-east-1', false],
  ['open, while something is replicated to a third Region', 'DISABLED', to('eu-west-1'), 'us-east-1', false],
  ['replicated within its Region', 'DISABLED', to('us-west-2'), 'us-west-2', false],
  ['perhaps replicated, by a parameter', 'DISABLED', to({ Ref: 'Nobody' }), 'us-east-1', false],
];

test.each(CASES)('a file system that is %s', (_, protection, source, region, is) => {
  const assembly = pair(protection, source, region);
  const copy = [...assembly.resources()].find(({ logicalId }) => logicalId === 'Copy');
  expect(copy && isCopyOfAnotherRegion(copy, assembly)).toBe(is);
  const rules = [efsReplication, storeIsCopiedOutsideItsRegion, copiesInAnotherRegion];
  const { failed } = checkRules(assembly, () => true, rules);
  const found = failed.filter(({ resource: { stack } }) => stack.id === 'Landing').map(({ rule }) => rule.id);
  expect(found.sort()).toEqual(is ? [] : ['RES-BKP-004', 'RES-DR-001', 'RES-STO-010']);
});
