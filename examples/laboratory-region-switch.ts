/**
 * A laboratory system that can wait for an hour: a pilot light in another Region, and a plan of ARC Region switch that takes every
 * step of the failover once somebody has approved it.
 *
 * Placeholders as in the reference hospital, and two more: a repository that Amazon ECR replicates to both Regions, and a role of
 * people who may approve.
 *
 *   cdk deploy --all --app 'npx ts-node examples/laboratory-region-switch.ts' -c account=… -c domainName=lab.example.org
 */
import { App, Duration, Stack, Validations } from 'aws-cdk-lib';
import { Role } from 'aws-cdk-lib/aws-iam';
import { HostedZone } from 'aws-cdk-lib/aws-route53';
import { AwsSolutionsChecks, HIPAASecurityChecks, NIST80053R5Checks } from 'cdk-nag';
import {
  AppSecret,
  AppSetting,
  ClinicalTier,
  Compute,
  CrossRegionDr,
  Database,
  DocumentStore,
  Failover,
  HealthProfile,
  Ingress,
  MultiAzClinicalApp,
  ReplicatedImage,
  ResilienceObjectives,
} from '../src';

export const app = new App();

const context = (key: string): string | undefined => app.node.tryGetContext(key);
const account = context('account') ?? process.env.CDK_DEFAULT_ACCOUNT;
const primaryRegion = context('primaryRegion') ?? 'us-east-1';
const recoveryRegion = context('recoveryRegion') ?? 'us-west-2';
const zoneName = context('zoneName') ?? 'example.org'; // placeholder
const hostedZoneId = context('hostedZoneId') ?? 'Z0123456789EXAMPLE'; // placeholder

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
  documents: DocumentStore.s3(),
  ingress: [
    Ingress.https({
      domainName: context('domainName') ?? 'lab.example.org', // placeholder
      hostedZone: HostedZone.fromHostedZoneAttributes(primaryStack, 'Zone', { hostedZoneId, zoneName }),
    }),
  ],
  health: HealthProfile.http('/health', { startup: Duration.seconds(120) }),
});

const recoveryStack = new Stack(app, 'LaboratoryDr', {
  description: 'The same laboratory system, waiting in another Region',
  env: { account, region: recoveryRegion },
});

new CrossRegionDr(recoveryStack, 'Dr', {
  primary: laboratory,
  // no strategy: an hour until people can read is enough for a pilot light, the cheapest
  failover: Failover.regionSwitch({
    approvers: Role.fromRoleName(recoveryStack, 'Approvers', 'laboratory-incident-leads'), // placeholder
    decisionTime: Duration.minutes(20),
  }),
  activeRegion: context('activeRegion'),
});

Validations.of(app).addPlugins(new HIPAASecurityChecks(app), new NIST80053R5Checks(app), new AwsSolutionsChecks(app));
