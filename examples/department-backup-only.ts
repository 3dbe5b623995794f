/**
 * A department's application on Windows Server and SQL Server, whose Region is recovered from copies of its backups: nothing of it runs
 * elsewhere before a disaster. Copies are kept in another Region, and, out of reach of whoever takes over the account, in another one.
 *
 * Synthesizes as it stands, with placeholders. Before a deployment give your own values:
 *
 *   cdk deploy --all -c account=… -c vaultAccount=… -c domainName=nuclear.example.org -c zoneName=example.org -c hostedZoneId=Z… \
 *     -c image=ami-… -c recoveryImage=ami-… -c directoryId=d-… -c email=on-call@…
 *
 * When the Region is lost, the runbook in the recovery Region tells how to find the newest copies, and the replicated backups of the database, which are
 * minutes old. Name them, and deploy that Region alone, with -c restoredDatabaseTime=…Z to come back to a moment before something went wrong:
 *
 *   cdk deploy --exclusively NuclearDr/Dr/Landing/Stack NuclearDr … -c activeRegion=us-west-2 -c restoredDatabase=arn:… -c restoredScans=arn:…
 *
 * `-c pilotLight=true`, from the first deployment on, keeps the data live in the recovery Region instead: SQL Server Enterprise Edition with a read
 * replica, the scans by a replication that the hospital runs, and no instance of the application before somebody starts them. The commands for a
 * failover are in the runbook, in their order: promote, password, start, users.
 *
 * With -c watched=true the recovery Region is asked every hour for what a restore would need, which costs a few US dollars a month, and AWS Resilience Hub is told of
 * the system, which costs what an assessed application does.
 */
import { App, Duration, Size, Stack, Validations } from 'aws-cdk-lib';
import { InstanceClass, InstanceSize, InstanceType, MachineImage, Peer } from 'aws-cdk-lib/aws-ec2';
import { HostedZone } from 'aws-cdk-lib/aws-route53';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { AwsSolutionsChecks, HIPAASecurityChecks, NIST80053R5Checks } from 'cdk-nag';
import {
  ActiveDirectory,
  AppSecret,
  AppSetting,
  ClinicalTier,
  Compute,
  CrossRegionDr,
  Database,
  DeclaredReplication,
  DrStrategy,
  Failover,
  FileShare,
  HealthProfile,
  Ingress,
  IsolatedVault,
  MultiAzClinicalApp,
  Network,
  RdsStorage,
  RecoveryReadiness,
  RecoveryRunbook,
  ResilienceHubApp,
  ResilienceObjectives,
  ResiliencyPolicy,
  SqlServerEdition,
} from '../src';

export const app = new App();

const context = (key: string): string | undefined => app.node.tryGetContext(key);
const account = context('account') ?? process.env.CDK_DEFAULT_ACCOUNT;
const vaultAccount = context('vaultAccount') ?? (account ? undefined : '222222222222'); // placeholder
if (!vaultAccount) {
  throw new Error('-c vaultAccount=… is missing: an account of your own organization, to which backups are copied');
}
const [home, away] = ['us-east-2', 'us-west-2'];
const domainName = context('domainName') ?? 'nuclear.example.org'; // placeholder
const zoneName = context('zoneName') ?? 'example.org'; // placeholder
const hostedZoneId = context('hostedZoneId') ?? 'Z0123456789EXAMPLE'; // placeholder
const image = context('image') ?? 'ami-0123456789abcdef0'; // placeholder
const recoveryImage = context('recoveryImage') ?? 'ami-0fedcba9876543210'; // placeholder
const directoryId = context('directoryId') ?? 'd-1234567890'; // placeholder, of a directory that both Regions have
const hospital = context('hospitalRange') ?? '10.200.0.0/16'; // placeholder
const activeRegion = context('activeRegion');
const pilotLight = context('pilotLight') === 'true';
// two tasks in the Region that survives, one for each direction: placeholders
const [there, back] = ['task-0123456789abcdef0', 'task-0fedcba9876543210'].map(
  (task) => `--region ${away} --task-arn arn:aws:datasync:${away}:${account ?? '111111111111'}:task/${task}`,
);
const hourly = 'ScheduleExpression=cron(0 * * * ? *)';
const [restoredDatabase, restoredScans] = [context('restoredDatabase'), context('restoredScans')];

const vaultStack = new Stack(app, 'NuclearVault', {
  description: 'Copies of the backups of nuclear medicine, in an account of their own',
  env: { account: vaultAccount, region: home },
});
new IsolatedVault(vaultStack, 'Vault', { systemName: 'nuclear', sourceAccounts: [account ?? '111111111111'] });

const primaryStack = new Stack(app, 'Nuclear', {
  description: 'A nuclear medicine application on Windows Server over three Availability Zones',
  env: { account, region: home },
});

// AWS Backup takes snapshots of files hourly at most, and may start one an hour late
const restored = { rto: Duration.hours(24), rpo: Duration.hours(2) };
// the loss of a Region, or of two zones: what is left is a copy in a vault, or a live one
const elsewhere = pilotLight
  ? { rto: Duration.hours(8), rtoReadOnly: Duration.hours(4), rpo: Duration.hours(2) }
  : { rto: Duration.hours(24), rpo: Duration.hours(12) };

const nuclear = new MultiAzClinicalApp(primaryStack, 'Nuclear', {
  systemName: 'nuclear',
  objectives: ResilienceObjectives.forTier(ClinicalTier.CARE_ESSENTIAL, {
    biaReference: 'BIA-2026-052', // placeholder
    maxTolerableDowntime: Duration.days(7),
    account: { rto: Duration.hours(72), rpo: Duration.hours(12) }, // backups are copied as often as that allows
    region: elsewhere,
    twoAvailabilityZones: elsewhere,
    deletion: restored,
    corruption: restored,
  }),
  network: Network.dedicated({ cidr: '10.40.0.0/16' }),
  compute: Compute.ec2Fleet({
    machineImage: MachineImage.genericWindows({ [home]: image, [away]: recoveryImage }),
    instanceType: new InstanceType('m7i.xlarge'),
    alternativeInstanceTypes: [new InstanceType('m6i.xlarge'), new InstanceType('m5.xlarge')], // the vendor certifies these
    port: 8080,
    peakInstances: 2,
    environment: {
      NUCLEAR_DATABASE: AppSetting.format('Server=tcp:{database.writer},{database.port};Encrypt=yes'),
      NUCLEAR_SCANS: AppSetting.format('{files.scans.path}'),
    },
    secrets: {
      NUCLEAR_DATABASE_USER: AppSecret.databaseUsername(),
      NUCLEAR_DATABASE_PASSWORD: AppSecret.databasePassword(),
    },
    startCommands: ['Start-Service NuclearServer'],
  }),
  database: Database.rdsSqlServer({
    ...(pilotLight
      ? {
          edition: SqlServerEdition.ENTERPRISE, // which alone has replicas
          acknowledgeLoginsNotReplicated:
            'procedure DBA-14: people sign in by the directory, and each login is made in both Regions with one SID', // placeholder
        }
      : {}),
    instanceType: InstanceType.of(InstanceClass.R6I, InstanceSize.XLARGE),
    storage: RdsStorage.gp3({ size: Size.gibibytes(400) }),
    replicateBackups: true,
  }),
  files: {
    scans: FileShare.fsxWindows({
      activeDirectory: ActiveDirectory.managed(directoryId),
      storageCapacity: Size.tebibytes(2),
    }),
  },
  ingress: [
    Ingress.https({
      domainName,
      hostedZone: HostedZone.fromHostedZoneAttributes(primaryStack, 'Zone', { hostedZoneId, zoneName }),
      internetFacing: false,
      allowedSources: [Peer.ipv4(hospital)],
    }),
  ],
  health: HealthProfile.http('/health', { startup: Duration.minutes(8) }), // placeholder: measured on the first boot
});
nuclear.backup?.copyTo(IsolatedVault.arnIn(primaryStack, 'nuclear', vaultAccount, home));

const recoveryStack = new Stack(app, 'NuclearDr', {
  description: pilotLight
    ? 'The same application on live copies of its data, started after a disaster'
    : 'The same application, made from copies of its backups after a disaster',
  env: { account, region: away },
});

const dr = new CrossRegionDr(recoveryStack, 'Dr', {
  primary: nuclear,
  // left out, the cheapest strategy that meets the objectives: backup and restore, possible because somebody measured
  ...(pilotLight
    ? {
        strategy: DrStrategy.pilotLight(),
        declaredReplications: {
          scans: DeclaredReplication.byProcedure({
            means: 'AWS DataSync, hourly', // the most often that it can be scheduled
            recoveryPoint: Duration.minutes(90), // placeholder
            promotionTime: Duration.minutes(20), // placeholder
            source: 'failover exercise EX-12 of 2026-10-03', // placeholder
            watchedBy: 'the storage team, by alarms on the task', // placeholder
            inspect: `aws datasync list-task-executions ${there}`,
            promote: `aws datasync update-task ${there} --schedule '${hourly},Status=DISABLED'`, // or it overwrites what is written there
            mirrorBack: `aws datasync start-task-execution ${back}`,
            returnHere: `aws datasync start-task-execution ${back}`, // what came since, once nobody writes
            resume: `aws datasync update-task ${there} --schedule '${hourly},Status=ENABLED'`,
          }),
        },
      }
    : {
        measuredRestore: {
          restoreTime: Duration.hours(5), // placeholder
          deployTime: Duration.minutes(90), // placeholder
          copyTime: Duration.hours(3), // placeholder
          source: 'restore test RT-31 of 2026-10-14', // placeholder
        },
      }),
  failover: Failover.dns({ decisionTime: Duration.hours(2) }),
  recovery: { network: Network.dedicated({ cidr: '10.41.0.0/16' }) },
  activeRegion,
  restored:
    restoredDatabase && restoredScans
      ? {
          database: restoredDatabase,
          databaseTime: context('restoredDatabaseTime'),
          files: { scans: restoredScans },
        }
      : undefined,
});

new RecoveryRunbook(recoveryStack, 'Runbook', { dr, decidedBy: 'head of radiology on duty' });

for (const topic of [nuclear.notifications, dr.landing.notifications.topic]) {
  topic.addSubscription(new EmailSubscription(context('email') ?? 'on-call@example.org')); // placeholder
}

if (context('watched')) {
  new RecoveryReadiness(recoveryStack, 'Readiness', { dr });
  new ResilienceHubApp(recoveryStack, 'ResilienceHubApp', {
    policy: new ResiliencyPolicy(recoveryStack, 'ResiliencyPolicy', { app: nuclear, dr }),
  });
}

Validations.of(app).addPlugins(new HIPAASecurityChecks(app), new NIST80053R5Checks(app), new AwsSolutionsChecks(app));
