import { numberOf, reasonOf } from '../../model';
import { counted, defineRule, failed, NOT_APPLICABLE, PASS, undecided } from '../rule';

const KINDS = ['WindowsConfiguration', 'OntapConfiguration', 'OpenZFSConfiguration', 'LustreConfiguration'];

export const fileSystemBackupRetentionIsPossible = defineRule({
  id: 'VAL-FSX-002',
  title: 'automatic backups of a file system are kept for at most 90 days',
  severity: 'error',
  scope: 'DEPLOYMENT',
  why: 'a longer retention is refused',
  fix: 'set AutomaticBackupRetentionDays to 90 or less, and keep longer with a backup plan',
  docs: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-fsx-filesystem.html',
  resourceTypes: ['AWS::FSx::FileSystem'],
  evaluate: (resource) => {
    for (const kind of KINDS) {
      const retention = resource.property(kind, 'AutomaticBackupRetentionDays');
      const location = `Properties.${kind}.AutomaticBackupRetentionDays`;
      const days = numberOf(retention);
      if (days !== undefined) {
        return days >= 0 && days <= 90 ? PASS : failed(counted(days, 'day'), location);
      }
      if (retention.kind !== 'absent') {
        return undecided(reasonOf(retention) ?? 'no number', location);
      }
    }
    return NOT_APPLICABLE;
  },
});
