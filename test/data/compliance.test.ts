import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { App, Stack, Validations } from 'aws-cdk-lib';
import type * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as rds from 'aws-cdk-lib/aws-rds';
import { AwsSolutionsChecks, HIPAASecurityChecks, NIST80053R5Checks } from 'cdk-nag';
import { Construct } from 'constructs';
import { ClinicalTier, DataProtection, NotificationTopic } from '../../src/core';
import {
  ClinicalBackup,
  Database,
  type DatabaseBindOptions,
  DatabaseCapacity,
  type DatabaseConfig,
  DocumentStore,
  type IDatabase,
  MalwareScan,
  OracleEdition,
  RecoveryVault,
} from '../../src/data';
import { ACCOUNT, bindDatabase, dataStack, KEY_ALIAS_ARN, OREGON, objectives, VIRGINIA } from '../support/data';
import { SIZE } from '../support/rds';

interface Violation {
  readonly ruleName: string;
  readonly constructs: string[];
}

const flags = JSON.parse(fs.readFileSync(require.resolve('aws-cdk-lib/recommended-feature-flags.json'), 'utf-8'));
const strict = {
  '@aws-cdk/core:validateAgainstDefaultRules': true,
  '@aws-cdk/core:strictCfnValidateErrors': true,
};

/** Everything this module makes, in two Regions, judged by the three packs and by CDK's own template validation. */
function violations(context: Record<string, unknown>, build: (app: App) => void): Violation[] {
  process.env.CDK_VALIDATION = 'true';
  const outdir = fs.mkdtempSync(path.join(os.tmpdir(), 'data-'));
  const app = new App({ outdir, context: { ...context, ...strict } });
  Validations.of(app).addPlugins(new HIPAASecurityChecks(app), new NIST80053R5Checks(app), new AwsSolutionsChecks(app));
  build(app);
  try {
    app.synth();
  } catch {
    // findings throw; they are read below
  } finally {
    process.env.CDK_VALIDATION = 'false';
  }
  const report = JSON.parse(fs.readFileSync(path.join(outdir, 'validation-report.json'), 'utf-8'));
  const plugins = report.pluginReports.map((plugin: { pluginName: string }) => plugin.pluginName);
  expect(plugins).toEqual(expect.arrayContaining(['HIPAA.Security', 'NIST.800.53.R5', 'AwsSolutions']));
  expect(plugins).toHaveLength(4); // and template validation
  const found = report.pluginReports.flatMap((plugin: { violations: unknown[] }) => plugin.violations) as {
    ruleName: string;
    violatingConstructs: { constructPath?: string }[];
  }[];
  return found
    .map(({ ruleName, violatingConstructs }) => ({
      ruleName,
      constructs: violatingConstructs.map((c) => c.constructPath ?? '').filter((p) => !p.includes('/Vpc')),
    }))
    .filter(({ constructs }) => constructs.length > 0);
}

function twoRegions(app: App, kind: 'serverless' | 'provisioned', account?: string): void {
  const database = (kind === 'serverless' ? Database.auroraPostgres : Database.auroraMysql)({
    databaseName: 'hapi',
    capacity:
      kind === 'provisioned'
        ? DatabaseCapacity.provisioned({
            instanceType: ec2.InstanceType.of(ec2.InstanceClass.R7G, ec2.InstanceSize.LARGE),
            readers: 2,
          })
        : undefined,
  });
  const documents = DocumentStore.s3();
  const primary = dataStack({ account, region: 'us-east-1' }, 3, app);
  const landing = new Stack(app, 'Landing', { env: { account, region: 'us-west-2' } });
  const recovery = dataStack({ account, region: 'us-west-2' }, 3, app);

  const key = new kms.Key(landing, 'Key', { enableKeyRotation: true, alias: 'ehr-recovery' });
  const vault = new RecoveryVault(landing, 'RecoveryVault', {
    systemName: 'ehr',
    encryptionKey: key,
    notifications: new NotificationTopic(landing, 'Topic').topic,
  });
  documents.bind(new Construct(landing, 'Documents'), {
    systemName: 'ehr',
    dataProtection: DataProtection.retain(),
    encryptionKey: key,
  });

  const topic = new NotificationTopic(primary, 'Topic').topic;
  const ours = bindDatabase(primary, database);
  const bucket = documents.bind(new Construct(primary, 'Documents'), {
    systemName: 'ehr',
    dataProtection: DataProtection.retain(),
  });
  const backup = new ClinicalBackup(primary, 'Backup', {
    systemName: 'ehr',
    objectives: objectives(),
    resources: [...ours.backupResources, ...bucket.backupResources],
    malwareScan: MalwareScan.ofChanges(),
    notifications: topic,
  });
  backup.copyTo(vault.vaultArn);
  bucket.replication?.replicateTo({
    region: 'us-west-2',
    bucketName: bucket.replication.bucketNameIn('us-west-2', landing.account),
    encryptionKeyAlias: 'alias/ehr-recovery',
  });
  const source = ours.replication?.replicateTo({
    region: 'us-west-2',
    encryptionKeyArn: `arn:aws:kms:us-west-2:${ACCOUNT}:alias/ehr-recovery`,
  });
  addActions([...ours.alarms, ...(ours.replication?.alarms ?? []), ...(bucket.replication?.alarms ?? [])], topic);

  const replica = bindDatabase(recovery, database, { replicaOf: source && { ...source, encryptionKey: key } });
  addActions(replica.alarms, new NotificationTopic(recovery, 'Topic').topic);
  new ClinicalBackup(recovery, 'Backup', {
    systemName: 'ehr',
    objectives: objectives(),
    resources: replica.backupResources,
  });
}

function addActions(alarms: cloudwatch.Alarm[], topic: NotificationTopic['topic']): void {
  for (const alarm of alarms) {
    alarm.addAlarmAction(new SnsAction(topic));
  }
}

/** One Region, one instance, nothing kept. */
function sandbox(app: App): void {
  const stack = dataStack({ account: ACCOUNT, region: 'us-east-1' }, 2, app);
  const dataProtection = DataProtection.destroyWithStack({ acknowledgeDataLoss: 'synthetic patients' });
  const tier = objectives(ClinicalTier.NON_PRODUCTION);
  const topic = new NotificationTopic(stack, 'Topic').topic;
  const database = bindDatabase(stack, undefined, { dataProtection, objectives: tier });
  const documents = DocumentStore.s3().bind(new Construct(stack, 'Documents'), { systemName: 'ehr', dataProtection });
  addActions(database.alarms, topic);
  new ClinicalBackup(stack, 'Backup', {
    systemName: 'ehr',
    objectives: tier,
    dataProtection,
    resources: [...database.backupResources, ...documents.backupResources],
  });
}

/** A read replica of a DB instance in another Region. */
function readReplica(app: App): void {
  const database = Database.rdsMysql({ ...SIZE, databaseName: 'lis' });
  const primary = dataStack(VIRGINIA, 3, app);
  const recovery = dataStack(OREGON, 3, app);
  const ours = bindAlone(primary, database);
  const source = ours.replication?.replicateTo({ region: 'us-west-2', encryptionKeyArn: KEY_ALIAS_ARN });
  const encryptionKey = new kms.Key(recovery, 'Key', { enableKeyRotation: true });
  bindAlone(recovery, database, { replicaOf: source && { ...source, encryptionKey } });
}

/** A database with what a system gives it: somebody to tell, and backups. */
function bindAlone(stack: Stack, database: IDatabase, options: Partial<DatabaseBindOptions> = {}): DatabaseConfig {
  const notifications = new NotificationTopic(stack, 'Topic').topic;
  const bound = bindDatabase(stack, database, { notifications, ...options });
  addActions(bound.alarms, notifications);
  new ClinicalBackup(stack, 'Backup', {
    systemName: 'ehr',
    objectives: objectives(),
    resources: bound.backupResources,
  });
  return bound;
}

const MULTI_AZ_CLUSTER = { ...SIZE, databaseName: 'lis', multiAzCluster: true };

describe('no finding of the HIPAA Security, NIST 800-53 r5 and AWS Solutions packs, nor of template validation, remains', () => {
  test('with serverless capacity and the recommended feature flags', () => {
    expect(violations(flags, (app) => twoRegions(app, 'serverless', ACCOUNT))).toEqual([]);
  });

  test('with MySQL of provisioned capacity, without feature flags, in an account only known at deployment', () => {
    expect(violations({}, (app) => twoRegions(app, 'provisioned'))).toEqual([]);
  });

  test('of a read replica and its source', () => {
    expect(violations(flags, readReplica)).toEqual([]);
  });

  test.each([
    ['a Multi-AZ DB cluster', Database.rdsPostgres(MULTI_AZ_CLUSTER)],
    ['SQL Server in a directory', Database.rdsSqlServer({ ...SIZE, directoryId: 'd-90670a8d36' })],
    [
      'Oracle',
      Database.rdsOracle({
        ...SIZE,
        edition: OracleEdition.ENTERPRISE,
        licenseModel: rds.LicenseModel.BRING_YOUR_OWN_LICENSE,
      }),
    ],
  ])('of %s', (_, database) => {
    expect(violations(flags, (app) => bindAlone(dataStack(VIRGINIA, 3, app), database))).toEqual([]);
  });

  test('in a sandbox that keeps nothing', () => {
    expect(violations(flags, sandbox)).toEqual([]);
  });
});
