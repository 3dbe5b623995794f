/**
 * A laboratory system that can wait for an hour: a pilot light in another Region, and a plan of ARC Region switch that takes every
 * step of the failover once somebody has approved it. Its backups are copied to an account of their own, restored every week, and
 * reported on.
 *
 * Placeholders as in the reference hospital, and two more: a repository of the same name in both Regions, and a role of people who may
 * approve. `-c warmStandby=true` keeps half of the peak running in the other Region. `-c headlessDatabase=true`, from the second deployment on, keeps
 * its database there without instances: cheaper, slower, and by commands, because a plan cannot make an instance.
 *
 *   cdk deploy --all --app 'npx ts-node examples/laboratory-region-switch.ts' -c account=… -c domainName=lab.example.org
 *
 * From the second deployment on with `-c returnDocuments=true`: reports that are written in the other Region come back. With
 * `-c planAsks=true` the plan returns to a Region that was lost only when everything was reconciled there.
 */
import { App, Duration, Stack, Validations } from 'aws-cdk-lib';
import { SecurityGroup } from 'aws-cdk-lib/aws-ec2';
import { Role } from 'aws-cdk-lib/aws-iam';
import { SubnetGroup } from 'aws-cdk-lib/aws-rds';
import { HostedZone } from 'aws-cdk-lib/aws-route53';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { AwsSolutionsChecks, HIPAASecurityChecks, NIST80053R5Checks } from 'cdk-nag';
import {
  AppSecret,
  AppSetting,
  BackupAudit,
  BackupPolicy,
  ClinicalTier,
  Compute,
  CrossRegionDr,
  Database,
  DocumentStore,
  DrStrategy,
  Failover,
  HealthProfile,
  ImageReplication,
  Ingress,
  IsolatedVault,
  MultiAzClinicalApp,
  ObjectLock,
  RecoveryReconciliation,
  RecoveryRunbook,
  ReplicatedImage,
  ResilienceHubService,
  ResilienceObjectives,
  RestoreTest,
  RestoreTesting,
} from '../src';

export const app = new App();

const context = (key: string): string | undefined => app.node.tryGetContext(key);
const ownAccount = context('account') ?? process.env.CDK_DEFAULT_ACCOUNT;
const account = ownAccount ?? '111111111111'; // placeholder
const primaryRegion = context('primaryRegion') ?? 'us-east-1';
const recoveryRegion = context('recoveryRegion') ?? 'us-west-2';
const zoneName = context('zoneName') ?? 'example.org'; // placeholder
const hostedZoneId = context('hostedZoneId') ?? 'Z0123456789EXAMPLE'; // placeholder

const headless = context('headlessDatabase') !== undefined;

const policy = BackupPolicy.continuous35DaysDaily90Days();

const primaryStack = new Stack(app, 'Laboratory', {
  description: 'Laboratory system over three Availability Zones',
  env: { account, region: primaryRegion },
});

const laboratory = new MultiAzClinicalApp(primaryStack, 'Laboratory', {
  systemName: 'laboratory',
  objectives: ResilienceObjectives.forTier(ClinicalTier.CARE_ESSENTIAL, { biaReference: 'BIA-2026-021' }), // placeholder
  compute: Compute.fargate({
    image: new ReplicatedImage({ repositoryName: 'laboratory', digest: `sha256:${'0'.repeat(64)}` }), // placeholder
    port: 8080,
    peakTasks: 4,
    environment: {
      DATABASE_URL: AppSetting.format(
        'jdbc:postgresql://{database.writer}:{database.port},{database.reader}:{database.port}/{database.name}?targetServerType=preferPrimary&sslmode=require',
      ),
    },
    secrets: { DATABASE_USER: AppSecret.databaseUsername(), DATABASE_PASSWORD: AppSecret.databasePassword() },
  }),
  database: Database.auroraPostgres({ databaseName: 'laboratory' }),
  documents: DocumentStore.s3({ objectLock: ObjectLock.governance(Duration.days(30)) }),
  backup: policy,
  ingress: [
    Ingress.https({
      domainName: context('domainName') ?? 'lab.example.org', // placeholder
      hostedZone: HostedZone.fromHostedZoneAttributes(primaryStack, 'Zone', { hostedZoneId, zoneName }),
    }),
  ],
  health: HealthProfile.http('/health', { startup: Duration.seconds(120) }),
});

// ---- backups that outlive the account, are restored every week, and are reported on ---------------------------------
const vaultAccount = context('vaultAccount') ?? (ownAccount ? undefined : '222222222222'); // placeholder
if (!vaultAccount) {
  throw new Error('-c vaultAccount=… is missing: an account of your own organization, to which backups are copied');
}
const vaultStack = new Stack(app, 'LaboratoryVault', {
  description: 'Copies of the laboratory system, in an account that nobody administers from its own',
  env: { account: vaultAccount, region: primaryRegion },
});
new IsolatedVault(vaultStack, 'Copies', { systemName: 'laboratory', sourceAccounts: [account], policy });

if (laboratory.backup && laboratory.database?.cluster && laboratory.documents) {
  const { vpc, databaseSubnets } = laboratory.network;
  laboratory.backup.copyTo(IsolatedVault.arnIn(primaryStack, 'laboratory', vaultAccount, primaryRegion));
  const subnets = new SubnetGroup(primaryStack, 'RestoreSubnets', {
    description: 'Where restored databases are looked at',
    vpc,
    vpcSubnets: databaseSubnets,
  });
  const nobody = new SecurityGroup(primaryStack, 'Nobody', { vpc, allowAllOutbound: false });
  new RestoreTesting(primaryStack, 'RestoreTesting', {
    systemName: 'laboratory',
    backup: laboratory.backup,
    notifications: laboratory.notifications,
    deadLetterQueue: laboratory.undeliveredEvents?.queue,
    tests: [
      RestoreTest.aurora({
        clusterArn: laboratory.database.cluster.clusterArn,
        subnetGroupName: subnets.subnetGroupName,
        securityGroups: [nobody],
      }),
      RestoreTest.s3(laboratory.documents.bucket.bucketArn),
    ],
  });
  new BackupAudit(primaryStack, 'BackupAudit', { systemName: 'laboratory', backup: laboratory.backup });
}

new ImageReplication(primaryStack, 'Images', {
  destinationRegions: [recoveryRegion],
  repositoryPrefixes: ['laboratory'],
});

const recoveryStack = new Stack(app, 'LaboratoryDr', {
  description: 'The same laboratory system, waiting in another Region',
  env: { account, region: recoveryRegion },
});

const dr = new CrossRegionDr(recoveryStack, 'Dr', {
  primary: laboratory,
  // no strategy: an hour until people can read is enough for a pilot light, the cheapest; with -c warmStandby=true some of it runs
  strategy: headless
    ? DrStrategy.pilotLight({ headlessDatabase: true })
    : context('warmStandby')
      ? DrStrategy.warmStandby({ capacityPercent: 50 })
      : undefined,
  failover: headless
    ? Failover.dns({ decisionTime: Duration.minutes(20) })
    : Failover.regionSwitch({
        approvers: Role.fromRoleName(recoveryStack, 'Approvers', 'laboratory-incident-leads'), // placeholder
        decisionTime: Duration.minutes(20),
      }),
  activeRegion: context('activeRegion'),
  returnDocuments: String(context('returnDocuments')) === 'true',
});

for (const topic of [laboratory.notifications, dr.landing.notifications.topic]) {
  topic.addSubscription(new EmailSubscription(context('email') ?? 'on-call@example.org')); // placeholder
}

new ImageReplication(recoveryStack, 'Images', {
  destinationRegions: [primaryRegion], // for the day on which images are pushed here
  repositoryPrefixes: ['laboratory'],
});
// what was resulted in a lost Region and never reached the other one is kept and compared before anybody returns
new RecoveryReconciliation(recoveryStack, 'Reconciliation', {
  dr,
  approvers: Role.fromRoleName(recoveryStack, 'Records', 'laboratory-records'), // placeholder
  planAsks: String(context('planAsks')) === 'true',
});
new RecoveryRunbook(recoveryStack, 'Runbook', { dr, decidedBy: 'the laboratory director on duty' }); // placeholder
new ResilienceHubService(recoveryStack, 'ResilienceHub', { app: laboratory, dr }); // charged by the month

Validations.of(app).addPlugins(new HIPAASecurityChecks(app), new NIST80053R5Checks(app), new AwsSolutionsChecks(app));
