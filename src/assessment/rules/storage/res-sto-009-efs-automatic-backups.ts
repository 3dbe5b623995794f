import { FailureScope } from '../../../core/failure-scope';
import { reasonOf, textOf } from '../../model';
import { defineRule, failed, PASS, undecided } from '../rule';

/** A file system is backed up automatically. */
export const efsAutomaticBackups = defineRule({
  id: 'RES-STO-009',
  title: 'a file system is backed up automatically',
  severity: 'warning',
  scope: FailureScope.CORRUPTION,
  why: 'a file system keeps no earlier versions of its files',
  fix: 'set BackupPolicy.Status to ENABLED, also where a backup plan selects it',
  docs: 'https://docs.aws.amazon.com/efs/latest/ug/awsbackup.html',
  alsoKnownAs: ['SecurityHub:EFS.7', 'Prowler:efs_have_backup_enabled', 'ControlTower:CT.ELASTICFILESYSYSTEM.PR.2'],
  resourceTypes: ['AWS::EFS::FileSystem'],
  evaluate(fileSystem) {
    const status = fileSystem.property('BackupPolicy', 'Status');
    const location = 'Properties.BackupPolicy';
    const reason = reasonOf(status);
    if (reason !== undefined) {
      return undecided(reason, location);
    }
    return textOf(status) === 'ENABLED' ? PASS : failed('automatic backups are off', location);
  },
});
