/**
 * The consent service of examples/consent-service.ts in two Regions that both serve: whoever is about to disclose a record must be able
 * to ask, also when a Region is lost. Users are answered by the nearer Region, and by the other one when that is lost: nothing is
 * promoted, and nobody has to decide. A decision is in two of three Regions before it is answered, so that none is lost with a Region:
 * the third one keeps a witness.
 *
 * Synthesizes as it stands, with placeholders. Before a deployment give your own values:
 *
 *   cdk deploy --all --app 'npx ts-node examples/consent-two-regions.ts' -c account=… -c domainName=consent.example.org \
 *     -c zoneName=example.org -c hostedZoneId=Z…
 */
import { App, Duration, Stack, Validations } from 'aws-cdk-lib';
import { AttributeType } from 'aws-cdk-lib/aws-dynamodb';
import { HostedZone } from 'aws-cdk-lib/aws-route53';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { AwsSolutionsChecks, HIPAASecurityChecks, NIST80053R5Checks } from 'cdk-nag';
import {
  AppSetting,
  ClinicalTier,
  Compute,
  CrossRegionDr,
  DrStrategy,
  HealthProfile,
  Ingress,
  MultiAzClinicalApp,
  RecoveryReadiness,
  RecoveryRunbook,
  ReplicatedImage,
  ResilienceObjectives,
  TableStore,
} from '../src';

export const app = new App();

const context = (key: string): string | undefined => app.node.tryGetContext(key);
const account = context('account') ?? process.env.CDK_DEFAULT_ACCOUNT;
const primaryRegion = context('primaryRegion') ?? 'us-east-1';
const recoveryRegion = context('recoveryRegion') ?? 'us-west-2';
const zoneName = context('zoneName') ?? 'example.org'; // placeholder
const hostedZoneId = context('hostedZoneId') ?? 'Z0123456789EXAMPLE'; // placeholder
const onCall = new EmailSubscription(context('email') ?? 'on-call@example.org'); // placeholder

const otherRegion = { rto: Duration.minutes(15), rtoReadOnly: Duration.minutes(15), rpo: Duration.seconds(0) };

const primaryStack = new Stack(app, 'Consent', {
  description: 'A consent service over three Availability Zones, on Amazon DynamoDB',
  env: { account, region: primaryRegion },
});

const consent = new MultiAzClinicalApp(primaryStack, 'Consent', {
  systemName: 'consent',
  objectives: ResilienceObjectives.forTier(ClinicalTier.CARE_ESSENTIAL, {
    biaReference: 'BIA-2026-052', // placeholder
    region: otherRegion,
    twoAvailabilityZones: otherRegion, // with two of three zones gone, the other Region takes over
  }),
  compute: Compute.fargate({
    image: new ReplicatedImage({ repositoryName: 'consent', digest: `sha256:${'0'.repeat(64)}` }), // placeholder
    port: 8080,
    peakTasks: 4,
    environment: { DECISIONS_TABLE: AppSetting.format('{tables.decisions.name}') },
  }),
  tables: {
    decisions: TableStore.dynamoDb({
      partitionKey: { name: 'patientRef', type: AttributeType.STRING },
      sortKey: { name: 'decidedAt', type: AttributeType.STRING }, // none ever changed
      witnessRegion: context('witnessRegion') ?? 'us-east-2',
    }),
  },
  ingress: [
    Ingress.https({
      domainName: context('domainName') ?? 'consent.example.org', // placeholder
      hostedZone: HostedZone.fromHostedZoneAttributes(primaryStack, 'Zone', { hostedZoneId, zoneName }),
    }),
  ],
  health: HealthProfile.http('/healthz', { startup: Duration.seconds(60) }), // placeholder: measure it
});

const recoveryStack = new Stack(app, 'ConsentDr', {
  description: 'The same consent service, with the same items, in another Region',
  env: { account, region: recoveryRegion },
});

const dr = new CrossRegionDr(recoveryStack, 'Dr', {
  primary: consent,
  strategy: DrStrategy.activeActive(), // each Region carries the whole peak
  activeRegion: context('activeRegion'),
});

new RecoveryReadiness(recoveryStack, 'Readiness', { dr }); // whether it could take over, every five minutes
new RecoveryRunbook(recoveryStack, 'Runbook', { dr, decidedBy: 'the data protection officer on duty' }); // placeholder

for (const topic of [consent.notifications, dr.landing.notifications.topic]) {
  topic.addSubscription(onCall);
}

Validations.of(app).addPlugins(new HIPAASecurityChecks(app), new NIST80053R5Checks(app), new AwsSolutionsChecks(app));
