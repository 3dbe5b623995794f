/**
 * A consent service in one Region: what a patient allows to be shared, with whom, and until when. Portals write it, and every system
 * that is about to disclose a record asks it first. It keeps two tables and no database: nothing fails over, no connection is lost,
 * and there is no maintenance window.
 *
 * Keys are seen by those who operate a table. So they are made of random references, which the patient index alone can turn into a
 * patient, and say nothing by themselves. A decision that has ended is kept: it says what was allowed when a record was disclosed.
 *
 * Synthesizes as it stands, with placeholders. Before a deployment give your own values:
 *
 *   cdk deploy -c account=… -c domainName=consent.example.org -c zoneName=example.org -c hostedZoneId=Z… -c image=…@sha256:… -c hospital=10.20.0.0/16
 */
import { App, Duration, Stack, Validations } from 'aws-cdk-lib';
import { AttributeType } from 'aws-cdk-lib/aws-dynamodb';
import { Peer } from 'aws-cdk-lib/aws-ec2';
import { ContainerImage } from 'aws-cdk-lib/aws-ecs';
import { HostedZone } from 'aws-cdk-lib/aws-route53';
import { AwsSolutionsChecks, HIPAASecurityChecks, NIST80053R5Checks } from 'cdk-nag';
import {
  AppSetting,
  ClinicalTier,
  Compute,
  HealthProfile,
  Ingress,
  MultiAzClinicalApp,
  Probes,
  ResilienceObjectives,
  TableStore,
} from '../src';

export const app = new App();

const context = (key: string): string | undefined => app.node.tryGetContext(key);
const account = context('account') ?? process.env.CDK_DEFAULT_ACCOUNT;
const region = context('region') ?? 'us-east-1';
const domainName = context('domainName') ?? 'consent.example.org'; // placeholder
const zoneName = context('zoneName') ?? 'example.org'; // placeholder
const hostedZoneId = context('hostedZoneId') ?? 'Z0123456789EXAMPLE'; // placeholder
const image = context('image') ?? `registry.example.org/consent@sha256:${'0'.repeat(64)}`; // placeholder
const hospital = Peer.ipv4(context('hospital') ?? '10.20.0.0/16'); // placeholder

const stack = new Stack(app, 'Consent', {
  description: 'A consent service over three Availability Zones, on Amazon DynamoDB',
  env: { account, region },
});

new MultiAzClinicalApp(stack, 'Consent', {
  systemName: 'consent',
  objectives: ResilienceObjectives.forTier(ClinicalTier.CARE_ESSENTIAL, { biaReference: 'BIA-2026-052' }), // placeholder
  acceptedRisks: [
    {
      risk: 'survive-region',
      reason: 'one Region: who cannot ask discloses nothing, except in an emergency and by the procedure for that',
      acceptedBy: 'data protection officer', // placeholder
      expires: '2027-12-31', // placeholder
    },
  ],
  compute: Compute.fargate({
    image: ContainerImage.fromRegistry(image),
    port: 8080,
    peakTasks: 4,
    environment: {
      DECISIONS_TABLE: AppSetting.format('{tables.decisions.name}'),
      SESSIONS_TABLE: AppSetting.format('{tables.sessions.name}'),
    },
  }),
  tables: {
    decisions: TableStore.dynamoDb({
      partitionKey: { name: 'patientRef', type: AttributeType.STRING },
      sortKey: { name: 'decidedAt', type: AttributeType.STRING }, // the newest first, and none ever changed
      globalSecondaryIndexes: [
        // what a recipient may still read, for the day its agreement ends
        {
          indexName: 'byRecipient',
          partitionKey: { name: 'recipientRef', type: AttributeType.STRING },
          sortKey: { name: 'decidedAt', type: AttributeType.STRING },
        },
      ],
    }),
    // half-filled forms: worth keeping when a zone is lost, and gone after a day
    sessions: TableStore.dynamoDb({
      partitionKey: { name: 'session', type: AttributeType.STRING },
      timeToLiveAttribute: 'expiresAt',
    }),
  },
  ingress: [
    Ingress.https({
      domainName,
      hostedZone: HostedZone.fromHostedZoneAttributes(stack, 'Zone', { hostedZoneId, zoneName }),
      internetFacing: false,
      allowedSources: [hospital],
    }),
  ],
  // the deep probe asks for the consents of a reference that no patient has
  health: HealthProfile.http('/healthz', {
    startup: Duration.seconds(60), // placeholder: measure it
    deep: { path: '/consents/probe' },
  }),
  probes: Probes.synthetics(),
});

Validations.of(app).addPlugins(new HIPAASecurityChecks(app), new NIST80053R5Checks(app), new AwsSolutionsChecks(app));
