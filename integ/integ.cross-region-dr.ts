/**
 * A warm standby in a second Region of a sandbox account: the database follows, and the standby runs, without any help of the first
 * Region. Certificates of both Regions come from the account under test:
 *
 *   CERTIFICATE_ARN=arn:aws:acm:us-east-1:… RECOVERY_CERTIFICATE_ARN=arn:aws:acm:us-west-2:… projen integ:deploy
 */
import { ExpectedResult, IntegTest } from '@aws-cdk/integ-tests-alpha';
import { App, Duration, Stack } from 'aws-cdk-lib';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import { ContainerImage } from 'aws-cdk-lib/aws-ecs';
import {
  ClinicalTier,
  Compute,
  CrossRegionDr,
  Database,
  DatabaseCapacity,
  DataProtection,
  DocumentStore,
  DrStrategy,
  Egress,
  Failover,
  HealthProfile,
  Ingress,
  MultiAzClinicalApp,
  Network,
  ResilienceObjectives,
} from '../src';

const app = new App();
const primaryStack = new Stack(app, 'IntegDrPrimary', { env: { region: 'us-east-1' } });
const recoveryStack = new Stack(app, 'IntegDrRecovery', { env: { region: 'us-west-2' } });

function certificate(stack: Stack, variable: string) {
  const placeholder = `arn:aws:acm:${stack.region}:111111111111:certificate/00000000-0000-0000-0000-000000000000`;
  return Certificate.fromCertificateArn(stack, 'Certificate', process.env[variable] ?? placeholder);
}

const primary = new MultiAzClinicalApp(primaryStack, 'App', {
  systemName: 'integ-dr',
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
  }),
  database: Database.auroraPostgres({
    databaseName: 'integ',
    capacity: DatabaseCapacity.serverlessV2({ minAcu: 8, maxAcu: 8 }),
  }),
  documents: DocumentStore.s3(),
  ingress: [
    Ingress.https({ domainName: 'integ.example.org', certificate: certificate(primaryStack, 'CERTIFICATE_ARN') }),
  ],
  health: HealthProfile.http('/', { startup: Duration.minutes(2) }),
});

const dr = new CrossRegionDr(recoveryStack, 'Dr', {
  primary,
  strategy: DrStrategy.warmStandby(),
  failover: Failover.manual({
    decisionTime: Duration.minutes(5),
    redirectionTime: Duration.minutes(5),
    procedure: 'integration test',
  }),
  recovery: { certificate: certificate(recoveryStack, 'RECOVERY_CERTIFICATE_ARN') },
});

const integ = new IntegTest(app, 'Integ', {
  testCases: [dr.landing.stack, primaryStack, recoveryStack],
  diffAssets: false,
});

// both clusters are members of one global database, and the first one writes
integ.assertions
  .awsApiCall('RDS', 'describeGlobalClusters', { GlobalClusterIdentifier: 'integ-dr-global' })
  .expect(
    ExpectedResult.objectLike({
      GlobalClusters: [{ Status: 'available', GlobalClusterMembers: [{ IsWriter: true }, { IsWriter: false }] }],
    }),
  )
  .waitForAssertions({ totalTimeout: Duration.minutes(10) });
