import { App, Duration, Lazy, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as backup from 'aws-cdk-lib/aws-backup';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as sns from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { ClinicalTier, DataProtection, FailureScope, ResilienceObjectives } from '../../src/core';
import {
  BackupPolicy,
  type BackupRule,
  ClinicalBackup,
  type ClinicalBackupProps,
  DocumentStore,
  RecoveryVault,
  type RecoveryVaultProps,
  VaultLock,
} from '../../src/data';
import { bindDatabase, codeOf, dataStack, OREGON, objectives, VIRGINIA } from '../support/data';
import { matchesPattern } from '../support/event-pattern';

const CLUSTER = backup.BackupResource.fromArn('arn:aws:rds:us-east-1:111111111111:cluster:ehr');

function backedUp(props: Partial<ClinicalBackupProps> = {}) {
  const stack = new Stack(new App(), 'Data', { env: VIRGINIA });
  const construct = new ClinicalBackup(stack, 'Backup', {
    systemName: 'ehr',
    objectives: objectives(),
    resources: [CLUSTER],
    ...props,
  });
  return { stack, construct };
}

function rulesOf(template: Template): Record<string, unknown>[] {
  return Object.values(template.findResources('AWS::Backup::BackupPlan'))[0].Properties.BackupPlan.BackupPlanRule;
}

describe('a backup', () => {
  const stack = dataStack();
  const database = bindDatabase(stack);
  const documents = DocumentStore.s3().bind(new Construct(stack, 'Documents'), {
    systemName: 'ehr',
    dataProtection: DataProtection.retain(),
  });
  const topic = new sns.Topic(stack, 'Topic');
  const construct = new ClinicalBackup(stack, 'Backup', {
    systemName: 'ehr',
    objectives: objectives(),
    resources: [...database.backupResources, ...documents.backupResources],
    notifications: topic,
  });
  construct.copyTo('arn:aws:backup:us-west-2:111111111111:backup-vault:ehr-recovery');
  construct.copyTo('arn:aws:backup:us-west-2:111111111111:backup-vault:ehr-recovery'); // changes nothing
  const template = Template.fromStack(stack);

  test('keeps the logical ids that data depends on', () => {
    expect(Object.keys(template.findResources('AWS::Backup::BackupVault'))).toEqual(['BackupVaultADF21B19']);
    expect(Object.keys(template.findResources('AWS::Backup::BackupPlan'))).toEqual(['BackupPlan15F381FF']);
    expect(Object.keys(template.findResources('AWS::KMS::Key'))).toContain('BackupKey570ED138');
  });

  test('selects the very cluster and the very bucket of the template', () => {
    const [selection] = Object.values(template.findResources('AWS::Backup::BackupSelection'));
    const selected: { 'Fn::Join': [string, { Ref?: string }[]] }[] = selection.Properties.BackupSelection.Resources;
    const references = selected.map((arn) =>
      arn['Fn::Join'][1]
        .map(({ Ref }) => Ref)
        .filter(Boolean)
        .pop(),
    );
    const types = references.map((id) => template.toJSON().Resources[id ?? ''].Type);
    expect(types).toEqual(['AWS::RDS::DBCluster', 'AWS::S3::Bucket']);
    template.resourceCountIs('AWS::Backup::BackupSelection', 1);
  });

  test('goes into a vault that is encrypted, kept, locked for what the plan makes, and from which nobody deletes', () => {
    template.hasResource('AWS::Backup::BackupVault', {
      DeletionPolicy: 'RetainExceptOnCreate',
      UpdateReplacePolicy: 'Retain',
      Properties: {
        BackupVaultName: 'ehr-backup',
        EncryptionKeyArn: { 'Fn::GetAtt': ['BackupKey570ED138', 'Arn'] },
        LockConfiguration: { MinRetentionDays: 35, MaxRetentionDays: 90, ChangeableForDays: Match.absent() },
        AccessPolicy: {
          Statement: [
            Match.objectLike({
              Effect: 'Deny',
              Action: ['backup:DeleteRecoveryPoint', 'backup:UpdateRecoveryPointLifecycle'],
            }),
          ],
        },
      },
    });
  });

  test('copies snapshots, not continuous backups, to be kept as long', () => {
    expect(rulesOf(template).map((rule) => [rule.RuleName, rule.CopyActions])).toEqual([
      ['Continuous', undefined],
      [
        'Every12Hours',
        [
          {
            DestinationBackupVaultArn: 'arn:aws:backup:us-west-2:111111111111:backup-vault:ehr-recovery',
            Lifecycle: { DeleteAfterDays: 90 },
          },
        ],
      ],
    ]);
  });

  test('runs under a role that may back up databases and buckets', () => {
    const [role] = Object.entries(template.findResources('AWS::IAM::Role'))
      .filter(([id]) => id.startsWith('BackupRole'))
      .map(([, { Properties }]) => JSON.stringify(Properties.ManagedPolicyArns));
    expect(role).toContain('service-role/AWSBackupServiceRolePolicyForBackup');
    expect(role).toContain(':policy/AWSBackupServiceRolePolicyForS3Backup');
    expect(role).not.toContain('Restore');
  });

  test('reports failed backups and failed copies of this vault', () => {
    for (const [detailType, field] of [
      ['Backup Job State Change', 'backupVaultArn'],
      ['Copy Job State Change', 'sourceBackupVaultArn'],
    ]) {
      template.hasResourceProperties('AWS::Events::Rule', {
        EventPattern: {
          source: ['aws.backup'],
          'detail-type': [detailType],
          detail: {
            state: Match.arrayWith(['FAILED', 'EXPIRED']),
            [field]: [{ 'Fn::GetAtt': ['BackupVaultADF21B19', 'BackupVaultArn'] }],
          },
        },
        Targets: [Match.objectLike({ Arn: { Ref: 'TopicBFC7AF6E' } })],
      });
    }
    template.hasResourceProperties('AWS::Backup::BackupVault', {
      Notifications: { BackupVaultEvents: ['S3_BACKUP_OBJECT_FAILED'], SNSTopicArn: { Ref: 'TopicBFC7AF6E' } },
    });
  });

  test('states what is lost with it, and with its copies', () => {
    const point = (scope: FailureScope) =>
      construct.recovery.find((recovery) => recovery.scope === scope)?.recoveryPoint.toMinutes();
    expect(point(FailureScope.CORRUPTION)).toBe(15);
    expect(point(FailureScope.REGION)).toBe((12 + 1 + 1) * 60);
  });
});

/** As AWS shows them, shortened: https://docs.aws.amazon.com/aws-backup/latest/devguide/eventbridge.html */
describe('events of AWS Backup that somebody must hear of', () => {
  const VAULT = 'arn:aws:backup:us-east-1:111111111111:backup-vault:ehr-backup';
  const OTHER = 'arn:aws:backup:us-east-1:111111111111:backup-vault:pharmacy-backup';
  const event = (type: string, detail: object) => ({
    version: '0',
    source: 'aws.backup',
    'detail-type': type,
    account: '111111111111',
    region: 'us-east-1',
    resources: [CLUSTER.resource],
    detail: {
      resourceType: 'Aurora',
      creationDate: '2026-11-27T05:00:00Z',
      iamRoleArn: 'arn:aws:iam::111111111111:role/r',
      ...detail,
    },
  });
  const backedUpTo = (backupVaultArn: string, state: string) =>
    event('Backup Job State Change', { backupJobId: 'j', backupVaultArn, backupVaultName: 'v', state });
  const copiedFrom = (sourceBackupVaultArn: string, state: string) =>
    event('Copy Job State Change', { copyJobId: 'j', sourceBackupVaultArn, destinationBackupVaultArn: OTHER, state });

  const { stack } = backedUp();
  const topic = new sns.Topic(stack, 'Topic');
  const heard = new ClinicalBackup(stack, 'Heard', {
    systemName: 'heard',
    objectives: objectives(),
    resources: [CLUSTER],
    notifications: topic,
  });
  const vaultOf = JSON.stringify(stack.resolve(heard.vault.backupVaultArn));
  const patterns = Object.values(Template.fromStack(stack).findResources('AWS::Events::Rule')).map(({ Properties }) =>
    JSON.parse(JSON.stringify(Properties.EventPattern).replaceAll(vaultOf, JSON.stringify(VAULT))),
  );
  const told = (happened: object) => patterns.filter((pattern) => matchesPattern(pattern, happened)).length;

  test.each(['FAILED', 'EXPIRED', 'ABORTED', 'PARTIAL'])('a backup that is %s: once', (state) => {
    expect(told(backedUpTo(VAULT, state))).toBe(1);
  });

  test('a copy that failed: once', () => {
    expect(told(copiedFrom(VAULT, 'FAILED'))).toBe(1);
  });

  test.each(['CREATED', 'RUNNING', 'COMPLETED'])('but not one that is %s', (state) => {
    expect(told(backedUpTo(VAULT, state)) + told(copiedFrom(VAULT, state))).toBe(0);
  });

  test('nor one of another system', () => {
    expect(told(backedUpTo(OTHER, 'FAILED')) + told(copiedFrom(OTHER, 'FAILED'))).toBe(0);
  });
});

test('of databases alone needs nothing for buckets', () => {
  const { stack } = backedUp();
  expect(JSON.stringify(Template.fromStack(stack).toJSON())).not.toContain('ForS3Backup');
});

test('has its vault and plan also where all of it is left out for now', () => {
  const exclusions = ['arn:aws:rds:us-east-1:111111111111:cluster:ehr'];
  const template = Template.fromStack(backedUp({ exclusions }).stack);
  template.resourceCountIs('AWS::Backup::BackupVault', 1);
  template.hasResourceProperties('AWS::Backup::BackupSelection', {
    BackupSelection: { Resources: exclusions, NotResources: exclusions },
  });
  Template.fromStack(backedUp().stack).hasResourceProperties('AWS::Backup::BackupSelection', {
    BackupSelection: { NotResources: Match.absent() },
  });
});

test('without copies claims nothing for the loss of a Region', () => {
  expect(backedUp().construct.recovery.some(({ scope }) => scope === FailureScope.REGION)).toBe(false);
});

test('takes a key, a policy and another lock', () => {
  const { stack, construct } = backedUp({
    policy: BackupPolicy.continuous35DaysDaily90Days().withMonthly7Years(),
    vaultLock: VaultLock.compliance({
      acknowledgeIrreversible: 'ransomware policy SEC-7',
      changeableFor: Duration.days(7),
    }),
  });
  expect(construct.failureRules).toEqual([]);
  const template = Template.fromStack(stack);
  template.hasResourceProperties('AWS::Backup::BackupVault', {
    LockConfiguration: { MinRetentionDays: 35, MaxRetentionDays: 2557, ChangeableForDays: 7 },
  });
  expect(rulesOf(template).map(({ RuleName }) => RuleName)).toEqual(['Continuous', 'Daily', 'Monthly']);
});

test('locks nothing where data may be destroyed with its stack', () => {
  const { stack } = backedUp({
    dataProtection: DataProtection.destroyWithStack({ acknowledgeDataLoss: 'sandbox' }),
    objectives: objectives(ClinicalTier.NON_PRODUCTION),
  });
  Template.fromStack(stack).hasResource('AWS::Backup::BackupVault', {
    DeletionPolicy: 'Delete',
    Properties: { LockConfiguration: Match.absent() },
  });
});

test('a lock for one retention alone is still a valid one', () => {
  const { stack } = backedUp({
    objectives: objectives(ClinicalTier.NON_PRODUCTION),
    policy: BackupPolicy.daily35Days(),
    vaultLock: VaultLock.governance(),
  });
  Template.fromStack(stack).hasResourceProperties('AWS::Backup::BackupVault', {
    LockConfiguration: { MinRetentionDays: 35, MaxRetentionDays: 36 },
  });
});

describe('a backup fails when', () => {
  test('nothing is backed up', () => {
    expect(codeOf(() => backedUp({ resources: [] }))).toBe('InvalidBackup');
  });

  test('care depends on the system and backups are kept for less than 60 days', () => {
    expect(() => backedUp({ policy: BackupPolicy.daily35Days() })).toThrow(/60 days, got 35/);
    const operational = objectives(ClinicalTier.OPERATIONAL);
    expect(codeOf(() => backedUp({ policy: BackupPolicy.daily35Days(), objectives: operational }))).toBe('no error');
  });

  test.each(['EHR', 'e'.repeat(42)])('the system is called %p', (systemName) => {
    expect(codeOf(() => backedUp({ systemName }))).toBe('InvalidSystemName');
  });
});

describe('a policy for objectives', () => {
  const days = Duration.days(30);
  const names = (policy: BackupPolicy) => policy.rules.map(({ name }) => name);

  test.each([
    [ClinicalTier.FOUNDATION, ['Continuous', 'Every12Hours']],
    [ClinicalTier.LIFE_CRITICAL, ['Continuous', 'Every12Hours']],
    [ClinicalTier.CARE_ESSENTIAL, ['Continuous', 'Every12Hours']],
    [ClinicalTier.OPERATIONAL, ['Every12Hours']],
    [ClinicalTier.NON_PRODUCTION, ['Daily']],
  ])('of %s: %p', (tier, expected) => {
    expect(names(BackupPolicy.forObjectives(objectives(tier)))).toEqual(expected);
  });

  test.each([
    [26, 'Daily', 'cron(0 5 ? * * *)'],
    [24, 'Every12Hours', 'cron(0 5,17 ? * * *)'],
    [8, 'Every6Hours', 'cron(0 5,11,17,23 ? * * *)'],
    [6, 'Every4Hours', 'cron(0 1,5,9,13,17,21 ? * * *)'],
    [1, 'Every1Hours', `cron(0 ${Array.from({ length: 24 }, (_, hour) => hour).join(',')} ? * * *)`],
  ])('makes snapshots as often as an RPO of %p h for ACCOUNT demands of their copies', (hours, name, schedule) => {
    const account = { rto: days, rpo: Duration.hours(hours) };
    const policy = BackupPolicy.forObjectives(
      ResilienceObjectives.forTier(ClinicalTier.NON_PRODUCTION, {
        account,
        deletion: { rto: Duration.days(7), rpo: Duration.hours(1) },
      }),
    );
    expect(policy.snapshotRules.map((rule) => [rule.name, rule.schedule])).toEqual([[name, schedule]]);
  });

  test('fails when no restore could meet them', () => {
    const impossible = ResilienceObjectives.forTier(ClinicalTier.LIFE_CRITICAL, {
      corruption: { rto: Duration.hours(1), rpo: Duration.minutes(5) },
    });
    expect(() => BackupPolicy.forObjectives(impossible)).toThrow(/RPO for CORRUPTION is 5 minutes/);
  });
});

describe('a policy of your own fails when', () => {
  const rule: BackupRule = {
    name: 'Daily',
    schedule: 'cron(0 5 ? * * *)',
    every: Duration.days(1),
    retention: Duration.days(90),
  };
  const token = Duration.days(Lazy.number({ produce: () => 1 }));

  test.each<[string, BackupRule[]]>([
    ['it has no rules', []],
    ['two rules have one name', [rule, rule]],
    [
      'two rules are continuous',
      ['A', 'B'].map((name) => ({ ...rule, name, retention: Duration.days(7), continuous: true })),
    ],
    ['a continuous backup is kept for more than 35 days', [{ ...rule, continuous: true }]],
    ['a name has a space', [{ ...rule, name: 'every day' }]],
    ['a schedule is none', [{ ...rule, schedule: 'daily' }]],
    ['retention is not whole days', [{ ...rule, retention: Duration.hours(30) }]],
    ['snapshots are made more often than hourly', [{ ...rule, every: Duration.minutes(30) }]],
    ['the start window is below an hour', [{ ...rule, startWindow: Duration.minutes(30) }]],
    ['it must be complete before it starts', [{ ...rule, completionWindow: Duration.hours(1) }]],
    ['a duration is a token', [{ ...rule, retention: token }]],
  ])('%s', (_, rules) => {
    expect(codeOf(() => BackupPolicy.custom(rules))).toBe('InvalidBackupPolicy');
  });

  test('but not when all is well', () => {
    expect(BackupPolicy.custom([rule]).longestRetention.toDays()).toBe(90);
  });
});

describe('a compliance lock fails when', () => {
  test('nobody says why', () => {
    expect(codeOf(() => VaultLock.compliance({ acknowledgeIrreversible: '' }))).toBe('MissingReason');
  });

  test.each([Duration.days(2), Duration.hours(80)])('it can be changed for %s', (changeableFor) => {
    expect(codeOf(() => VaultLock.compliance({ acknowledgeIrreversible: 'SEC-7', changeableFor }))).toBe(
      'InvalidVaultLock',
    );
  });
});

describe('a recovery vault', () => {
  function landed(props: Partial<RecoveryVaultProps> = {}) {
    const stack = new Stack(new App(), 'Landing', { env: OREGON });
    const encryptionKey = new kms.Key(stack, 'Key');
    return { stack, vault: new RecoveryVault(stack, 'Vault', { systemName: 'ehr', encryptionKey, ...props }) };
  }

  test('is known by name', () => {
    const { stack, vault } = landed();
    const arn = ['arn:', { Ref: 'AWS::Partition' }, ':backup:us-west-2:111111111111:backup-vault:ehr-recovery'];
    expect(stack.resolve(vault.vaultArn)).toEqual({ 'Fn::Join': ['', arn] });
    expect(stack.resolve(RecoveryVault.arnIn(stack, 'ehr', 'us-west-2'))).toEqual({ 'Fn::Join': ['', arn] });
    Template.fromStack(stack).hasResource('AWS::Backup::BackupVault', {
      DeletionPolicy: 'RetainExceptOnCreate',
      Properties: { BackupVaultName: vault.vaultName },
    });
  });

  test('lets in whatever is copied, unless it is told the policy', () => {
    Template.fromStack(landed().stack).hasResourceProperties('AWS::Backup::BackupVault', {
      LockConfiguration: { MinRetentionDays: 1, MaxRetentionDays: 36500 },
    });
    const { stack } = landed({ policy: BackupPolicy.continuous35DaysDaily90Days() });
    Template.fromStack(stack).hasResourceProperties('AWS::Backup::BackupVault', {
      LockConfiguration: { MinRetentionDays: 90, MaxRetentionDays: 91 },
    });
  });

  test('reports copies that fail', () => {
    const stack = new Stack(new App(), 'Landing', { env: OREGON });
    const encryptionKey = new kms.Key(stack, 'Key');
    const notifications = new sns.Topic(stack, 'Topic');
    new RecoveryVault(stack, 'Vault', { systemName: 'ehr', encryptionKey, notifications });
    const template = Template.fromStack(stack);
    template.hasResourceProperties('AWS::Backup::BackupVault', {
      Notifications: { BackupVaultEvents: ['COPY_JOB_FAILED'] },
    });
    template.hasResourceProperties('AWS::SNS::TopicPolicy', {
      PolicyDocument: { Statement: [Match.objectLike({ Principal: { Service: 'backup.amazonaws.com' } })] },
    });
  });

  test('fails when its policy makes nothing to copy', () => {
    const policy = BackupPolicy.custom([
      {
        name: 'Continuous',
        schedule: 'cron(0 4 ? * * *)',
        every: Duration.minutes(15),
        retention: Duration.days(35),
        continuous: true,
      },
    ]);
    expect(codeOf(() => landed({ policy }))).toBe('NothingToCopy');
  });
});

describe('file shares', () => {
  const SHARE = backup.BackupResource.fromArn(
    'arn:aws:elasticfilesystem:us-east-1:111111111111:file-system/fs-0123456789abcdef0',
  );
  const twoHours = ResilienceObjectives.forTier(ClinicalTier.LIFE_CRITICAL, {
    biaReference: 'BIA-1',
    deletion: { rto: Duration.hours(4), rpo: Duration.hours(2) },
    corruption: { rto: Duration.hours(24), rpo: Duration.hours(2) },
  });

  test('have a plan of their own in the same vault: hourly for a week, and twice a day for 90 days', () => {
    const { stack, construct } = backedUp({ objectives: twoHours, files: [SHARE] });
    construct.copyTo('arn:aws:backup:us-west-2:111111111111:backup-vault:ehr-recovery');
    const template = Template.fromStack(stack);
    expect(Object.keys(template.findResources('AWS::Backup::BackupPlan'))).toEqual([
      'BackupPlan15F381FF',
      'BackupFilePlan3D986BB1',
    ]);
    template.resourceCountIs('AWS::Backup::BackupVault', 1);
    template.hasResourceProperties('AWS::Backup::BackupPlan', {
      BackupPlan: {
        BackupPlanName: 'ehr-files',
        BackupPlanRule: [
          Match.objectLike({
            RuleName: 'Hourly',
            ScheduleExpression: 'cron(30 * ? * * *)',
            EnableContinuousBackup: Match.absent(),
            Lifecycle: { DeleteAfterDays: 7 },
            CopyActions: [Match.anyValue()],
          }),
          Match.objectLike({
            RuleName: 'Every12Hours',
            ScheduleExpression: 'cron(0 5,17 ? * * *)',
            Lifecycle: { DeleteAfterDays: 90 },
          }),
        ],
      },
    });
    template.hasResourceProperties('AWS::Backup::BackupSelection', {
      BackupSelection: { SelectionName: 'ehr-files', Resources: [Match.stringLikeRegexp('file-system/fs-')] },
    });
  });

  test('widen the bounds of the lock, which would refuse their backups otherwise', () => {
    const { stack } = backedUp({ objectives: twoHours, files: [SHARE] });
    Template.fromStack(stack).hasResourceProperties('AWS::Backup::BackupVault', {
      LockConfiguration: { MinRetentionDays: 7, MaxRetentionDays: 90 },
    });
  });

  test('alone have the only plan', () => {
    const { stack, construct } = backedUp({ objectives: twoHours, resources: [], files: [SHARE] });
    Template.fromStack(stack).resourceCountIs('AWS::Backup::BackupPlan', 1);
    expect(construct.plan).toBe(construct.filePlan);
    expect(construct.selection).toBe(construct.fileSelection);
    expect(construct.policy).toBe(construct.filePolicy);
  });

  test('without them there is no second plan, nor any claim', () => {
    const { construct } = backedUp();
    expect(construct.filePlan).toBeUndefined();
    expect(construct.fileSelection).toBeUndefined();
    expect(construct.filePolicy).toBeUndefined();
    expect(construct.fileRecovery).toEqual([]);
  });

  test('lose the interval and the hour a snapshot may start late', () => {
    const { construct } = backedUp({ objectives: twoHours, files: [SHARE] });
    const points = construct.fileRecovery.map(({ scope, recoveryPoint }) => [scope, recoveryPoint.toHours()]);
    expect(points).toEqual([
      [FailureScope.DELETION, 2],
      [FailureScope.CORRUPTION, 2],
    ]);
  });

  test('when the Region is lost, the copies of the most frequent are left', () => {
    const { construct } = backedUp({ objectives: twoHours, files: [SHARE] });
    construct.copyTo('arn:aws:backup:us-west-2:111111111111:backup-vault:ehr-recovery');
    const region = construct.fileRecovery.find(({ scope }) => scope === FailureScope.REGION);
    expect(region?.recoveryPoint.toHours()).toBe(3);
  });

  test('take a policy of your own', () => {
    const { stack } = backedUp({
      objectives: twoHours,
      files: [SHARE],
      filePolicy: BackupPolicy.daily35Days().withMonthly7Years(),
    });
    Template.fromStack(stack).hasResourceProperties('AWS::Backup::BackupPlan', {
      BackupPlan: { BackupPlanName: 'ehr-files', BackupPlanRule: [Match.anyValue(), Match.anyValue()] },
    });
  });

  test.each([
    [ClinicalTier.OPERATIONAL, ['Every12Hours 90']],
    [ClinicalTier.NON_PRODUCTION, ['Daily 35']],
  ])('of %s are backed up %s days', (tier, rules) => {
    const policy = BackupPolicy.forFiles(objectives(tier));
    expect(policy.rules.map(({ name, retention }) => `${name} ${retention.toDays()}`)).toEqual(rules);
  });

  test('fails when a restore would lose more than deletion and corruption may', () => {
    expect(() => BackupPolicy.forFiles(objectives())).toThrow(
      'AWS Backup takes snapshots of files, disks and Aurora DSQL hourly at most and may start an hour late, so no restore of these loses less than 2 hours, but the RPO for DELETION is 15 minutes; if the business-impact analysis allows it, state deletion: { rto, rpo } in ResilienceObjectives.forTier with an rpo of 2 hours or more, or keep what must not be lost in a database that is restored to a moment, such as Database.auroraPostgres(), or in Amazon S3; ',
    );
    expect(codeOf(() => BackupPolicy.forFiles(objectives()))).toBe('ObjectivesBeyondBackup');
  });

  test('fails when they are to be backed up continuously', () => {
    expect(() =>
      backedUp({ objectives: twoHours, files: [SHARE], filePolicy: BackupPolicy.continuous35DaysDaily90Days() }),
    ).toThrow('AWS Backup cannot back file shares up continuously, got a filePolicy with a continuous rule');
  });

  test('fails when their backups do not outlast an intruder nobody has noticed', () => {
    expect(() => backedUp({ objectives: twoHours, files: [SHARE], filePolicy: BackupPolicy.daily35Days() })).toThrow(
      'backups must outlast an intruder nobody has noticed, 60 days, got 35',
    );
  });
});
