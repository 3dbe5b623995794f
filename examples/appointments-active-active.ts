/**
 * Appointments of a health system with hospitals on two coasts, served from two Regions at once: each hospital by the Region that answers
 * it sooner. Its tables take writes in either, so that the loss of a Region promotes nothing and asks nobody: DNS takes the lost Region out,
 * and the other one, which carries the whole peak all day, goes on. What the lost Region had not sent on yet, usually a few seconds, is
 * missing until it is back. Of an item that both Regions wrote the last write is left, and a condition on a write holds in one Region at a
 * time: within those seconds both may give the same slot away. Where that must not be, give the table a `witnessRegion`, as the consent
 * service does.
 *
 * Synthesizes as it stands, with placeholders. Before a deployment give your own values:
 *
 *   cdk deploy --all --app 'npx ts-node examples/appointments-active-active.ts' -c account=… -c domainName=appointments.example.org \
 *     -c zoneName=example.org -c hostedZoneId=Z…
 *
 * To empty a Region for maintenance, run the command in the output SendUsersHere of the other one; LetUsersReturn is the way back.
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
const eastRegion = context('primaryRegion') ?? 'us-east-1';
const westRegion = context('recoveryRegion') ?? 'us-west-2';
const zoneName = context('zoneName') ?? 'example.org'; // placeholder
const hostedZoneId = context('hostedZoneId') ?? 'Z0123456789EXAMPLE'; // placeholder
const onCall = new EmailSubscription(context('email') ?? 'on-call@example.org'); // placeholder

const oneRegion = { rto: Duration.minutes(15), rtoReadOnly: Duration.minutes(15), rpo: Duration.minutes(1) };

const eastStack = new Stack(app, 'Appointments', {
  description: 'Appointments over three Availability Zones, on Amazon DynamoDB, in one of two Regions that serve',
  env: { account, region: eastRegion },
});

const appointments = new MultiAzClinicalApp(eastStack, 'Appointments', {
  systemName: 'appointments',
  objectives: ResilienceObjectives.forTier(ClinicalTier.CARE_ESSENTIAL, {
    biaReference: 'BIA-2026-067', // placeholder
    region: oneRegion,
    twoAvailabilityZones: oneRegion, // with two of three zones gone, the other Region goes on
  }),
  compute: Compute.fargate({
    image: new ReplicatedImage({ repositoryName: 'appointments', digest: `sha256:${'0'.repeat(64)}` }), // placeholder
    port: 8080,
    peakTasks: 6, // of all hospitals: each Region carries it alone
    environment: { BOOKINGS_TABLE: AppSetting.format('{tables.bookings.name}') },
  }),
  tables: {
    bookings: TableStore.dynamoDb({
      partitionKey: { name: 'practitionerRef', type: AttributeType.STRING },
      sortKey: { name: 'slotAndSequence', type: AttributeType.STRING }, // a change is another item
    }),
  },
  ingress: [
    Ingress.https({
      domainName: context('domainName') ?? 'appointments.example.org', // placeholder
      hostedZone: HostedZone.fromHostedZoneAttributes(eastStack, 'Zone', { hostedZoneId, zoneName }),
    }),
  ],
  health: HealthProfile.http('/healthz', { startup: Duration.seconds(60) }), // placeholder: measure it
});

const westStack = new Stack(app, 'AppointmentsWest', {
  description: 'The same appointments in the other Region that serves',
  env: { account, region: westRegion },
});

const dr = new CrossRegionDr(westStack, 'Dr', {
  primary: appointments,
  strategy: DrStrategy.activeActive(), // nobody has to decide, and the other Region is proven by its users every day
  activeRegion: context('activeRegion'),
});

new RecoveryReadiness(westStack, 'Readiness', { dr }); // whether the two are still alike, every few minutes
new RecoveryRunbook(westStack, 'Runbook', { dr, decidedBy: 'the operations manager on duty' }); // placeholder

for (const topic of [appointments.notifications, dr.landing.notifications.topic]) {
  topic.addSubscription(onCall);
}

Validations.of(app).addPlugins(new HIPAASecurityChecks(app), new NIST80053R5Checks(app), new AwsSolutionsChecks(app));
