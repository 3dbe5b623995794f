import type { Construct } from 'constructs';
import { Problems } from '../../core/private/fail';
import { BackupPolicy } from '../backup-policy';
import type { ClinicalBackupProps } from '../clinical-backup-props';
import type { MalwareScan } from '../malware-scan';

/** What is backed up when: the policy of all but file shares, and that of file shares, where there are any. */
export interface BackupPolicies {
  readonly policy?: BackupPolicy;
  readonly filePolicy?: BackupPolicy;
}

/** @throws InvalidBackup, or InvalidMalwareScan, with everything that is wrong */
export function requireBackup(scope: Construct, props: ClinicalBackupProps, made: BackupPolicies): void {
  const { resources, files = [], objectives, malwareScan } = props;
  const policies = [made.policy, made.filePolicy].filter((each) => each !== undefined);
  const problems = new Problems(scope, 'InvalidBackup');
  problems.require(resources.length + files.length > 0, 'a backup of nothing is none, got no resources');
  problems.require(
    made.filePolicy?.rules.every((rule) => !rule.continuous) ?? true,
    'AWS Backup cannot back file shares up continuously, got a filePolicy with a continuous rule; use BackupPolicy.forFiles(objectives) or BackupPolicy.custom',
  );
  for (const policy of policies) {
    const days = policy.longestRetention.toDays();
    problems.require(
      !objectives.careDependsOnIt || days >= BackupPolicy.DWELL_TIME.toDays(),
      `care depends on this system, so backups must outlast an intruder nobody has noticed, ${BackupPolicy.DWELL_TIME.toDays()} days, got ${days}`,
    );
  }
  problems.throwIfAny();
  if (malwareScan) {
    requireScan(scope, malwareScan, props, policies);
  }
}

function requireScan(
  scope: Construct,
  malwareScan: MalwareScan,
  { resources, files = [] }: ClinicalBackupProps,
  policies: BackupPolicy[],
): void {
  const problems = new Problems(scope, 'InvalidMalwareScan');
  const snapshots = policies.flatMap((policy) => policy.snapshotRules.map(({ name }) => name));
  const unknown = malwareScan._unknownRules(snapshots);
  problems.require(
    malwareScan._kindsIn([...resources, ...files]).length > 0,
    'only instances, volumes and buckets can be scanned, and none is backed up that an ARN names; leave malwareScan out, or name its kinds',
  );
  problems.require(
    snapshots.length > 0,
    'snapshots are scanned, got policies that only back up continuously; add a rule that makes snapshots',
  );
  problems.require(
    unknown.length === 0,
    `fullBy names rules that make snapshots (${snapshots.join(', ')}), got ${unknown.join(', ')}`,
  );
  problems.throwIfAny();
}
