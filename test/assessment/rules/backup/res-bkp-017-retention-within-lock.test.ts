import { retentionWithinLock } from '../../../../src/assessment/rules/backup/res-bkp-017-retention-within-lock';
import { testRule } from '../../../support/rules';

testRule(retentionWithinLock, [
  {
    name: 'within',
    verdict: 'pass',
    template: {
      Resources: {
        It: {
          Type: 'AWS::Backup::BackupPlan',
          Properties: {
            BackupPlan: { BackupPlanRule: [{ TargetBackupVault: { Ref: 'V' }, Lifecycle: { DeleteAfterDays: 60 } }] },
          },
        },
        V: {
          Type: 'AWS::Backup::BackupVault',
          Properties: { LockConfiguration: { MinRetentionDays: 35, MaxRetentionDays: 90 } },
        },
      },
    },
  },
  {
    name: 'too short',
    verdict: 'fail',
    template: {
      Resources: {
        It: {
          Type: 'AWS::Backup::BackupPlan',
          Properties: {
            BackupPlan: { BackupPlanRule: [{ TargetBackupVault: { Ref: 'V' }, Lifecycle: { DeleteAfterDays: 7 } }] },
          },
        },
        V: {
          Type: 'AWS::Backup::BackupVault',
          Properties: { LockConfiguration: { MinRetentionDays: 35, MaxRetentionDays: 90 } },
        },
      },
    },
  },
  {
    name: 'too long',
    verdict: 'fail',
    template: {
      Resources: {
        It: {
          Type: 'AWS::Backup::BackupPlan',
          Properties: {
            BackupPlan: { BackupPlanRule: [{ TargetBackupVault: { Ref: 'V' }, Lifecycle: { DeleteAfterDays: 365 } }] },
          },
        },
        V: {
          Type: 'AWS::Backup::BackupVault',
          Properties: { LockConfiguration: { MinRetentionDays: 35, MaxRetentionDays: 90 } },
        },
      },
    },
  },
  {
    name: 'for ever',
    verdict: 'fail',
    template: {
      Resources: {
        It: {
          Type: 'AWS::Backup::BackupPlan',
          Properties: { BackupPlan: { BackupPlanRule: [{ TargetBackupVault: { Ref: 'V' } }] } },
        },
        V: {
          Type: 'AWS::Backup::BackupVault',
          Properties: { LockConfiguration: { MinRetentionDays: 35, MaxRetentionDays: 90 } },
        },
      },
    },
  },
  {
    name: 'a parameter decides',
    verdict: 'unknown',
    template: {
      Parameters: { Choice: { Type: 'String' } },
      Resources: {
        It: {
          Type: 'AWS::Backup::BackupPlan',
          Properties: {
            BackupPlan: {
              BackupPlanRule: [{ TargetBackupVault: { Ref: 'V' }, Lifecycle: { DeleteAfterDays: { Ref: 'Choice' } } }],
            },
          },
        },
        V: {
          Type: 'AWS::Backup::BackupVault',
          Properties: { LockConfiguration: { MinRetentionDays: 35, MaxRetentionDays: 90 } },
        },
      },
    },
  },
  {
    name: 'a vault that is not here',
    verdict: 'not-applicable',
    template: {
      Resources: {
        It: {
          Type: 'AWS::Backup::BackupPlan',
          Properties: {
            BackupPlan: { BackupPlanName: 'p', BackupPlanRule: [{ RuleName: 'r', TargetBackupVault: 'v' }] },
          },
        },
      },
    },
  },
]);
