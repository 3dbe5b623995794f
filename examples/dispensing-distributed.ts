/**
 * Medication dispensing of a health system with hospitals in two Regions: cabinets and pharmacies ask before a dose leaves, and write that it
 * left. Each hospital is served by the Region that answers it sooner, and both write to one database, on Amazon Aurora DSQL: a dose that one
 * Region gave out the other one sees, and of two that reach for the last one only one commits. A write that was answered is in two of three
 * Regions; the third keeps a witness. When a Region is lost nothing is promoted, nobody decides, and nothing that was answered is missing.
 *
 * The service was written for Aurora DSQL: keys are random, transactions are short, and it tries again what met another transaction. It signs in by
 * IAM; there is no password. Most EHR software does not run on Aurora DSQL: see `Database.auroraDsql()`.
 *
 * Synthesizes as it stands, with placeholders. Before a deployment give your own values, opt in to Aurora DSQL in AWS Backup in both Regions, and deploy
 * in three steps, because each cluster has to know the ARN of the other:
 *
 *   1. Both clusters, which wait for each other:
 *      cdk deploy --concurrency 2 'Dispensing/Dispensing/Database/Stack' 'DispensingOhio/Dr/App/Database/Stack' \
 *        --app 'npx ts-node examples/dispensing-distributed.ts' -c account=… -c clusterArns=unknown …
 *   2. The same with the ARNs that both put out: -c clusterArns=arn:aws:dsql:us-east-1:…,arn:aws:dsql:us-east-2:…
 *   3. Everything: cdk deploy --all … -c clusterArns=…,…
 *
 * From then on every deployment names them. Keep them in cdk.json: one that forgets them names the placeholders below to the clusters that run.
 *
 * Then an administrator (`grants.administerDatabase`) makes the database role `dispensing` and links it to the application's role of each Region:
 * AWS IAM GRANT dispensing TO 'arn:aws:iam::…:role/…'.
 */
import { App, Duration, Stack, Validations } from 'aws-cdk-lib';
import { HostedZone } from 'aws-cdk-lib/aws-route53';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { AwsSolutionsChecks, HIPAASecurityChecks, NIST80053R5Checks } from 'cdk-nag';
import {
  AppSetting,
  ClinicalTier,
  Compute,
  CrossRegionDr,
  Database,
  DrStrategy,
  HealthProfile,
  Ingress,
  MultiAzClinicalApp,
  RecoveryReadiness,
  RecoveryRunbook,
  ReplicatedImage,
  ResilienceObjectives,
} from '../src';

export const app = new App();

const context = (key: string): string | undefined => app.node.tryGetContext(key);
const account = context('account') ?? process.env.CDK_DEFAULT_ACCOUNT;
const virginia = context('primaryRegion') ?? 'us-east-1';
const ohio = context('recoveryRegion') ?? 'us-east-2';
const zoneName = context('zoneName') ?? 'example.org'; // placeholder
const hostedZoneId = context('hostedZoneId') ?? 'Z0123456789EXAMPLE'; // placeholder
const onCall = new EmailSubscription(context('email') ?? 'on-call@example.org'); // placeholder

const placeholder = (region: string, id: string) =>
  `arn:aws:dsql:${region}:${account ?? '111111111111'}:cluster/${id.repeat(26)}`;
const clusterArns = context('clusterArns')?.split(',') ?? [placeholder(virginia, 'a'), placeholder(ohio, 'b')]; // placeholders

const oneRegion = { rto: Duration.minutes(15), rtoReadOnly: Duration.minutes(15), rpo: Duration.seconds(0) };
const restored = { rto: Duration.hours(24), rpo: Duration.hours(4) }; // to a new cluster, from a full snapshot

const virginiaStack = new Stack(app, 'Dispensing', {
  description:
    'Medication dispensing over three Availability Zones, on Amazon Aurora DSQL, in one of two Regions that serve',
  env: { account, region: virginia },
});

const dispensing = new MultiAzClinicalApp(virginiaStack, 'Dispensing', {
  systemName: 'dispensing',
  objectives: ResilienceObjectives.forTier(ClinicalTier.CARE_ESSENTIAL, {
    biaReference: 'BIA-2026-071', // placeholder
    region: oneRegion,
    twoAvailabilityZones: oneRegion, // with two of three zones gone, the other Region goes on
    deletion: restored,
    corruption: restored,
  }),
  compute: Compute.fargate({
    image: new ReplicatedImage({ repositoryName: 'dispensing', digest: `sha256:${'0'.repeat(64)}` }), // placeholder
    port: 8080,
    peakTasks: 4, // of all hospitals: each Region carries it alone
    environment: {
      DATABASE_HOST: AppSetting.format('{database.writer}'),
      DATABASE_PORT: AppSetting.format('{database.port}'),
      DATABASE_NAME: AppSetting.format('{database.name}'),
      DATABASE_ROLE: AppSetting.of('dispensing'),
    },
  }),
  database: Database.auroraDsql({
    multiRegion: {
      witnessRegion: context('witnessRegion') ?? 'us-west-2',
      clusterArns: clusterArns[0] === 'unknown' ? undefined : clusterArns,
    },
  }),
  ingress: [
    Ingress.https({
      domainName: context('domainName') ?? 'dispensing.example.org', // placeholder
      hostedZone: HostedZone.fromHostedZoneAttributes(virginiaStack, 'Zone', { hostedZoneId, zoneName }),
    }),
  ],
  health: HealthProfile.http('/healthz', { startup: Duration.seconds(60) }), // placeholder: measure it
});

const ohioStack = new Stack(app, 'DispensingOhio', {
  description: 'The same dispensing, on the same records, in the other Region that serves',
  env: { account, region: ohio },
});

const dr = new CrossRegionDr(ohioStack, 'Dr', {
  primary: dispensing,
  strategy: DrStrategy.activeActive(), // nobody has to decide, and the other Region is proven by its users every day
  activeRegion: context('activeRegion'),
});

new RecoveryReadiness(ohioStack, 'Readiness', { dr }); // whether the two are still alike, every few minutes
new RecoveryRunbook(ohioStack, 'Runbook', { dr, decidedBy: 'the pharmacist on duty' }); // placeholder

for (const topic of [dispensing.notifications, dr.landing.notifications.topic]) {
  topic.addSubscription(onCall);
}

Validations.of(app).addPlugins(new HIPAASecurityChecks(app), new NIST80053R5Checks(app), new AwsSolutionsChecks(app));
