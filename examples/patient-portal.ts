/**
 * A patient portal in one Region: a web application on Aurora MySQL that survives the loss of a zone, with sessions in a cache.
 * A new version takes over beside the former one, which stays until nothing speaks against it, and a proxy shares the connections of the
 * database between both.
 *
 * Synthesizes as it stands, with placeholders. Before a deployment give your own values:
 *
 *   cdk deploy -c account=… -c domainName=portal.example.org -c zoneName=example.org -c hostedZoneId=Z… -c image=…@sha256:…
 *
 * The image's driver asks AWS for a token each time it connects, as the user `portal`, and requires TLS. Nobody makes that user but you: deploy
 * for the first time with `--no-rollback`, which stops where the migration cannot log on. Then, with the credentials of the database,
 *
 *   CREATE USER portal IDENTIFIED WITH AWSAuthenticationPlugin AS 'RDS';
 *   GRANT ALL ON portal.* TO portal;
 *
 * and run the same command again.
 */
import { App, Duration, Stack, Validations } from 'aws-cdk-lib';
import { ContainerImage } from 'aws-cdk-lib/aws-ecs';
import { HostedZone } from 'aws-cdk-lib/aws-route53';
import { AwsSolutionsChecks, HIPAASecurityChecks, NIST80053R5Checks } from 'cdk-nag';
import {
  AppSecret,
  AppSetting,
  Cache,
  ClinicalTier,
  Compute,
  Database,
  DatabaseCapacity,
  DatabaseProxy,
  Deployments,
  HealthProfile,
  Ingress,
  MultiAzClinicalApp,
  ResilienceObjectives,
} from '../src';

export const app = new App();

const context = (key: string): string | undefined => app.node.tryGetContext(key);
const account = context('account') ?? process.env.CDK_DEFAULT_ACCOUNT;
const region = context('region') ?? 'us-east-2'; // of us-east-1, one zone has no database proxies
const domainName = context('domainName') ?? 'portal.example.org'; // placeholder
const zoneName = context('zoneName') ?? 'example.org'; // placeholder
const hostedZoneId = context('hostedZoneId') ?? 'Z0123456789EXAMPLE'; // placeholder
const image = context('image') ?? `registry.example.org/portal@sha256:${'0'.repeat(64)}`; // placeholder

const stack = new Stack(app, 'Portal', {
  description: 'A patient portal over three Availability Zones',
  env: { account, region },
});

new MultiAzClinicalApp(stack, 'Portal', {
  systemName: 'patient-portal',
  objectives: ResilienceObjectives.forTier(ClinicalTier.CARE_ESSENTIAL, { biaReference: 'BIA-2026-022' }), // placeholder
  compute: Compute.fargate({
    image: ContainerImage.fromRegistry(image),
    port: 8080,
    peakTasks: 4,
    // 12 tasks instead of 6 while a new version is watched, and back within seconds; the schema is changed before the first starts
    deployments: Deployments.blueGreen({ migration: { command: ['./portal', 'migrate'] } }),
    environment: {
      DATABASE_URL: AppSetting.format('mysql://portal@{database.writer}:{database.port}/{database.name}'), // of the proxy
      SESSIONS_URL: AppSetting.format('rediss://{cache.primary}:{cache.port}'), // with TLS; losing it logs people out
    },
    secrets: {
      SESSIONS_PASSWORD: AppSecret.cachePassword(),
    },
  }),
  database: Database.auroraMysql({
    databaseName: 'portal',
    capacity: DatabaseCapacity.serverlessV2({ minAcu: 1, maxAcu: 16 }),
    // patients come in waves, and both versions are connected while a new one is watched: the database sees one pool
    proxy: DatabaseProxy.iam({ databaseUsers: ['portal'], borrowTimeout: Duration.seconds(10) }),
  }),
  cache: Cache.valkey({ nodeType: 'cache.t4g.medium' }),
  ingress: [
    Ingress.https({
      domainName,
      hostedZone: HostedZone.fromHostedZoneAttributes(stack, 'Zone', { hostedZoneId, zoneName }),
    }),
  ],
  health: HealthProfile.http('/healthz', { startup: Duration.seconds(60) }),
});

Validations.of(app).addPlugins(new HIPAASecurityChecks(app), new NIST80053R5Checks(app), new AwsSolutionsChecks(app));
