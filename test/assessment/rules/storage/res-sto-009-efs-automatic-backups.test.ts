import { efsAutomaticBackups } from '../../../../src/assessment/rules/storage/res-sto-009-efs-automatic-backups';
import { testRule } from '../../../support/rules';

testRule(efsAutomaticBackups, [
  {
    name: 'on',
    verdict: 'pass',
    template: {
      Resources: { It: { Type: 'AWS::EFS::FileSystem', Properties: { BackupPolicy: { Status: 'ENABLED' } } } },
    },
  },
  {
    name: 'the default',
    verdict: 'fail',
    template: { Resources: { It: { Type: 'AWS::EFS::FileSystem', Properties: {} } } },
  },
  {
    name: 'a parameter decides',
    verdict: 'unknown',
    template: {
      Parameters: { Choice: { Type: 'String' } },
      Resources: { It: { Type: 'AWS::EFS::FileSystem', Properties: { BackupPolicy: { Status: { Ref: 'Choice' } } } } },
    },
  },
]);
