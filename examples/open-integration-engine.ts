/**
 * Open Integration Engine (the open fork of Mirth Connect) that receives HL7 over MLLP: one fixed private address in each of three
 * zones, which the hospital's firewall and its senders name.
 *
 * One engine runs at a time. It is replaced with the same `SERVER_ID`, because the messages it has queued belong to that id; two with
 * one id would deliver twice. Until another has started, senders wait: they send again what was not acknowledged.
 *
 * Synthesizes as it stands, with placeholders. Before a deployment create the secret `integration-engine/keystore` with the keys
 * `storepass` and `keypass`, and give your own values:
 *
 *   cdk deploy -c account=… -c domainName=hl7.example.org -c zoneName=example.org -c hostedZoneId=Z… -c hospital=10.20.0.0/16
 *
 * Then change the engine's first password (admin/admin) before anything else. Deploying builds the image and so needs Docker;
 * synthesizing does not. Facts about the engine are from its project's image and documentation; it was not run here.
 */
import * as path from 'node:path';
import { App, Duration, Stack, Validations } from 'aws-cdk-lib';
import { Peer } from 'aws-cdk-lib/aws-ec2';
import { Platform } from 'aws-cdk-lib/aws-ecr-assets';
import { ContainerImage } from 'aws-cdk-lib/aws-ecs';
import { HostedZone } from 'aws-cdk-lib/aws-route53';
import { AwsSolutionsChecks, HIPAASecurityChecks, NIST80053R5Checks } from 'cdk-nag';
import {
  AppSecret,
  AppSetting,
  ClinicalTier,
  Compute,
  Database,
  DatabaseCapacity,
  FileShare,
  FixedAddresses,
  HealthProfile,
  Ingress,
  MllpProbe,
  MultiAzClinicalApp,
  Network,
  ProbeProtocol,
  Probes,
  ResilienceObjectives,
  TransportEncryption,
} from '../src';

export const app = new App();

const context = (key: string): string | undefined => app.node.tryGetContext(key);
const account = context('account') ?? process.env.CDK_DEFAULT_ACCOUNT;
const region = context('region') ?? 'us-east-1';
const domainName = context('domainName') ?? 'hl7.example.org'; // placeholder
const zoneName = context('zoneName') ?? 'example.org'; // placeholder
const hostedZoneId = context('hostedZoneId') ?? 'Z0123456789EXAMPLE'; // placeholder; public, because it proves the certificate
const hospital = context('hospital') ?? '10.20.0.0/16'; // placeholder

const ADMIN_PORT = 8443;
const STATUS = '/api/server/status'; // 0 in the body means that it works, which only the container can read
// a query of a test facility: let the first filter of every channel drop it, after its source has acknowledged
const TEST_MESSAGE = ['MSH|^~\\&|PROBE|TEST|ENGINE|TEST|||QBP^Q11^QBP_Q11||T|2.5.1', 'QPD|Q11^Probe|1'].join('\n');
const KEYSTORE = 'integration-engine/keystore';

// snapshots of files are hourly and may start an hour late; the key store hardly ever changes
const keyStoreIsRestored = { rto: Duration.hours(8), rpo: Duration.hours(2) };

const stack = new Stack(app, 'IntegrationEngine', {
  description: 'Open Integration Engine behind one fixed address in each of three Availability Zones',
  env: { account, region },
});

new MultiAzClinicalApp(stack, 'IntegrationEngine', {
  systemName: 'integration-engine',
  objectives: ResilienceObjectives.forTier(ClinicalTier.CARE_ESSENTIAL, {
    biaReference: 'BIA-2026-031', // placeholder
    deletion: keyStoreIsRestored,
    corruption: keyStoreIsRestored,
  }),
  acceptedRisks: [
    {
      risk: 'survive-control-plane',
      reason: 'two engines with one SERVER_ID would deliver twice, so another one has to be started',
      acceptedBy: 'head of clinical integration', // placeholder
      expires: '2027-12-31', // placeholder
    },
    {
      risk: 'survive-region',
      reason: 'one Region: senders keep what was not acknowledged, and the downtime procedure is paper',
      acceptedBy: 'head of clinical integration', // placeholder
      expires: '2027-12-31', // placeholder
    },
  ],
  network: Network.dedicated({ cidr: '10.8.0.0/16' }),
  compute: Compute.activePassive({
    image: ContainerImage.fromAsset(path.join(__dirname, 'open-integration-engine'), {
      platform: Platform.LINUX_AMD64, // the project builds no other
    }),
    port: ADMIN_PORT,
    additionalPorts: [6661, 6662],
    cpu: 2048,
    memoryLimitMiB: 4096,
    user: '1000',
    writablePaths: ['/tmp', '/opt/engine/conf', '/opt/engine/logs'],
    mounts: [{ share: 'appdata', containerPath: '/opt/engine/appdata' }], // the key store, without which stored messages stay closed
    environment: {
      DATABASE: AppSetting.of('postgres'), // the default is an embedded database, gone with the task
      // one parameter only: the image puts this into a file with sed, to which an ampersand means something else
      DATABASE_URL: AppSetting.format(
        'jdbc:postgresql://{database.writer}:{database.port}/{database.name}?sslmode=require',
      ),
      DATABASE_MAX_RETRY: AppSetting.of('30'), // waits five minutes for a database that fails over, not twenty seconds
      SERVER_ID: AppSetting.of('7c9d3f0a-5b1e-4d7e-9a57-2f6e0c1b8d44'), // a UUID of your own, kept for good
      // lets a load balancer ask for the status: it cannot send the header that is otherwise required
      _MP_SERVER_API_REQUIRE__REQUESTED__WITH: AppSetting.of('false'),
    },
    secrets: {
      DATABASE_USERNAME: AppSecret.databaseUsername(),
      DATABASE_PASSWORD: AppSecret.databasePassword(),
      KEYSTORE_STOREPASS: AppSecret.fromSecretName(KEYSTORE, 'storepass'),
      KEYSTORE_KEYPASS: AppSecret.fromSecretName(KEYSTORE, 'keypass'),
    },
    // replaced after three minutes of anything but 0: longer than the database takes to fail over
    containerHealthCheck: {
      command: [
        'CMD-SHELL',
        `wget -q --no-check-certificate -O- https://localhost:${ADMIN_PORT}${STATUS} | grep -q '>0<' || exit 1`,
      ],
      interval: Duration.seconds(30),
      timeout: Duration.seconds(10),
      retries: 6,
      startPeriod: Duration.seconds(300),
    },
  }),
  database: Database.auroraPostgres({
    databaseName: 'engine',
    capacity: DatabaseCapacity.serverlessV2({ minAcu: 1, maxAcu: 16 }),
  }),
  files: { appdata: FileShare.efs({ user: { uid: 1000, gid: 1000 } }) },
  ingress: [
    Ingress.mllp({
      feeds: [
        { name: 'adt', port: 2575, targetPort: 6661, probe: MllpProbe.message(TEST_MESSAGE) },
        { name: 'oru', port: 2576, targetPort: 6662, probe: MllpProbe.message(TEST_MESSAGE) },
      ],
      sources: [Peer.ipv4(hospital)],
      // the engine's listener speaks no TLS without a commercial extension
      encryption: TransportEncryption.tlsTermination(),
      addresses: FixedAddresses.privateIpv4('10.8.0.10', '10.8.32.10', '10.8.64.10'),
      domainName,
      hostedZone: HostedZone.fromHostedZoneAttributes(stack, 'Zone', { hostedZoneId, zoneName }),
    }),
  ],
  // proves that its web server answers; whether the engine behind it works, the container asks itself
  health: HealthProfile.http(STATUS, {
    port: ADMIN_PORT,
    protocol: ProbeProtocol.HTTPS,
    startup: Duration.seconds(180), // placeholder: measure it
  }),
  probes: Probes.synthetics(),
});

Validations.of(app).addPlugins(new HIPAASecurityChecks(app), new NIST80053R5Checks(app), new AwsSolutionsChecks(app));
