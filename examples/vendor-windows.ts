/**
 * A vendor's application on Windows Server in one Region: a fleet that survives the loss of a zone, for the hospital network only.
 *
 * Synthesizes as it stands, with placeholders. Before a deployment give your own values:
 *
 *   cdk deploy -c account=… -c domainName=lab.example.org -c zoneName=example.org -c hostedZoneId=Z… -c image=ami-… -c directoryId=d-…
 *
 * The image has the application installed, joins the directory, and starts the application as a service, which opens the share. Licences: Windows Server is in the price of the instances.
 */
import { App, Duration, Size, Stack, Validations } from 'aws-cdk-lib';
import { InstanceClass, InstanceSize, InstanceType, MachineImage, Peer } from 'aws-cdk-lib/aws-ec2';
import { HostedZone } from 'aws-cdk-lib/aws-route53';
import { AwsSolutionsChecks, HIPAASecurityChecks, NIST80053R5Checks } from 'cdk-nag';
import {
  ActiveDirectory,
  AppSecret,
  AppSetting,
  ClinicalTier,
  Compute,
  Database,
  DocumentStore,
  FileShare,
  HealthProfile,
  Ingress,
  MultiAzClinicalApp,
  RdsStorage,
  ResilienceObjectives,
} from '../src';

export const app = new App();

const context = (key: string): string | undefined => app.node.tryGetContext(key);
const account = context('account') ?? process.env.CDK_DEFAULT_ACCOUNT;
const region = context('region') ?? 'us-east-1';
const domainName = context('domainName') ?? 'lab.example.org'; // placeholder
const zoneName = context('zoneName') ?? 'example.org'; // placeholder
const hostedZoneId = context('hostedZoneId') ?? 'Z0123456789EXAMPLE'; // placeholder
const image = context('image') ?? 'ami-0123456789abcdef0'; // placeholder
const directoryId = context('directoryId') ?? 'd-1234567890'; // placeholder
const hospital = context('hospitalRange') ?? '10.200.0.0/16'; // placeholder

// AWS Backup takes snapshots of files hourly at most, and may start one an hour late
const restored = { rto: Duration.hours(12), rpo: Duration.hours(2) };

const stack = new Stack(app, 'Lab', {
  description: 'A laboratory system on Windows Server over three Availability Zones',
  env: { account, region },
});

new MultiAzClinicalApp(stack, 'Lab', {
  systemName: 'lab',
  objectives: ResilienceObjectives.forTier(ClinicalTier.CARE_ESSENTIAL, {
    biaReference: 'BIA-2026-027', // placeholder
    deletion: restored,
    corruption: restored,
  }),
  compute: Compute.ec2Fleet({
    machineImage: MachineImage.genericWindows({ [region]: image }),
    instanceType: new InstanceType('m7i.xlarge'),
    alternativeInstanceTypes: [new InstanceType('m6i.xlarge'), new InstanceType('m5.xlarge')], // the vendor certifies these
    port: 8080,
    peakInstances: 4,
    environment: {
      LAB_DATABASE: AppSetting.format('Server=tcp:{database.writer},{database.port};Encrypt=yes'),
      LAB_REPORTS_BUCKET: AppSetting.format('{documents.bucket}'),
      LAB_SCANS: AppSetting.format('{files.scans.path}'), // \\\\host\\share, which fails over by itself
    },
    secrets: {
      LAB_DATABASE_USER: AppSecret.databaseUsername(),
      LAB_DATABASE_PASSWORD: AppSecret.databasePassword(),
    },
    startCommands: ['Start-Service LabServer'],
  }),
  // licences of SQL Server are in the price of its instances; its standby takes no reads
  database: Database.rdsSqlServer({
    instanceType: InstanceType.of(InstanceClass.R6I, InstanceSize.XLARGE),
    storage: RdsStorage.gp3({ size: Size.gibibytes(400) }),
  }),
  documents: DocumentStore.s3(),
  files: {
    scans: FileShare.fsxWindows({
      activeDirectory: ActiveDirectory.managed(directoryId),
      storageCapacity: Size.tebibytes(2),
    }),
  },
  ingress: [
    Ingress.https({
      domainName,
      hostedZone: HostedZone.fromHostedZoneAttributes(stack, 'Zone', { hostedZoneId, zoneName }),
      internetFacing: false,
      allowedSources: [Peer.ipv4(hospital)],
    }),
  ],
  health: HealthProfile.http('/health', { startup: Duration.minutes(8) }), // placeholder: measured on the first boot
});

Validations.of(app).addPlugins(new HIPAASecurityChecks(app), new NIST80053R5Checks(app), new AwsSolutionsChecks(app));
