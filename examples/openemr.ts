/**
 * OpenEMR, a full electronic health record, in one Region over three zones: AWS Fargate, Aurora MySQL, files on Amazon EFS.
 * Copies of its backups go to a second Region.
 *
 * Synthesizes as it stands, with placeholders. Before a deployment give your own values:
 *
 *   cdk deploy --all -c account=… -c domainName=emr.example.org -c zoneName=example.org -c hostedZoneId=Z…
 *
 * and make two secrets: `openemr/database`, whose `username` and `password` OpenEMR gives to a database user of its own, and
 * `openemr/admin`, with those of its first administrator. Letters and digits only: a shell of the image splits them at others.
 *
 * The first task sets OpenEMR up, which takes minutes; the others wait for the file `sites/docker-completed`. If the first task dies
 * before it is there, nothing goes on: remove `docker-leader` and `docker-initiated` from the share `sites`. Once it is set up,
 * take MYSQL_ROOT_USER and MYSQL_ROOT_PASS out of this file: nothing needs the rights of the database's owner any more.
 *
 * **Database and files belong together.** The keys that encrypt documents are in `sites/default/documents`, and are themselves
 * encrypted by others in the database. Restore both to the same moment, and rehearse it: one without the other cannot be read.
 *
 * Not in this example: Redis for sessions, background jobs outside the web tasks, upgrades of OpenEMR, another Region to run in.
 * Deploying builds the image and so needs Docker; synthesizing does not. Facts about OpenEMR are from openemr/openemr-devops.
 */
import * as path from 'node:path';
import { App, Duration, Stack, Validations } from 'aws-cdk-lib';
import { Platform } from 'aws-cdk-lib/aws-ecr-assets';
import { ContainerImage } from 'aws-cdk-lib/aws-ecs';
import { Key } from 'aws-cdk-lib/aws-kms';
import { HostedZone } from 'aws-cdk-lib/aws-route53';
import { AwsSolutionsChecks, HIPAASecurityChecks, NIST80053R5Checks } from 'cdk-nag';
import {
  AppSecret,
  AppSetting,
  ClinicalTier,
  Compute,
  Database,
  DatabaseCapacity,
  FileShare,
  HealthProfile,
  Ingress,
  MultiAzClinicalApp,
  NotificationTopic,
  ProbeProtocol,
  RecoveryVault,
  ResilienceObjectives,
} from '../src';

export const app = new App();

const context = (key: string): string | undefined => app.node.tryGetContext(key);
const account = context('account') ?? process.env.CDK_DEFAULT_ACCOUNT;
const region = context('region') ?? 'us-east-1';
const copyRegion = context('copyRegion') ?? 'us-west-2';
const domainName = context('domainName') ?? 'emr.example.org'; // placeholder
const zoneName = context('zoneName') ?? 'example.org'; // placeholder
const hostedZoneId = context('hostedZoneId') ?? 'Z0123456789EXAMPLE'; // placeholder

const systemName = 'openemr';
const stack = new Stack(app, 'OpenEmr', {
  description: 'OpenEMR over three Availability Zones',
  env: { account, region },
});

// ---- what the practice needs -----------------------------------------------------------------------------------
// placeholders, but for what backups can do: AWS Backup takes snapshots of files hourly and may start an hour late; the database is
// copied twice a day, in full every time, which a smaller RPO for the loss of the Region would multiply
const restored = { rto: Duration.hours(12), rpo: Duration.hours(2) };
const fromCopies = { rto: Duration.hours(48), rpo: Duration.hours(14) };
const objectives = ResilienceObjectives.forTier(ClinicalTier.CARE_ESSENTIAL, {
  biaReference: 'BIA-2026-031', // placeholder
  deletion: restored,
  corruption: { ...restored, rto: Duration.hours(48) },
  region: fromCopies,
  twoAvailabilityZones: fromCopies,
});

// ---- where OpenEMR keeps its files ---------------------------------------------------------------------------------
// The image starts as root, gives files to the user apache (1000) and takes rights away from it: only root may do that
const asRoot = { uid: 0, gid: 0 };
const files = {
  sites: FileShare.efs({ user: asRoot }), // documents, the keys that encrypt them, and the credentials of the database
  ssl: FileShare.efs({ user: asRoot }), // the certificate between load balancer and tasks: the first task makes it for all
  sessions: FileShare.efs({ user: { uid: 1000, gid: 1000 } }), // whoever is logged on, as the user apache
};

const ehr = new MultiAzClinicalApp(stack, 'OpenEmr', {
  systemName,
  objectives,
  files,
  compute: Compute.fargate({
    image: ContainerImage.fromAsset(path.join(__dirname, 'openemr'), { platform: Platform.LINUX_AMD64 }),
    port: 443,
    peakTasks: 4,
    cpu: 2048,
    memoryLimitMiB: 4096,
    user: 'root',
    acknowledgeRoot:
      "the image's entry point sets file owners and starts Apache on port 443 as root; Apache and PHP then run as apache",
    readonlyRootFilesystem: false, // the entry point writes its settings into /etc, and removes its installer
    mounts: [
      { share: 'sites', containerPath: '/var/www/localhost/htdocs/openemr/sites' },
      { share: 'ssl', containerPath: '/etc/ssl' },
      { share: 'sessions', containerPath: '/var/lib/openemr-sessions' },
    ],
    environment: {
      SWARM_MODE: AppSetting.of('yes'), // one task sets up, the others wait
      MYSQL_HOST: AppSetting.format('{database.writer}'),
      MYSQL_PORT: AppSetting.format('{database.port}'),
      MYSQL_DATABASE: AppSetting.of('openemr'), // made by OpenEMR: not the one that the cluster is made with
    },
    secrets: {
      MYSQL_ROOT_USER: AppSecret.databaseUsername(),
      MYSQL_ROOT_PASS: AppSecret.databasePassword(),
      MYSQL_USER: AppSecret.fromSecretName('openemr/database', 'username'),
      MYSQL_PASS: AppSecret.fromSecretName('openemr/database', 'password'),
      OE_USER: AppSecret.fromSecretName('openemr/admin', 'username'),
      OE_PASS: AppSecret.fromSecretName('openemr/admin', 'password'),
    },
  }),
  database: Database.auroraMysql({
    databaseName: 'ehr',
    capacity: DatabaseCapacity.serverlessV2({ minAcu: 2, maxAcu: 32 }),
  }),
  ingress: [
    Ingress.https({
      domainName,
      hostedZone: HostedZone.fromHostedZoneAttributes(stack, 'Zone', { hostedZoneId, zoneName }),
    }),
  ],
  // sends whoever is not logged on to the log-in page; proves Apache and PHP, not the database
  health: HealthProfile.http('/', {
    protocol: ProbeProtocol.HTTPS,
    healthyHttpCodes: '302',
    startup: Duration.minutes(15), // judgement for the first start, with an empty database; measure it
  }),
});

// ---- copies in another Region ---------------------------------------------------------------------------------------
const copies = new Stack(app, 'OpenEmrCopies', {
  description: 'Copies of the backups of OpenEMR',
  env: { account, region: copyRegion },
});
new RecoveryVault(copies, 'Vault', {
  systemName,
  policy: ehr.backup?.filePolicy, // the widest retentions of both policies
  encryptionKey: new Key(copies, 'Key', { enableKeyRotation: true, description: 'Encrypts copies of backups' }),
  notifications: new NotificationTopic(copies, 'Notifications').topic,
});
ehr.backup?.copyTo(RecoveryVault.arnIn(stack, systemName, copyRegion));
stack.addStackDependency(copies); // a copy needs the vault

Validations.of(app).addPlugins(new HIPAASecurityChecks(app), new NIST80053R5Checks(app), new AwsSolutionsChecks(app));
