/**
 * Orthanc, an open imaging archive: modalities send studies by DICOM over TLS to one fixed private address in each of three zones;
 * viewers ask by DICOMweb over HTTPS. Images are in Amazon S3 and the index in PostgreSQL, so that every task can serve everything.
 *
 * Synthesizes as it stands, with placeholders. Before a deployment create the secret `imaging/orthanc` with the keys `users` (JSON of
 * names and passwords), `tlsKey`, `tlsCertificate` and `tlsTrusted` (PEM), and give your own values:
 *
 *   cdk deploy -c account=… -c domainName=imaging.example.org -c zoneName=example.org -c hostedZoneId=Z… -c hospital=10.20.0.0/16 \
 *     -c image=<account>.dkr.ecr.<region>.amazonaws.com/orthanc@sha256:…
 *
 * Build the image from `orthancteam/orthanc` so that user 65532 can run it without writing outside /tmp: with its plug-ins chosen when
 * it is built, and a start script that writes `tlsKey`, `tlsCertificate` and `tlsTrusted` from the environment to /tmp. Facts about
 * Orthanc are from its book; it was not run here.
 */
import { App, Duration, Stack, Validations } from 'aws-cdk-lib';
import { Peer } from 'aws-cdk-lib/aws-ec2';
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
  DocumentStore,
  FixedAddresses,
  HealthProfile,
  Ingress,
  MultiAzClinicalApp,
  Network,
  ResilienceObjectives,
  TransportEncryption,
} from '../src';

export const app = new App();

const context = (key: string): string | undefined => app.node.tryGetContext(key);
const account = context('account') ?? process.env.CDK_DEFAULT_ACCOUNT;
const region = context('region') ?? 'us-east-1';
const domainName = context('domainName') ?? 'imaging.example.org'; // placeholder
const zoneName = context('zoneName') ?? 'example.org'; // placeholder
const hostedZoneId = context('hostedZoneId') ?? 'Z0123456789EXAMPLE'; // placeholder
const hospital = Peer.ipv4(context('hospital') ?? '10.20.0.0/16'); // placeholder
const image = context('image') ?? `registry.example.org/orthanc@sha256:${'0'.repeat(64)}`; // placeholder

const DICOM_PORT = 4242;
const HTTP_PORT = 8042;
const SECRET = 'imaging/orthanc';

const stack = new Stack(app, 'Imaging', {
  description: 'Orthanc over three Availability Zones, with DICOM over TLS and DICOMweb',
  env: { account, region },
});

new MultiAzClinicalApp(stack, 'Imaging', {
  systemName: 'imaging',
  objectives: ResilienceObjectives.forTier(ClinicalTier.CARE_ESSENTIAL, { biaReference: 'BIA-2026-044' }), // placeholder
  network: Network.dedicated({ cidr: '10.12.0.0/16' }),
  compute: Compute.fargate({
    image: ContainerImage.fromRegistry(image),
    port: HTTP_PORT,
    additionalPorts: [DICOM_PORT],
    peakTasks: 2,
    cpu: 2048,
    memoryLimitMiB: 4096,
    writablePaths: ['/tmp'],
    environment: {
      POSTGRESQL_PLUGIN_ENABLED: AppSetting.of('true'),
      ORTHANC__POSTGRESQL__HOST: AppSetting.format('{database.writer}'),
      ORTHANC__POSTGRESQL__PORT: AppSetting.format('{database.port}'),
      ORTHANC__POSTGRESQL__DATABASE: AppSetting.format('{database.name}'),
      ORTHANC__POSTGRESQL__ENABLE_SSL: AppSetting.of('true'),
      ORTHANC__POSTGRESQL__ENABLE_STORAGE: AppSetting.of('false'), // images are in Amazon S3
      ORTHANC__POSTGRESQL__LOCK: AppSetting.of('false'), // several tasks share the index
      AWS_S3_STORAGE_PLUGIN_ENABLED: AppSetting.of('true'),
      ORTHANC__AWS_S3_STORAGE__BUCKET_NAME: AppSetting.format('{documents.bucket}'),
      ORTHANC__AWS_S3_STORAGE__REGION: AppSetting.format('{region}'),
      DICOM_WEB_PLUGIN_ENABLED: AppSetting.of('true'),
      ORTHANC__DICOM_AET: AppSetting.of('ARCHIVE'),
      ORTHANC__DICOM_TLS_ENABLED: AppSetting.of('true'),
      ORTHANC__DICOM_TLS_PRIVATE_KEY: AppSetting.of('/tmp/tls.key'),
      ORTHANC__DICOM_TLS_CERTIFICATE: AppSetting.of('/tmp/tls.crt'),
      ORTHANC__DICOM_TLS_TRUSTED_CERTIFICATES: AppSetting.of('/tmp/trusted.crt'),
      ORTHANC__DICOM_TLS_REMOTE_CERTIFICATE_REQUIRED: AppSetting.of('true'), // modalities prove who they are
    },
    secrets: {
      ORTHANC__POSTGRESQL__USERNAME: AppSecret.databaseUsername(),
      ORTHANC__POSTGRESQL__PASSWORD: AppSecret.databasePassword(),
      ORTHANC__REGISTERED_USERS: AppSecret.fromSecretName(SECRET, 'users'),
      TLS_KEY: AppSecret.fromSecretName(SECRET, 'tlsKey'),
      TLS_CERTIFICATE: AppSecret.fromSecretName(SECRET, 'tlsCertificate'),
      TLS_TRUSTED: AppSecret.fromSecretName(SECRET, 'tlsTrusted'),
    },
  }),
  database: Database.auroraPostgres({
    databaseName: 'orthanc',
    capacity: DatabaseCapacity.serverlessV2({ minAcu: 1, maxAcu: 16 }),
  }),
  documents: DocumentStore.s3(),
  ingress: [
    Ingress.https({
      domainName,
      hostedZone: HostedZone.fromHostedZoneAttributes(stack, 'Zone', { hostedZoneId, zoneName }),
      internetFacing: false,
      allowedSources: [hospital],
      idleTimeout: Duration.minutes(5), // a study takes a while to send
    }),
    Ingress.dicom({
      applicationEntities: [{ title: 'ARCHIVE', port: 2762, targetPort: DICOM_PORT }],
      sources: [hospital],
      encryption: TransportEncryption.tlsPassThrough(),
      addresses: FixedAddresses.privateIpv4('10.12.0.10', '10.12.32.10', '10.12.64.10'),
    }),
  ],
  // asks who is there without saying so itself: an answer of 401 comes from a server that works
  health: HealthProfile.http('/system', { healthyHttpCodes: '200,401', startup: Duration.seconds(120) }), // placeholder: measure it
});

Validations.of(app).addPlugins(new HIPAASecurityChecks(app), new NIST80053R5Checks(app), new AwsSolutionsChecks(app));
