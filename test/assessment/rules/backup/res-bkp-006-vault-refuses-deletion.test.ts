import { vaultRefusesDeletion } from '../../../../src/assessment/rules/backup/res-bkp-006-vault-refuses-deletion';
import { testRule } from '../../../support/rules';

testRule(vaultRefusesDeletion, [
  {
    name: 'locked',
    verdict: 'pass',
    template: {
      Resources: {
        It: {
          Type: 'AWS::Backup::BackupVault',
          Properties: { BackupVaultName: 'v', LockConfiguration: { MinRetentionDays: 35 } },
        },
      },
    },
  },
  {
    name: 'denied',
    verdict: 'pass',
    template: {
      Resources: {
        It: {
          Type: 'AWS::Backup::BackupVault',
          Properties: {
            BackupVaultName: 'v',
            AccessPolicy: {
              Statement: [
                {
                  Effect: 'Deny',
                  Principal: '*',
                  Action: ['backup:DeleteRecoveryPoint', 'backup:UpdateRecoveryPointLifecycle'],
                  Resource: '*',
                },
              ],
            },
          },
        },
      },
    },
  },
  {
    name: 'denied by a pattern',
    verdict: 'pass',
    template: {
      Resources: {
        It: {
          Type: 'AWS::Backup::BackupVault',
          Properties: {
            BackupVaultName: 'v',
            AccessPolicy: { Statement: [{ Effect: 'Deny', Principal: '*', Action: 'backup:Delete*', Resource: '*' }] },
          },
        },
      },
    },
  },
  {
    name: 'neither',
    verdict: 'fail',
    template: { Resources: { It: { Type: 'AWS::Backup::BackupVault', Properties: { BackupVaultName: 'v' } } } },
  },
  {
    name: 'allowed',
    verdict: 'fail',
    template: {
      Resources: {
        It: {
          Type: 'AWS::Backup::BackupVault',
          Properties: {
            BackupVaultName: 'v',
            AccessPolicy: {
              Statement: [{ Effect: 'Allow', Principal: '*', Action: 'backup:DeleteRecoveryPoint', Resource: '*' }],
            },
          },
        },
      },
    },
  },
  {
    name: 'an undecided condition',
    verdict: 'unknown',
    template: {
      Resources: {
        It: {
          Type: 'AWS::Backup::BackupVault',
          Properties: {
            BackupVaultName: 'v',
            LockConfiguration: { 'Fn::If': ['Maybe', { MinRetentionDays: 35 }, { Ref: 'AWS::NoValue' }] },
          },
        },
      },
      Parameters: { Choice: { Type: 'String' } },
      Conditions: { Maybe: { 'Fn::Equals': [{ Ref: 'Choice' }, 'yes'] } },
    },
  },
]);
