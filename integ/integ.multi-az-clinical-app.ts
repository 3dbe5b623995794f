/**
 * A small clinical application that answers, in a sandbox account: deploys, proves that the load balancer answers with the
 * application's own status, and leaves nothing behind. The certificate comes from the account under test:
 *
 *   CERTIFICATE_ARN=arn:aws:acm:… npx projen integ:deploy
 */
import { ExpectedResult, IntegTest } from '@aws-cdk/integ-tests-alpha';
import { App, Duration, Stack } from 'aws-cdk-lib';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import { ContainerImage } from 'aws-cdk-lib/aws-ecs';
import {
  AppSecret,
  AppSetting,
  ClinicalTier,
  Compute,
  Database,
  DatabaseCapacity,
  DataProtection,
  DocumentStore,
  Egress,
  HealthProfile,
  Ingress,
  MultiAzClinicalApp,
  Network,
  ResilienceObjectives,
} from '../src';

const app = new App();
const stack = new Stack(app, 'IntegMultiAzClinicalApp', { env: { region: 'us-east-1' } });
const certificateArn =
  process.env.CERTIFICATE_ARN ?? 'arn:aws:acm:us-east-1:111111111111:certificate/00000000-0000-0000-0000-000000000000';

const clinical = new MultiAzClinicalApp(stack, 'App', {
  systemName: 'integ-clinical-app',
  objectives: ResilienceObjectives.forTier(ClinicalTier.NON_PRODUCTION, { biaReference: 'integration test' }),
  dataProtection: DataProtection.destroyWithStack({ acknowledgeDataLoss: 'integration test' }),
  network: Network.dedicated({
    zoneCount: 2,
    interfaceEndpoints: [],
    egress: Egress.sharedNatGateway({ acknowledgeZoneDependency: 'integration test' }),
  }),
  compute: Compute.fargate({
    image: ContainerImage.fromRegistry('public.ecr.aws/nginx/nginx-unprivileged:stable'),
    port: 8080,
    peakTasks: 1,
    user: '101',
    writablePaths: ['/tmp'],
    environment: { DATABASE_HOST: AppSetting.format('{database.writer}') },
    secrets: { DATABASE_PASSWORD: AppSecret.databasePassword() },
  }),
  database: Database.auroraPostgres({
    databaseName: 'integ',
    capacity: DatabaseCapacity.serverlessV2({ minAcu: 0.5, maxAcu: 1 }),
  }),
  documents: DocumentStore.s3(),
  ingress: [
    Ingress.https({
      domainName: 'integ.example.org',
      certificate: Certificate.fromCertificateArn(stack, 'Certificate', certificateArn),
    }),
  ],
  health: HealthProfile.http('/', { startup: Duration.minutes(2) }),
});

const integ = new IntegTest(app, 'Integ', { testCases: [stack], diffAssets: false });

// every task the zone-loss rule asks for is running: a service that does not start would be rolled back before this
integ.assertions
  .awsApiCall('ECS', 'describeServices', { cluster: 'integ-clinical-app', services: ['integ-clinical-app'] })
  .expect(
    ExpectedResult.objectLike({ services: [{ status: 'ACTIVE', runningCount: clinical.compute.capacity.running }] }),
  )
  .waitForAssertions({ totalTimeout: Duration.minutes(10) });

// the writer and its stand-in are in different zones
integ.assertions
  .awsApiCall('RDS', 'describeDBClusters', { DBClusterIdentifier: 'integ-clinical-app-us-east-1' })
  .expect(ExpectedResult.objectLike({ DBClusters: [{ Status: 'available', MultiAZ: true, StorageEncrypted: true }] }));
