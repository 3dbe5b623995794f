import { App, Duration, type Environment, Fn, Stack } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import * as backup from 'aws-cdk-lib/aws-backup';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as kms from 'aws-cdk-lib/aws-kms';
import { FailureScope } from '../../src/core';
import {
  AirGappedVault,
  BackupPolicy,
  ClinicalBackup,
  IsolatedVault,
  type IsolatedVaultProps,
  RecoveryVault,
  VaultLock,
} from '../../src/data';
import { ACCOUNT, objectives, VIRGINIA } from '../support/data';

const VAULT_ACCOUNT = '222222222222';
const CLUSTER = backup.BackupResource.fromArn(`arn:aws:rds:us-east-1:${ACCOUNT}:cluster:ehr`);

function isolated(props: Partial<IsolatedVaultProps> = {}, account: string | undefined = VAULT_ACCOUNT) {
  const stack = new Stack(new App(), 'Vaults', { env: { account, region: 'us-east-1' } });
  const vault = new IsolatedVault(stack, 'Ehr', { systemName: 'ehr', sourceAccounts: [ACCOUNT], ...props });
  return { stack, vault, template: Template.fromStack(stack) };
}

function backedUp(destination: (stack: Stack) => string, env: Environment = VIRGINIA) {
  const stack = new Stack(new App(), 'Data', { env });
  const key = new kms.Key(stack, 'DatabaseKey');
  const construct = new ClinicalBackup(stack, 'Backup', {
    systemName: 'ehr',
    objectives: objectives(),
    resources: [CLUSTER],
    sourceKeys: [key],
  });
  construct.copyTo(destination(stack));
  return { construct, template: Template.fromStack(stack) };
}

/** What a vault's policy lets an account do. */
function allowed(template: Template): unknown[] {
  const [vault] = Object.values(template.findResources('AWS::Backup::BackupVault'));
  const statements: { Effect: string; Action: unknown }[] = vault.Properties.AccessPolicy.Statement;
  return statements.filter(({ Effect }) => Effect === 'Allow').map(({ Action }) => Action);
}

describe('a vault in another account', () => {
  test('is known by name, and kept', () => {
    isolated().template.hasResource('AWS::Backup::BackupVault', {
      Properties: { BackupVaultName: 'ehr-isolated', EncryptionKeyArn: Match.anyValue() },
      DeletionPolicy: 'RetainExceptOnCreate',
    });
  });

  test('lets the account of the system copy into it, and do nothing else', () => {
    const { template } = isolated();
    expect(allowed(template)).toEqual(['backup:CopyIntoBackupVault']);
    template.hasResourceProperties('AWS::Backup::BackupVault', {
      AccessPolicy: {
        Statement: Match.arrayWith([
          Match.objectLike({ Effect: 'Allow', Principal: { AWS: { 'Fn::Join': Match.anyValue() } } }),
          Match.objectLike({
            Effect: 'Deny',
            Action: Match.arrayWith(['backup:DeleteRecoveryPoint']),
            Principal: { AWS: '*' },
          }),
        ]),
      },
    });
  });

  test('is under a key of its own account, which no source account is named in', () => {
    const [key] = Object.values(isolated().template.findResources('AWS::KMS::Key'));
    expect(JSON.stringify(key.Properties.KeyPolicy)).not.toContain(ACCOUNT);
    expect(JSON.stringify(key.Properties.KeyPolicy)).toContain('kms:ScheduleKeyDeletion');
  });

  test('has a governance lock whose bounds are those of the policy', () => {
    isolated({ policy: BackupPolicy.continuous35DaysDaily90Days() }).template.hasResourceProperties(
      'AWS::Backup::BackupVault',
      { LockConfiguration: { MinRetentionDays: 90, MaxRetentionDays: 91, ChangeableForDays: Match.absent() } },
    );
  });

  test('is locked for good where somebody says why', () => {
    const vaultLock = VaultLock.compliance({ acknowledgeIrreversible: 'SEC-7', changeableFor: Duration.days(14) });
    isolated({ vaultLock }).template.hasResourceProperties('AWS::Backup::BackupVault', {
      LockConfiguration: Match.objectLike({ ChangeableForDays: 14 }),
    });
  });

  test.each<[string, Partial<IsolatedVaultProps>, RegExp]>([
    ['nobody', { sourceAccounts: [] }, /nobody may copy into the vault/],
    ['no account', { sourceAccounts: ['ehr'] }, /a source account is twelve digits, got "ehr"/],
    ['its own account', { sourceAccounts: [VAULT_ACCOUNT] }, /the vault is in the source account 222222222222/],
    [
      'nothing',
      {
        policy: BackupPolicy.custom([
          {
            name: 'C',
            schedule: 'cron(0 4 ? * * *)',
            every: Duration.minutes(15),
            retention: Duration.days(35),
            continuous: true,
          },
        ]),
      },
      /continuous backups are not copied/,
    ],
  ])('fails when %s is copied from', (_, props, message) => {
    expect(() => isolated(props)).toThrow(message);
  });

  test('only known at deployment which account it is in, it is made', () => {
    isolated({}, undefined).template.resourceCountIs('AWS::Backup::BackupVault', 1);
  });
});

describe('copies into another account', () => {
  const { construct, template } = backedUp((stack) => IsolatedVault.arnIn(stack, 'ehr', VAULT_ACCOUNT, 'us-east-1'));

  test('go to the vault by its ARN', () => {
    expect(JSON.stringify(template.findResources('AWS::Backup::BackupPlan'))).toContain(
      `:backup:us-east-1:${VAULT_ACCOUNT}:backup-vault:ehr-isolated`,
    );
  });

  test('let that account use the keys of the vault and of what is backed up, and make grants for AWS alone', () => {
    const keys = Object.values(template.findResources('AWS::KMS::Key'));
    expect(keys).toHaveLength(2);
    for (const { Properties } of keys) {
      const theirs = Properties.KeyPolicy.Statement.filter(({ Principal }: { Principal: unknown }) =>
        JSON.stringify(Principal).includes(VAULT_ACCOUNT),
      );
      expect(theirs.map(({ Action }: { Action: unknown }) => Action)).toEqual([
        ['kms:Decrypt', 'kms:DescribeKey', 'kms:Encrypt', 'kms:GenerateDataKey*', 'kms:ReEncrypt*'],
        'kms:CreateGrant',
      ]);
      expect(theirs[1].Condition).toEqual({ Bool: { 'kms:GrantIsForAWSResource': 'true' } });
    }
  });

  test('bring recovery of the account, and none of the Region they stay in', () => {
    const scopes = construct.recovery.map(({ scope }) => scope);
    expect(scopes).toContain(FailureScope.ACCOUNT);
    expect(scopes).not.toContain(FailureScope.REGION);
  });
});

test('copies into another Region of the account share no key, and bring no recovery of the account', () => {
  const { construct, template } = backedUp((stack) => RecoveryVault.arnIn(stack, 'ehr', 'us-west-2'));
  expect(JSON.stringify(template.findResources('AWS::KMS::Key'))).not.toContain('kms:ReEncrypt*');
  const scopes = construct.recovery.map(({ scope }) => scope);
  expect(scopes).toContain(FailureScope.REGION);
  expect(scopes).not.toContain(FailureScope.ACCOUNT);
});

test('copies of an account that is only known at deployment may stay in it, and bring no recovery of it', () => {
  const elsewhere = (stack: Stack) => IsolatedVault.arnIn(stack, 'ehr', VAULT_ACCOUNT, 'us-east-1');
  const { construct } = backedUp(elsewhere, { region: 'us-east-1' });
  expect(construct.recovery.map(({ scope }) => scope)).not.toContain(FailureScope.ACCOUNT);
});

describe('copies into another account and another Region at once', () => {
  const ELSEWHERE = `arn:aws:backup:us-west-2:${VAULT_ACCOUNT}:backup-vault:ehr-isolated`;
  const copied = (resources: (stack: Stack) => backup.BackupResource[]) => {
    const stack = new Stack(new App(), 'Data', { env: VIRGINIA });
    const construct = new ClinicalBackup(stack, 'Backup', {
      systemName: 'ehr',
      objectives: objectives(),
      resources: resources(stack),
    });
    construct.copyTo(ELSEWHERE);
    return {
      construct,
      warnings: Annotations.fromStack(stack).findWarning('*', Match.stringLikeRegexp('may not arrive')),
    };
  };
  const table = (stack: Stack) =>
    new dynamodb.TableV2(stack, 'T', { partitionKey: { name: 'k', type: dynamodb.AttributeType.STRING } });
  const tagged = () => [backup.BackupResource.fromTag('system', 'ehr')];

  test.each<[string, (stack: Stack) => backup.BackupResource[]]>([
    ['a database', () => [CLUSTER]],
    ['what is chosen by tag', tagged],
    ['what is only known at deployment', () => [backup.BackupResource.fromArn(Fn.importValue('database'))]],
  ])('of %s may not arrive, and count for no objective', (_, resources) => {
    const { construct, warnings } = copied(resources);
    expect(warnings).toHaveLength(1);
    const scopes = construct.recovery.map(({ scope }) => scope);
    expect(scopes).not.toContain(FailureScope.ACCOUNT);
    expect(scopes).not.toContain(FailureScope.REGION);
  });

  test('of buckets and tables do, and count for both', () => {
    const { construct, warnings } = copied((stack) => [
      backup.BackupResource.fromArn('arn:aws:s3:::ehr-documents'),
      backup.BackupResource.fromDynamoDbTable(table(stack)),
    ]);
    expect(warnings).toEqual([]);
    const scopes = construct.recovery.map(({ scope }) => scope);
    expect(scopes).toEqual(expect.arrayContaining([FailureScope.ACCOUNT, FailureScope.REGION]));
  });

  test('count where each of two vaults is in one of both', () => {
    const { construct } = copied(() => [CLUSTER]);
    construct.copyTo(`arn:aws:backup:us-east-1:${VAULT_ACCOUNT}:backup-vault:ehr-isolated`);
    construct.copyTo(`arn:aws:backup:us-west-2:${ACCOUNT}:backup-vault:ehr-recovery`);
    const scopes = construct.recovery.map(({ scope }) => scope);
    expect(scopes).toEqual(expect.arrayContaining([FailureScope.ACCOUNT, FailureScope.REGION]));
  });
});

describe('copies fail', () => {
  test.each<[string, string, RegExp, Environment]>([
    ['to what is no vault', 'ehr-isolated', /copies go to a vault by its ARN, .* got "ehr-isolated"/, VIRGINIA],
    [
      'to a recovery point',
      `arn:aws:backup:us-east-1:${ACCOUNT}:recovery-point:1EB3`,
      /copies go to a vault/,
      VIRGINIA,
    ],
    [
      'to another partition',
      `arn:aws-us-gov:backup:us-gov-west-1:${VAULT_ACCOUNT}:backup-vault:ehr-isolated`,
      /cannot leave their partition, and the vault is in aws-us-gov while us-east-1 is in aws/,
      VIRGINIA,
    ],
    [
      'from China',
      `arn:aws:backup:us-east-1:${VAULT_ACCOUNT}:backup-vault:ehr-isolated`,
      /the vault is in aws while cn-north-1 is in aws-cn/,
      { account: ACCOUNT, region: 'cn-north-1' },
    ],
  ])('%s', (_, vaultArn, message, env) => {
    expect(() => backedUp(() => vaultArn, env)).toThrow(message);
  });

  test('not within a partition, whichever it is, nor where nobody knows yet', () => {
    const gov = `arn:aws-us-gov:backup:us-gov-west-1:${VAULT_ACCOUNT}:backup-vault:ehr-isolated`;
    expect(() => backedUp(() => gov, { account: ACCOUNT, region: 'us-gov-east-1' })).not.toThrow();
    expect(() => backedUp(() => gov, {})).not.toThrow();
    expect(() => backedUp(() => Fn.importValue('vault'))).not.toThrow();
  });
});

describe('an air-gapped vault', () => {
  const made = (policy: BackupPolicy, acknowledgeIrreversible = 'SEC-7, approved by the board') => {
    const stack = new Stack(new App(), 'Vaults', { env: VIRGINIA });
    const vault = new AirGappedVault(stack, 'AirGap', { systemName: 'ehr', policy, acknowledgeIrreversible });
    return { vault, template: Template.fromStack(stack), stack };
  };

  test('keeps what the policy makes for as long as the policy says, for good', () => {
    const { vault, template, stack } = made(BackupPolicy.continuous35DaysDaily90Days().withMonthly7Years());
    template.hasResource('AWS::Backup::LogicallyAirGappedBackupVault', {
      Properties: { BackupVaultName: 'ehr-air-gap', MinRetentionDays: 90, MaxRetentionDays: 2557 },
      DeletionPolicy: 'RetainExceptOnCreate',
      UpdateReplacePolicy: 'Retain',
    });
    expect(JSON.stringify(stack.resolve(vault.vaultArn))).toContain(
      `:backup:us-east-1:${ACCOUNT}:backup-vault:ehr-air-gap`,
    );
  });

  test.each<[string, BackupPolicy, string, RegExp]>([
    ['nobody says why', BackupPolicy.daily35Days(), ' ', /acknowledgeIrreversible must say why/],
    [
      'recovery points are kept for less than a week',
      BackupPolicy.custom([
        { name: 'D', schedule: 'cron(0 5 ? * * *)', every: Duration.days(1), retention: Duration.days(6) },
      ]),
      'SEC-7',
      /at least 7 days, got 6/,
    ],
  ])('fails when %s', (_, policy, reason, message) => {
    expect(() => made(policy, reason)).toThrow(message);
  });
});
