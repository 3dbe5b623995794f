import { App, Duration, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as backup from 'aws-cdk-lib/aws-backup';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as sns from 'aws-cdk-lib/aws-sns';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { DataProtection } from '../../src/core';
import {
  AirGappedVault,
  BackupAudit,
  BackupPolicy,
  ClinicalBackup,
  type ClinicalBackupProps,
  IsolatedVault,
  type IsolatedVaultProps,
  RecoveryVault,
  type RecoveryVaultProps,
  RestoreTest,
  RestoreTesting,
  VaultLock,
} from '../../src/data';
import { objectives, VIRGINIA } from '../support/data';

const POLICY = BackupPolicy.continuous35DaysDaily90Days();
const SANDBOX = DataProtection.destroyWithStack({ acknowledgeDataLoss: 'sandbox' });
const OTHER_KEY = { 'Fn::GetAtt': [Match.stringLikeRegexp('^Mine'), 'Arn'] };

function inStack() {
  const stack = new Stack(new App(), 'Data', { env: VIRGINIA });
  return { stack, encryptionKey: new kms.Key(stack, 'Mine') };
}

function backedUp(stack: Stack, props: Partial<ClinicalBackupProps> = {}): ClinicalBackup {
  return new ClinicalBackup(stack, 'Backup', {
    systemName: 'ehr',
    objectives: objectives(),
    policy: POLICY,
    resources: [backup.BackupResource.fromArn('arn:aws:rds:us-east-1:111111111111:cluster:ehr')],
    ...props,
  });
}

function vaultOf(stack: Stack) {
  return Object.values(Template.fromStack(stack).findResources('AWS::Backup::BackupVault'))[0];
}

describe('backups', () => {
  test('under a key of your own make none', () => {
    const { stack, encryptionKey } = inStack();
    expect(backedUp(stack, { encryptionKey }).encryptionKey).toBe(encryptionKey);
    const template = Template.fromStack(stack);
    template.hasResourceProperties('AWS::Backup::BackupVault', { EncryptionKeyArn: OTHER_KEY });
    template.resourceCountIs('AWS::KMS::Key', 1);
  });

  test('that cannot be told of are kept in the queue that is given', () => {
    const { stack } = inStack();
    const deadLetterQueue = new sqs.Queue(stack, 'Undelivered');
    backedUp(stack, { notifications: new sns.Topic(stack, 'Topic'), deadLetterQueue });
    const rules = Object.values(Template.fromStack(stack).findResources('AWS::Events::Rule'));
    expect(rules.length).toBeGreaterThan(0);
    for (const { Properties } of rules) {
      expect(Properties.Targets).toEqual([
        expect.objectContaining({ DeadLetterConfig: { Arn: stack.resolve(deadLetterQueue.queueArn) } }),
      ]);
    }
  });

  test('may be deleted by hand, and their retention shortened, where somebody wants it', () => {
    const { stack } = inStack();
    backedUp(stack, { denyRecoveryPointDeletion: false, vaultLock: VaultLock.none() });
    const { Properties, DeletionPolicy } = vaultOf(stack);
    expect(Properties.AccessPolicy).toBeUndefined();
    expect(Properties.LockConfiguration).toBeUndefined();
    expect(DeletionPolicy).toBe('RetainExceptOnCreate');
  });
});

describe('a vault in the recovery Region', () => {
  function landed(props: Partial<RecoveryVaultProps> = {}) {
    const { stack, encryptionKey } = inStack();
    new RecoveryVault(stack, 'Vault', { systemName: 'ehr', encryptionKey, policy: POLICY, ...props });
    return vaultOf(stack);
  }

  test('lets in snapshots of files as well, which are kept for less', () => {
    const filePolicy = BackupPolicy.custom([
      { name: 'Hourly', schedule: 'cron(0 * * * ? *)', every: Duration.hours(1), retention: Duration.days(7) },
    ]);
    expect(landed({ filePolicy }).Properties.LockConfiguration).toEqual({ MinRetentionDays: 7, MaxRetentionDays: 90 });
  });

  test('may have no lock, and let people delete', () => {
    const { Properties } = landed({ vaultLock: VaultLock.none(), denyRecoveryPointDeletion: false });
    expect(Properties.LockConfiguration).toBeUndefined();
    expect(Properties.AccessPolicy).toBeUndefined();
  });

  test('goes with a sandbox, whose copies nothing locks', () => {
    const { Properties, DeletionPolicy } = landed({ dataProtection: SANDBOX });
    expect(DeletionPolicy).toBe('Delete');
    expect(Properties.LockConfiguration).toBeUndefined();
    expect(Properties.AccessPolicy).toBeUndefined();
  });
});

describe('a vault in another account', () => {
  function isolated(stack: Stack, props: Partial<IsolatedVaultProps>) {
    return new IsolatedVault(stack, 'Vault', { systemName: 'ehr', sourceAccounts: ['222222222222'], ...props });
  }

  test('is under a key of your own', () => {
    const { stack, encryptionKey } = inStack();
    expect(isolated(stack, { encryptionKey }).encryptionKey).toBe(encryptionKey);
    expect(vaultOf(stack).Properties.EncryptionKeyArn).toEqual(stack.resolve(encryptionKey.keyArn));
    Template.fromStack(stack).resourceCountIs('AWS::KMS::Key', 1);
  });

  test('goes with a sandbox, and still takes copies of the named accounts only', () => {
    const { stack } = inStack();
    isolated(stack, { dataProtection: SANDBOX });
    const { Properties, DeletionPolicy } = vaultOf(stack);
    expect(DeletionPolicy).toBe('Delete');
    expect(Properties.LockConfiguration).toBeUndefined();
    const effects = Properties.AccessPolicy.Statement.map(({ Effect }: { Effect: string }) => Effect);
    expect(effects).toEqual(['Allow']);
  });
});

test('a vault that nobody can empty may be under a key of your own', () => {
  const { stack, encryptionKey } = inStack();
  const acknowledgeIrreversible = 'SEC-7, approved by the board';
  new AirGappedVault(stack, 'AirGap', { systemName: 'ehr', policy: POLICY, acknowledgeIrreversible, encryptionKey });
  Template.fromStack(stack).hasResourceProperties('AWS::Backup::LogicallyAirGappedBackupVault', {
    EncryptionKeyArn: OTHER_KEY,
  });
});

test('reports of an audit are kept for as long as is asked for, and go with a sandbox', () => {
  const { stack } = inStack();
  new BackupAudit(stack, 'Audit', {
    systemName: 'ehr',
    backup: backedUp(stack),
    retention: Duration.days(400),
    dataProtection: SANDBOX,
  });
  Template.fromStack(stack).hasResource('AWS::S3::Bucket', {
    DeletionPolicy: 'Delete',
    Properties: {
      LifecycleConfiguration: { Rules: Match.arrayWith([Match.objectLike({ ExpirationInDays: 400 })]) },
    },
  });
});

test.each(['us-gov-west-1', 'cn-north-1'])('in %s nothing names the commercial partition', (region) => {
  const stack = new Stack(new App(), 'Data', { env: { account: '111111111111', region } });
  const encryptionKey = new kms.Key(stack, 'Mine');
  const { partition } = stack;
  const construct = backedUp(stack, {
    resources: [
      backup.BackupResource.fromArn(`arn:${partition}:rds:${region}:111111111111:cluster:ehr`),
      backup.BackupResource.fromArn(`arn:${partition}:s3:::ehr-documents`),
    ],
    notifications: new sns.Topic(stack, 'Topic'),
    sourceKeys: [encryptionKey],
  });
  construct.copyTo(IsolatedVault.arnIn(stack, 'ehr', '222222222222', region));
  construct.copyTo(RecoveryVault.arnIn(stack, 'ehr', region));
  new RecoveryVault(stack, 'Recovery', { systemName: 'ehr', encryptionKey, policy: POLICY });
  new IsolatedVault(stack, 'Isolated', { systemName: 'ehr', sourceAccounts: ['222222222222'], policy: POLICY });
  new BackupAudit(stack, 'Audit', { systemName: 'ehr', backup: construct });
  new RestoreTesting(stack, 'Restores', {
    systemName: 'ehr',
    backup: construct,
    tests: [RestoreTest.s3(`arn:${partition}:s3:::ehr-documents`)],
  });
  expect(JSON.stringify(Template.fromStack(stack).toJSON())).not.toMatch(/arn:aws:/);
});
