/**
 * The reference hospital: a HAPI FHIR server on PostgreSQL that survives a zone and a Region, with a security baseline in both.
 *
 * Synthesizes as it stands, with placeholders. Before a deployment give your own values; the account of the vault is another one of your
 * organization, and where yours is known and that is not, nothing is copied to a stranger's:
 *
 *   cdk deploy --all -c account=… -c domainName=ehr.example.org -c zoneName=example.org -c hostedZoneId=Z… \
 *     -c vaultAccount=… -c email=on-call@…
 *
 * `-c sandbox=true` makes it small, cheap, and gone with its stacks. `-c activeRegion=us-west-2` after a failover keeps the
 * recovery Region at full capacity. `-c returnDocuments=true` from the second deployment on replicates documents that are written there
 * back; at the first there is no bucket to replicate to.
 *
 * Deploying builds the image and so needs Docker; synthesizing does not. Facts about HAPI FHIR are from the documentation and the Helm chart of hapi-fhir-jpaserver-starter.
 */
import * as path from 'node:path';
import { App, Duration, Stack, Validations } from 'aws-cdk-lib';
import { SecurityGroup } from 'aws-cdk-lib/aws-ec2';
import { Platform } from 'aws-cdk-lib/aws-ecr-assets';
import { ContainerImage } from 'aws-cdk-lib/aws-ecs';
import { SubnetGroup } from 'aws-cdk-lib/aws-rds';
import { HostedZone } from 'aws-cdk-lib/aws-route53';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { AwsSolutionsChecks, HIPAASecurityChecks, NIST80053R5Checks } from 'cdk-nag';
import {
  AppSecret,
  AppSetting,
  BackupAudit,
  BucketMalwareProtection,
  ClinicalTier,
  Compute,
  CrossRegionDr,
  Database,
  DatabaseCapacity,
  DataClass,
  DataProtection,
  DocumentStore,
  DrStrategy,
  Egress,
  Failover,
  HealthProfile,
  Ingress,
  IsolatedVault,
  MultiAzClinicalApp,
  Network,
  ObjectLock,
  ResilienceObjectives,
  RestoreTest,
  RestoreTesting,
  SecurityBaseline,
} from '../src';

export const app = new App();

const context = (key: string): string | undefined => app.node.tryGetContext(key);
const account = context('account') ?? process.env.CDK_DEFAULT_ACCOUNT;
const vaultAccount = context('vaultAccount') ?? (account ? undefined : '222222222222'); // placeholder
const primaryRegion = context('primaryRegion') ?? 'us-east-1';
const recoveryRegion = context('recoveryRegion') ?? 'us-west-2';
const domainName = context('domainName') ?? 'ehr.example.org'; // placeholder
const zoneName = context('zoneName') ?? 'example.org'; // placeholder
const hostedZoneId = context('hostedZoneId') ?? 'Z0123456789EXAMPLE'; // placeholder
const email = context('email') ?? 'on-call@example.org'; // placeholder
const sandbox = String(context('sandbox')) === 'true';

const reconnectTime = Duration.minutes(15);

const dataProtection = sandbox
  ? DataProtection.destroyWithStack({ acknowledgeDataLoss: 'sandbox with synthetic patients' })
  : DataProtection.retain();

// ---- what the hospital needs ------------------------------------------------------------------------------
// S3 Replication Time Control promises 15 minutes, so a smaller RPO for documents would be a wish
const otherRegion = { rto: Duration.hours(4), rtoReadOnly: Duration.minutes(15), rpo: Duration.minutes(15) };
const objectives = sandbox
  ? ResilienceObjectives.forTier(ClinicalTier.NON_PRODUCTION, { biaReference: 'sandbox: no care depends on it' })
  : ResilienceObjectives.forTier(ClinicalTier.LIFE_CRITICAL, {
      biaReference: 'BIA-2026-014', // placeholder
      region: otherRegion,
      twoAvailabilityZones: otherRegion, // with two of three zones gone, the other Region takes over
    });

// ---- the primary Region ----------------------------------------------------------------------------------------
const primaryStack = new Stack(app, 'Ehr', {
  description: 'HAPI FHIR server over three Availability Zones',
  env: { account, region: primaryRegion },
});

const ehr = new MultiAzClinicalApp(primaryStack, 'Ehr', {
  systemName: sandbox ? 'hapi-fhir-sandbox' : 'hapi-fhir',
  objectives,
  dataProtection,
  dataClass: sandbox ? DataClass.SYNTHETIC : DataClass.PHI,
  network: sandbox
    ? Network.dedicated({
        zoneCount: 2,
        interfaceEndpoints: [],
        egress: Egress.sharedNatGateway({ acknowledgeZoneDependency: 'sandbox: one NAT gateway is cheaper' }),
      })
    : Network.dedicated(),
  compute: Compute.fargate({
    // an asset is in the registry of both Regions, so that no start waits for the internet or for the other Region
    image: ContainerImage.fromAsset(path.join(__dirname, 'hapi-fhir'), { platform: Platform.LINUX_AMD64 }),
    port: 8080,
    peakTasks: sandbox ? 1 : 6,
    cpu: 1024,
    memoryLimitMiB: 4096,
    user: '65532', // the distroless image's own
    writablePaths: ['/tmp', '/app/target'],
    environment: {
      // a standby's writer answers only after promotion: until then the driver takes the reader, and reading works
      SPRING_DATASOURCE_URL: AppSetting.format(
        'jdbc:postgresql://{database.writer}:{database.port},{database.reader}:{database.port}/{database.name}?targetServerType=preferPrimary&sslmode=require',
      ),
      SPRING_DATASOURCE_DRIVER_CLASS_NAME: AppSetting.of('org.postgresql.Driver'),
      SPRING_DATASOURCE_HIKARI_MAXIMUM_POOL_SIZE: AppSetting.of('10'),
      // longer than tasks take to be replaced after a rotation of the password, shorter than a promotion may stay unnoticed
      SPRING_DATASOURCE_HIKARI_MAX_LIFETIME: AppSetting.of(String(reconnectTime.toMilliseconds())),
      // without it the server speaks H2's dialect to PostgreSQL
      HIBERNATE_DIALECT: AppSetting.of('ca.uhn.fhir.jpa.model.dialect.HapiFhirPostgresDialect'),
      SPRING_JPA_PROPERTIES_HIBERNATE_SEARCH_ENABLED: AppSetting.of('false'), // Lucene's index is local to a node
      MANAGEMENT_ENDPOINT_HEALTH_PROBES_ADD_ADDITIONAL_PATHS: AppSetting.of('true'), // /livez and /readyz on the main port
      JAVA_TOOL_OPTIONS: AppSetting.of('-XX:MaxRAMPercentage=75'),
    },
    secrets: {
      SPRING_DATASOURCE_USERNAME: AppSecret.databaseUsername(),
      SPRING_DATASOURCE_PASSWORD: AppSecret.databasePassword(),
    },
  }),
  database: Database.auroraPostgres({
    databaseName: 'hapi',
    capacity: sandbox
      ? DatabaseCapacity.serverlessV2({ minAcu: 0.5, maxAcu: 2 })
      : DatabaseCapacity.serverlessV2({ minAcu: 8, maxAcu: 32 }),
  }),
  // for a month nobody deletes a version of a document, except who may bypass governance
  documents: sandbox ? DocumentStore.s3() : DocumentStore.s3({ objectLock: ObjectLock.governance(Duration.days(30)) }),
  ingress: [
    Ingress.https({
      domainName,
      hostedZone: HostedZone.fromHostedZoneAttributes(primaryStack, 'Zone', { hostedZoneId, zoneName }),
    }),
  ],
  health: HealthProfile.http('/readyz', {
    startup: Duration.seconds(330), // the Helm chart allows 30 s and ten times 30 s
    deep: { path: '/fhir/metadata' },
  }),
});

if (ehr.documents) {
  // documents come from patients and other hospitals; billed per gigabyte that is scanned
  new BucketMalwareProtection(primaryStack, 'DocumentMalwareProtection', { bucket: ehr.documents.bucket });
}

// ---- the recovery Region -------------------------------------------------------------------------------------
const recoveryStack = new Stack(app, 'EhrDr', {
  description: 'The same HAPI FHIR server, smaller, in another Region',
  env: { account, region: recoveryRegion },
});

const dr = new CrossRegionDr(recoveryStack, 'Dr', {
  primary: ehr,
  strategy: DrStrategy.warmStandby({ capacityPercent: 50 }),
  failover: Failover.dns(),
  reconnectTime,
  activeRegion: context('activeRegion'),
  returnDocuments: String(context('returnDocuments')) === 'true',
});

// ---- backups that outlive the account, are restored every week, and are reported on -----------------------------
function restoreWeekly(system: MultiAzClinicalApp): void {
  const { systemName, network, database, documents, backup, notifications, undeliveredEvents } = system;
  const clusterArn = database?.cluster?.clusterArn ?? database?.replicaCluster?.attrDbClusterArn;
  if (!clusterArn || !documents || !backup) {
    return;
  }
  const subnets = new SubnetGroup(system, 'RestoreSubnets', {
    description: 'Where restored databases are looked at',
    vpc: network.vpc,
    vpcSubnets: network.databaseSubnets,
  });
  const nobody = new SecurityGroup(system, 'Nobody', { vpc: network.vpc, allowAllOutbound: false });
  new RestoreTesting(system, 'RestoreTesting', {
    systemName,
    backup,
    notifications,
    deadLetterQueue: undeliveredEvents?.queue,
    tests: [
      RestoreTest.aurora({ clusterArn, subnetGroupName: subnets.subnetGroupName, securityGroups: [nobody] }),
      RestoreTest.s3(documents.bucket.bucketArn),
    ],
  });
  new BackupAudit(system, 'BackupAudit', { systemName, backup });
}

if (!sandbox) {
  restoreWeekly(ehr);
  restoreWeekly(dr.recovery);
}
if (!sandbox && ehr.backup && vaultAccount) {
  const vaultStack = new Stack(app, 'EhrVault', {
    description: 'Copies of the HAPI FHIR server, in an account that nobody administers from its own',
    env: { account: vaultAccount, region: primaryRegion },
  });
  const { systemName, backup } = ehr;
  new IsolatedVault(vaultStack, 'Copies', {
    systemName,
    sourceAccounts: [account ?? '111111111111'], // placeholder
    policy: backup.policy,
  });
  backup.copyTo(IsolatedVault.arnIn(primaryStack, systemName, vaultAccount, primaryRegion));
}

// ---- see an intruder, in both ---------------------------------------------------------------------------------
const regions = { homeRegion: primaryRegion, linkedRegions: [recoveryRegion] };
const linked = new Stack(app, 'SecurityLinked', {
  description: 'Security baseline of the recovery Region',
  env: { account, region: recoveryRegion },
});
const home = new Stack(app, 'SecurityHome', {
  description: 'Security baseline of the primary Region, where findings of both come together',
  env: { account, region: primaryRegion },
});
// GuardDuty's agent makes an endpoint in a VPC it finds, which then cannot be deleted with its stack
const guardDuty = sandbox ? { runtimeAgents: [] } : undefined;
const baselines = [linked, home].map(
  (stack) => new SecurityBaseline(stack, 'Security', { ...regions, guardDuty, dataProtection }),
);
home.addStackDependency(linked); // findings can only be aggregated from where the services are on
if (!sandbox) {
  primaryStack.addStackDependency(home); // AWS Backup Audit Manager evaluates through the recorder of AWS Config
  recoveryStack.addStackDependency(linked);
}

// ---- wake somebody ------------------------------------------------------------------------------------------------------
for (const topic of [
  ehr.notifications,
  dr.landing.notifications.topic,
  ...baselines.map(({ findingRouting }) => findingRouting.topic),
]) {
  topic.addSubscription(new EmailSubscription(email));
}

Validations.of(app).addPlugins(new HIPAASecurityChecks(app), new NIST80053R5Checks(app), new AwsSolutionsChecks(app));
