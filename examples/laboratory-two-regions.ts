/**
 * A laboratory information system whose vendor certifies PostgreSQL on instances of a fixed size: over three zones in one Region, with a
 * smaller copy in another that reads from a replica until somebody promotes it.
 *
 * Synthesizes as it stands, with placeholders. Before a deployment give your own values:
 *
 *   cdk deploy --all -c account=… -c domainName=lab.example.org -c zoneName=example.org -c hostedZoneId=Z… -c image=…@sha256:… \
 *     -c email=on-call@…
 *
 * Promotion cannot be undone: afterwards deploy with `-c activeRegion=us-west-2`, and plan the way back as a migration.
 *
 * With `-c sessionsFollow=true` the sessions of its users follow into the other Region, where nothing runs before somebody starts it: a copy of the
 * cache takes writes only once it is promoted, so nobody could sign in before.
 */
import { App, Duration, Size, Stack, Validations } from 'aws-cdk-lib';
import { InstanceType } from 'aws-cdk-lib/aws-ec2';
import { ContainerImage } from 'aws-cdk-lib/aws-ecs';
import { HostedZone } from 'aws-cdk-lib/aws-route53';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { AwsSolutionsChecks, HIPAASecurityChecks, NIST80053R5Checks } from 'cdk-nag';
import {
  AppSecret,
  AppSetting,
  Cache,
  ClinicalTier,
  Compute,
  CrossRegionDr,
  Database,
  DrStrategy,
  HealthProfile,
  Ingress,
  MultiAzClinicalApp,
  RdsStorage,
  RecoveryReadiness,
  ResilienceObjectives,
} from '../src';

export const app = new App();

const context = (key: string): string | undefined => app.node.tryGetContext(key);
const account = context('account') ?? process.env.CDK_DEFAULT_ACCOUNT;
const domainName = context('domainName') ?? 'lab.example.org'; // placeholder
const zoneName = context('zoneName') ?? 'example.org'; // placeholder
const hostedZoneId = context('hostedZoneId') ?? 'Z0123456789EXAMPLE'; // placeholder
const image = context('image') ?? `registry.example.org/laboratory@sha256:${'0'.repeat(64)}`; // placeholder

const sessionsFollow = context('sessionsFollow') !== undefined;

const primaryStack = new Stack(app, 'Laboratory', {
  description: 'A laboratory information system over three Availability Zones',
  env: { account, region: 'us-east-1' },
});

const laboratory = new MultiAzClinicalApp(primaryStack, 'Laboratory', {
  systemName: 'laboratory',
  objectives: ResilienceObjectives.forTier(ClinicalTier.CARE_ESSENTIAL, { biaReference: 'BIA-2026-031' }), // placeholder
  compute: Compute.fargate({
    image: ContainerImage.fromRegistry(image),
    port: 8080,
    peakTasks: 4,
    environment: {
      DATABASE_URL: AppSetting.format(
        'jdbc:postgresql://{database.writer}:{database.port}/{database.name}?sslmode=require',
      ),
      ...(sessionsFollow ? { SESSIONS_URL: AppSetting.format('rediss://{cache.primary}:{cache.port}') } : {}),
    },
    secrets: {
      DATABASE_USER: AppSecret.databaseUsername(),
      DATABASE_PASSWORD: AppSecret.databasePassword(),
      ...(sessionsFollow ? { SESSIONS_PASSWORD: AppSecret.cachePassword() } : {}),
    },
  }),
  database: Database.rdsPostgres({
    databaseName: 'lis',
    instanceType: new InstanceType('r7g.xlarge'),
    storage: RdsStorage.io2({ size: Size.gibibytes(500), iops: 12_000, maxSize: Size.gibibytes(1500) }),
    expectedConnections: 200,
  }),
  cache: sessionsFollow ? Cache.valkey({ nodeType: 'cache.m7g.large', globalDatastore: true }) : undefined,
  ingress: [
    Ingress.https({
      domainName,
      hostedZone: HostedZone.fromHostedZoneAttributes(primaryStack, 'Zone', { hostedZoneId, zoneName }),
    }),
  ],
  health: HealthProfile.http('/healthz', { startup: Duration.seconds(120) }),
});

const recoveryStack = new Stack(app, 'LaboratoryDr', {
  description: 'The same laboratory information system, smaller, in another Region',
  env: { account, region: 'us-west-2' },
});

const dr = new CrossRegionDr(recoveryStack, 'Dr', {
  primary: laboratory,
  strategy: sessionsFollow ? DrStrategy.pilotLight() : undefined,
  activeRegion: context('activeRegion'),
});

new RecoveryReadiness(recoveryStack, 'Readiness', { dr }); // whether it could take over, every hour

for (const topic of [laboratory.notifications, dr.landing.notifications.topic]) {
  topic.addSubscription(new EmailSubscription(context('email') ?? 'on-call@example.org')); // placeholder
}

Validations.of(app).addPlugins(new HIPAASecurityChecks(app), new NIST80053R5Checks(app), new AwsSolutionsChecks(app));
