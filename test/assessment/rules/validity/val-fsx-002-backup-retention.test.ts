import { fileSystemBackupRetentionIsPossible } from '../../../../src/assessment/rules/validity/val-fsx-002-backup-retention';
import { testRule } from '../../../support/rules';

const it = (Properties: Record<string, unknown>) => ({
  Resources: { It: { Type: 'AWS::FSx::FileSystem', Properties } },
});

testRule(fileSystemBackupRetentionIsPossible, [
  { name: '90 days', verdict: 'pass', template: it({ WindowsConfiguration: { AutomaticBackupRetentionDays: 90 } }) },
  { name: '91 days', verdict: 'fail', template: it({ OntapConfiguration: { AutomaticBackupRetentionDays: 91 } }) },
  {
    name: 'from a parameter',
    verdict: 'unknown',
    template: it({ WindowsConfiguration: { AutomaticBackupRetentionDays: { Ref: 'Days' } } }),
  },
  { name: 'the default', verdict: 'not-applicable', template: it({ WindowsConfiguration: {} }) },
]);
