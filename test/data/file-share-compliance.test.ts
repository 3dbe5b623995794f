import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { App, Duration, Size, type Stack, Validations } from 'aws-cdk-lib';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { AwsSolutionsChecks, HIPAASecurityChecks, NIST80053R5Checks } from 'cdk-nag';
import { Construct } from 'constructs';
import { ClinicalTier, DataProtection, NotificationTopic, ResilienceObjectives } from '../../src/core';
import {
  ActiveDirectory,
  ClinicalBackup,
  EfsLifecycle,
  FileShare,
  type FileShareConfig,
  type IFileShare,
  SnapLock,
} from '../../src/data';
import { ACCOUNT, dataStack } from '../support/data';
import { bindFiles } from '../support/files';

const flags = JSON.parse(fs.readFileSync(require.resolve('aws-cdk-lib/recommended-feature-flags.json'), 'utf-8'));
const strict = {
  '@aws-cdk/core:validateAgainstDefaultRules': true,
  '@aws-cdk/core:strictCfnValidateErrors': true,
};

/** Every kind of file share with its backup, judged by the three packs and by CDK's own template validation. */
function violations(context: Record<string, unknown>, account: string | undefined, keep: boolean): string[] {
  process.env.CDK_VALIDATION = 'true';
  const outdir = fs.mkdtempSync(path.join(os.tmpdir(), 'files-'));
  const app = new App({ outdir, context: { ...context, ...strict } });
  Validations.of(app).addPlugins(new HIPAASecurityChecks(app), new NIST80053R5Checks(app), new AwsSolutionsChecks(app));
  build(
    app,
    account,
    keep ? DataProtection.retain() : DataProtection.destroyWithStack({ acknowledgeDataLoss: 'test' }),
  );
  try {
    app.synth();
  } catch {
    // findings throw; they are read below
  } finally {
    process.env.CDK_VALIDATION = 'false';
  }
  const report = JSON.parse(fs.readFileSync(path.join(outdir, 'validation-report.json'), 'utf-8'));
  expect(report.pluginReports).toHaveLength(4); // three packs and template validation
  const found = report.pluginReports.flatMap((plugin: { violations: unknown[] }) => plugin.violations) as {
    ruleName: string;
    violatingConstructs: { constructPath?: string }[];
  }[];
  return found.flatMap(({ ruleName, violatingConstructs }) =>
    violatingConstructs
      .map(({ constructPath }) => constructPath ?? '')
      .filter((constructPath) => !/\/(Vpc|Credentials)/.test(constructPath)) // of the test, not of this library
      .map((constructPath) => `${ruleName} at ${constructPath}`),
  );
}

function build(app: App, account: string | undefined, dataProtection: DataProtection): void {
  const stack = dataStack({ account, region: 'us-east-1' }, 3, app);
  const activeDirectory = ActiveDirectory.selfManaged({
    domainName: 'corp.example.org',
    dnsIps: ['10.1.0.10', '10.2.0.10'],
    credentials: new secretsmanager.Secret(stack, 'Credentials', {
      encryptionKey: new kms.Key(stack, 'CredentialsKey', { enableKeyRotation: true }),
    }),
  });
  const storageCapacity = Size.tebibytes(2);
  const shares: { [name: string]: IFileShare } = {
    sites: FileShare.efs(),
    scans: FileShare.efs({ lifecycle: EfsLifecycle.archive(), user: { uid: 0, gid: 0 } }),
    archive: FileShare.fsxWindows({ activeDirectory, storageCapacity }),
    desktop: FileShare.fsxWindows({ activeDirectory: ActiveDirectory.managed('d-1234567890'), storageCapacity }),
    blobs: FileShare.fsxOntap({ activeDirectory, storageCapacity }),
    research: FileShare.fsxOntap({
      storageCapacity,
      snapLock: SnapLock.enterprise({ retention: Duration.days(730) }),
      endpointIpAddressRange: '10.0.255.192/26',
    }),
  };
  const topic = new NotificationTopic(stack, 'Topic').topic;
  const bound = Object.entries(shares).map(([shareName, share]) =>
    bindFiles(stack, share, { shareName, dataProtection }),
  );
  bound.push(copyOf(bound[0], stack, dataProtection));
  for (const alarm of bound.flatMap(({ alarms }) => alarms)) {
    alarm.addAlarmAction(new SnsAction(topic));
  }
  new ClinicalBackup(stack, 'Backup', {
    systemName: 'ehr',
    resources: [],
    files: bound.flatMap(({ backupResources }) => backupResources),
    objectives: ResilienceObjectives.forTier(ClinicalTier.OPERATIONAL),
    dataProtection,
  });
}

/** What receives the files, where it is mounted, and what feeds it: in one stack, because packs judge one at a time. */
function copyOf({ replication }: FileShareConfig, stack: Stack, dataProtection: DataProtection): FileShareConfig {
  const encryptionKey = new kms.Key(stack, 'LandingKey', { enableKeyRotation: true });
  const replicaOf = replication?.land(new Construct(stack, 'Landed'), { encryptionKey, dataProtection });
  replication?.replicateTo({ region: 'us-west-2', fileSystemId: 'fs-0123456789abcdef0', rpo: Duration.minutes(15) });
  const alarms = replication?.alarms ?? [];
  const copy = bindFiles(stack, FileShare.efs(), { shareName: 'copy', dataProtection, replicaOf });
  return { ...copy, alarms: [...copy.alarms, ...alarms] };
}

describe('no finding of the HIPAA Security, NIST 800-53 r5 and AWS Solutions packs, nor of template validation, remains', () => {
  test('of any kind of file share, with the recommended feature flags', () => {
    expect(violations(flags, ACCOUNT, true)).toEqual([]);
  });

  test('without feature flags, in an account only known at deployment, where nothing is kept', () => {
    expect(violations({}, undefined, false)).toEqual([]);
  });
});
