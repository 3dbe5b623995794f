/**
 * The reference hospital as a function, because it is built many times in one process. It mirrors
 * examples/hapi-fhir-two-regions.ts as that stands without context: test/contract/benchmark-twin.test.ts compares the templates.
 */
import { type App, Duration, Stack, Validations } from 'aws-cdk-lib';
import { SecurityGroup } from 'aws-cdk-lib/aws-ec2';
import { Platform } from 'aws-cdk-lib/aws-ecr-assets';
import { ContainerImage } from 'aws-cdk-lib/aws-ecs';
import { SubnetGroup } from 'aws-cdk-lib/aws-rds';
import { HostedZone } from 'aws-cdk-lib/aws-route53';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
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
  DocumentStore,
  DrStrategy,
  Failover,
  HealthProfile,
  Ingress,
  IsolatedVault,
  MultiAzClinicalApp,
  ObjectLock,
  ResilienceObjectives,
  RestoreTest,
  RestoreTesting,
  SecurityBaseline,
} from '../src';
import {
  DOMAIN_NAME,
  ENVIRONMENT,
  HOSTED_ZONE,
  IMAGE_DIRECTORY,
  ON_CALL,
  PRIMARY_REGION,
  RECOVERY_REGION,
  SYSTEM_ACCOUNT,
  SYSTEM_NAME,
  VAULT_ACCOUNT,
} from './hospital-facts';

const OTHER_REGION = { rto: Duration.hours(4), rtoReadOnly: Duration.minutes(15), rpo: Duration.minutes(15) };

/** One system in two Regions. Another suffix makes another system beside it. */
export function buildReferenceSystem(app: App, suffix = ''): { primary: Stack; recovery: Stack } {
  const primaryStack = new Stack(app, `Ehr${suffix}`, {
    description: 'HAPI FHIR server over three Availability Zones',
    env: { region: PRIMARY_REGION },
  });
  const ehr = new MultiAzClinicalApp(primaryStack, 'Ehr', {
    systemName: `${SYSTEM_NAME}${suffix}`,
    objectives: ResilienceObjectives.forTier(ClinicalTier.LIFE_CRITICAL, {
      biaReference: 'BIA-2026-014',
      region: OTHER_REGION,
      twoAvailabilityZones: OTHER_REGION,
    }),
    compute: Compute.fargate({
      image: ContainerImage.fromAsset(IMAGE_DIRECTORY, { platform: Platform.LINUX_AMD64 }),
      port: 8080,
      peakTasks: 6,
      cpu: 1024,
      memoryLimitMiB: 4096,
      user: '65532',
      writablePaths: ['/tmp', '/app/target'],
      environment: {
        SPRING_DATASOURCE_URL: AppSetting.format(
          'jdbc:postgresql://{database.writer}:{database.port},{database.reader}:{database.port}/{database.name}?targetServerType=preferPrimary&sslmode=require',
        ),
        ...Object.fromEntries(Object.entries(ENVIRONMENT).map(([name, value]) => [name, AppSetting.of(value)])),
      },
      secrets: {
        SPRING_DATASOURCE_USERNAME: AppSecret.databaseUsername(),
        SPRING_DATASOURCE_PASSWORD: AppSecret.databasePassword(),
      },
    }),
    database: Database.auroraPostgres({
      databaseName: 'hapi',
      capacity: DatabaseCapacity.serverlessV2({ minAcu: 8, maxAcu: 32 }),
    }),
    documents: DocumentStore.s3({ objectLock: ObjectLock.governance(Duration.days(30)) }),
    ingress: [
      Ingress.https({
        domainName: DOMAIN_NAME,
        hostedZone: HostedZone.fromHostedZoneAttributes(primaryStack, 'Zone', HOSTED_ZONE),
      }),
    ],
    health: HealthProfile.http('/readyz', { startup: Duration.seconds(330), deep: { path: '/fhir/metadata' } }),
  });
  if (ehr.documents) {
    new BucketMalwareProtection(primaryStack, 'DocumentMalwareProtection', { bucket: ehr.documents.bucket });
  }

  const recoveryStack = new Stack(app, `EhrDr${suffix}`, {
    description: 'The same HAPI FHIR server, smaller, in another Region',
    env: { region: RECOVERY_REGION },
  });
  const dr = new CrossRegionDr(recoveryStack, 'Dr', {
    primary: ehr,
    strategy: DrStrategy.warmStandby({ capacityPercent: 50 }),
    failover: Failover.dns(),
    reconnectTime: Duration.minutes(15),
  });
  // CDK takes longer to report a warning than any construct takes to be made, and the twin gives none
  Validations.of(dr).acknowledge({ id: 'cdk-resilient-ehr:documentsNotReturned', reason: 'a first deployment' });
  isolateBackups(app, ehr, suffix);
  restoreWeekly(ehr);
  restoreWeekly(dr.recovery);
  ehr.notifications.addSubscription(new EmailSubscription(ON_CALL));
  dr.landing.notifications.topic.addSubscription(new EmailSubscription(ON_CALL));
  return { primary: primaryStack, recovery: recoveryStack };
}

function isolateBackups(app: App, { systemName, backup }: MultiAzClinicalApp, suffix: string): void {
  const stack = new Stack(app, `EhrVault${suffix}`, {
    description: 'Copies of the HAPI FHIR server, in an account that nobody administers from its own',
    env: { account: VAULT_ACCOUNT, region: PRIMARY_REGION },
  });
  new IsolatedVault(stack, 'Copies', { systemName, sourceAccounts: [SYSTEM_ACCOUNT], policy: backup?.policy });
  backup?.copyTo(IsolatedVault.arnIn(stack, systemName, VAULT_ACCOUNT, PRIMARY_REGION));
}

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

/** What exists once per account and Region. */
export function buildReferenceSecurity(app: App): { home: Stack; linked: Stack } {
  const regions = { homeRegion: PRIMARY_REGION, linkedRegions: [RECOVERY_REGION] };
  const linked = new Stack(app, 'SecurityLinked', {
    description: 'Security baseline of the recovery Region',
    env: { region: RECOVERY_REGION },
  });
  const home = new Stack(app, 'SecurityHome', {
    description: 'Security baseline of the primary Region, where findings of both come together',
    env: { region: PRIMARY_REGION },
  });
  for (const stack of [linked, home]) {
    const { findingRouting } = new SecurityBaseline(stack, 'Security', regions);
    findingRouting.topic.addSubscription(new EmailSubscription(ON_CALL));
  }
  home.addStackDependency(linked);
  return { home, linked };
}

/** All six stacks. */
export function buildReferenceHospital(app: App): void {
  const { primary, recovery } = buildReferenceSystem(app);
  const { home, linked } = buildReferenceSecurity(app);
  primary.addStackDependency(home);
  recovery.addStackDependency(linked);
}
