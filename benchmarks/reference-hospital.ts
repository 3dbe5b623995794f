/**
 * The reference hospital as a function, because it is built many times in one process. It mirrors
 * examples/hapi-fhir-two-regions.ts as that stands without context: test/contract/benchmark-twin.test.ts compares the templates.
 */
import { type App, Duration, Stack } from 'aws-cdk-lib';
import { Platform } from 'aws-cdk-lib/aws-ecr-assets';
import { ContainerImage } from 'aws-cdk-lib/aws-ecs';
import { HostedZone } from 'aws-cdk-lib/aws-route53';
import {
  AppSecret,
  AppSetting,
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
  MultiAzClinicalApp,
  ResilienceObjectives,
  SecurityBaseline,
} from '../src';
import {
  DOMAIN_NAME,
  ENVIRONMENT,
  HOSTED_ZONE,
  IMAGE_DIRECTORY,
  PRIMARY_REGION,
  RECOVERY_REGION,
  SYSTEM_NAME,
} from './hospital-facts';

const OTHER_REGION = { rto: Duration.hours(4), rtoReadOnly: Duration.minutes(15), rpo: Duration.minutes(15) };

/** One system in two Regions. Another suffix makes another system beside it. */
export function buildReferenceSystem(app: App, suffix = ''): void {
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
    documents: DocumentStore.s3(),
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
  new CrossRegionDr(recoveryStack, 'Dr', {
    primary: ehr,
    strategy: DrStrategy.warmStandby({ capacityPercent: 50 }),
    failover: Failover.dns(),
    reconnectTime: Duration.minutes(15),
  });
}

/** What exists once per account and Region. */
export function buildReferenceSecurity(app: App): void {
  const regions = { homeRegion: PRIMARY_REGION, linkedRegions: [RECOVERY_REGION] };
  const linked = new Stack(app, 'SecurityLinked', {
    description: 'Security baseline of the recovery Region',
    env: { region: RECOVERY_REGION },
  });
  const home = new Stack(app, 'SecurityHome', {
    description: 'Security baseline of the primary Region, where findings of both come together',
    env: { region: PRIMARY_REGION },
  });
  new SecurityBaseline(linked, 'Security', regions);
  new SecurityBaseline(home, 'Security', regions);
  home.addStackDependency(linked);
}

/** All five stacks. */
export function buildReferenceHospital(app: App): void {
  buildReferenceSystem(app);
  buildReferenceSecurity(app);
}
