import { vaultKey } from '../../../../src/assessment/rules/backup/res-bkp-008-vault-key';
import { testRule } from '../../../support/rules';

testRule(vaultKey, [
  {
    name: 'a key',
    verdict: 'pass',
    template: {
      Resources: {
        It: {
          Type: 'AWS::Backup::BackupVault',
          Properties: { BackupVaultName: 'v', EncryptionKeyArn: { 'Fn::GetAtt': ['K', 'Arn'] } },
        },
        K: { Type: 'AWS::KMS::Key' },
      },
    },
  },
  {
    name: 'none',
    verdict: 'fail',
    template: { Resources: { It: { Type: 'AWS::Backup::BackupVault', Properties: { BackupVaultName: 'v' } } } },
  },
]);
