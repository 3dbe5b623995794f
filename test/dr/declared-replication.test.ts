import { Duration, Size } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { Role } from 'aws-cdk-lib/aws-iam';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import {
  ActiveDirectory,
  ClinicalTier,
  type CrossRegionDrProps,
  DeclaredReplication,
  type DeclaredReplicationProps,
  DrStrategy,
  Failover,
  FileShare,
  type FsxOntapFileShareProps,
  type IFileShare,
  RecoveryReadiness,
  RecoveryRunbook,
  ResilienceMetadata,
  ResilienceObjectives,
} from '../../src';
import { assess } from '../../src/assessment/judge';
import { readAssembly } from '../../src/assessment/model';
import { FailureScope } from '../../src/core/failure-scope';
import { hospital } from '../support/hospital';

const VOLUME = 'AWS::FSx::Volume';
const HERE = 'fs-0aaaaaaaaaaaaaaa1';

const aDay = { rto: Duration.hours(24), rpo: Duration.hours(2) };
const objectives = ResilienceObjectives.forTier(ClinicalTier.CARE_ESSENTIAL, {
  biaReference: 'BIA-1',
  deletion: aDay,
  corruption: aDay,
  twoAvailabilityZones: { rto: Duration.hours(8), rpo: Duration.minutes(30) },
  region: { rto: Duration.hours(8), rpo: Duration.minutes(30) },
});

const word: DeclaredReplicationProps = {
  recoveryPoint: Duration.minutes(12),
  promotionTime: Duration.minutes(20),
  source: 'failover exercise EX-12 of 2026-10-03',
  watchedBy: 'the storage team',
};
const lag = new Metric({ namespace: 'Hospital', metricName: 'SnapMirrorLag', period: Duration.minutes(5) });
const mirror = (props: Partial<DeclaredReplicationProps> = {}) =>
  DeclaredReplication.snapMirror({ schedule: '5min', ...word, ...props });
const procedure = {
  means: 'AWS DataSync, hourly',
  inspect: 'aws datasync list-task-executions --region us-west-2',
  promote: 'Disable the schedule of the task in us-west-2',
  mirrorBack: 'Run the task TO-EAST',
  returnHere: 'Run the task TO-EAST once more',
  resume: 'Enable the schedule of the task in us-west-2',
};
const byHand = () => DeclaredReplication.byProcedure({ ...procedure, ...word });

const ontap = (props: Partial<FsxOntapFileShareProps> = {}) =>
  FileShare.fsxOntap({ storageCapacity: Size.tebibytes(1), ...props });
const windows = () =>
  FileShare.fsxWindows({
    activeDirectory: ActiveDirectory.managed('d-1234567890'),
    storageCapacity: Size.gibibytes(512),
  });

/** A system with an archive on Amazon FSx, in two Regions. */
function archive(dr: Partial<CrossRegionDrProps> = {}, files: { [name: string]: IFileShare } = { archive: ontap() }) {
  return hospital({
    primaryAccount: '111111111111',
    recoveryAccount: '111111111111',
    app: () => ({ objectives, documents: undefined, files }),
    dr: () => ({ strategy: DrStrategy.pilotLight(), declaredReplications: { archive: mirror() }, ...dr }),
  });
}

describe('files of ONTAP that the hospital mirrors into another Region', () => {
  const { app, stack, recoveryStack, dr } = archive({ declaredReplications: { archive: mirror({ lag }) } });
  const runbook = new RecoveryRunbook(recoveryStack, 'Runbook', { dr, decidedBy: 'the CMIO on duty' });
  const { markdown } = runbook;
  const assembly = app.synth();
  const [primary, recovery] = [stack, recoveryStack].map((of) => Template.fromStack(of));
  const outputs = (template: Template) => template.toJSON().Outputs as Record<string, { Value: string }>;
  const output = (template: Template, name: string) =>
    Object.entries(outputs(template)).find(([id]) => id.includes(name))?.[1].Value ?? '';

  test('the recovery Region has a file system of its own, with a volume that only the mirror writes to', () => {
    recovery.resourceCountIs('AWS::FSx::FileSystem', 1);
    const [{ Properties }] = Object.values(recovery.findResources(VOLUME));
    expect(Properties).toMatchObject({ Name: 'hapi_fhir_archive', OntapConfiguration: { OntapVolumeType: 'DP' } });
    for (const property of ['JunctionPath', 'SecurityStyle', 'SnapshotPolicy', 'StorageEfficiencyEnabled']) {
      expect(Properties.OntapConfiguration).not.toHaveProperty(property);
    }
  });

  test('the volume of the primary Region is as it would be without', () => {
    primary.hasResourceProperties(VOLUME, {
      OntapConfiguration: Match.objectLike({ OntapVolumeType: 'RW', JunctionPath: '/archive' }),
    });
  });

  test('the end of a mirror is not backed up, which Amazon FSx cannot', () => {
    const selections = JSON.stringify(recovery.findResources('AWS::Backup::BackupSelection'));
    expect(selections).not.toContain('Volume');
    expect(JSON.stringify(primary.findResources('AWS::Backup::BackupSelection'))).toContain('Volume');
  });

  test('once users are there it is, and is still the same volume to CloudFormation', () => {
    const declaredReplications = { archive: mirror({ lag }) };
    const { stack: left, recoveryStack: serving } = archive({ activeRegion: 'us-west-2', declaredReplications });
    const template = Template.fromStack(serving);
    expect(JSON.stringify(template.findResources('AWS::Backup::BackupSelection'))).toContain('Volume');
    expect(template.findResources(VOLUME)).toEqual(recovery.findResources(VOLUME));
    Template.fromStack(left).hasResourceProperties('AWS::CloudWatch::Alarm', {
      MetricName: 'SnapMirrorLag',
      TreatMissingData: 'missing', // nobody replicates there now, so that nobody says how far
    });
  });

  test('budgets count what was declared, and say so', () => {
    expect(dr.estimate.stores).toContainEqual({ store: 'file share archive', recoveryPoint: Duration.minutes(12) });
    expect(dr.estimate.untilWritable).toContainEqual(
      expect.objectContaining({
        duration: Duration.minutes(20),
        source: 'declared: failover exercise EX-12 of 2026-10-03',
      }),
    );
  });

  test('somebody hears when the copy is behind, or nobody says how far', () => {
    primary.hasResourceProperties('AWS::CloudWatch::Alarm', {
      MetricName: 'SnapMirrorLag',
      Threshold: 1800,
      TreatMissingData: 'breaching',
      AlarmActions: [Match.anyValue()],
    });
  });

  test('the mirror is broken, and its volume mounted, in the recovery Region alone', () => {
    const promote = output(recovery, 'PromoteFilesArchive');
    expect(promote).toContain('aws fsx describe-file-systems --region us-west-2');
    expect(promote).not.toContain('us-east-1');
    const steps = [
      'quiesce',
      'abort', // a transfer that the loss of the Region left hanging, as NetApp says
      'break',
      'volume mount -vserver hapi-fhir-archive -volume hapi_fhir_archive -junction-path /archive',
    ];
    const places = steps.map((step) => promote.indexOf(step));
    expect(places[0]).toBeGreaterThan(0);
    expect(places).toEqual([...places].sort((a, b) => a - b));
  });

  test('the way back runs in the other direction, and ends with the schedule of before', () => {
    expect(output(primary, 'MirrorFilesArchive')).toMatch(
      /--region us-west-2 .*snapmirror delete .*; ssh .*--region us-east-1 .*resync -source-path hapi-fhir-archive-us-west-2:hapi_fhir_archive -destination-path hapi-fhir-archive:hapi_fhir_archive"$/,
    );
    expect(output(primary, 'ReturnFilesArchive')).toMatch(/update .*until .*grep -q Idle.*snapmirror break/);
    expect(output(primary, 'ResumeFilesArchive')).toMatch(
      /resync -source-path hapi-fhir-archive-us-east-1:.*modify .*-schedule 5min"$/,
    );
  });

  test('the runbook looks at the copy before it trusts it, and users come after', () => {
    const steps = [
      'See until when the copy of the file share archive is complete',
      'Make the file share archive writable here, and mount it',
      'Send users here',
      'MirrorFiles',
      'ReturnFiles',
      'ResumeFiles',
    ];
    const places = steps.map((step) => markdown.indexOf(step));
    expect(Math.min(...places)).toBeGreaterThan(0);
    expect(places).toEqual([...places].sort((a, b) => a - b));
    expect(markdown).toContain(
      'watched by the storage team. The hospital runs it, and nothing here proves that there is a copy',
    );
    expect(markdown).not.toContain('lost+found');
    expect(markdown).not.toContain('LOCAL_CONFIGURATION_ONLY');
  });

  test('it is among the needs, as something that nobody here sees', () => {
    expect(dr.needs).toContainEqual({
      kind: 'file share',
      name: 'archive',
      presence: 'EXPECTED',
      source: 'declared: NetApp SnapMirror, 5min, watched by the storage team',
    });
  });

  test('the judge shows it as declared, and never as met', () => {
    const metadata = primary.toJSON().Metadata[ResilienceMetadata.KEY];
    expect(metadata).toMatchObject({
      systems: {
        'Ehr/Ehr': {
          declaredCopies: { 'Ehr/Ehr/Files/archive': { recoveryPointSeconds: 720, promotionSeconds: 1200 } },
        },
      },
    });
    const { systems } = assess(readAssembly([assembly.directory]));
    const [serving] = systems.flatMap(({ entryPoints }) => entryPoints.filter(({ standby }) => !standby));
    const verdict = serving.scopes.find(({ scope }) => scope === FailureScope.REGION);
    expect(verdict?.verdict).toBe('UNKNOWN');
    expect(JSON.stringify(verdict)).toContain('NetApp SnapMirror, 5min is declared');
  });
});

describe('files of Windows that the hospital copies by a procedure', () => {
  const { recoveryStack, dr } = archive({ declaredReplications: { archive: byHand() } }, { archive: windows() });
  const recovery = Template.fromStack(recoveryStack);

  test('they have a file system of their own there, which is backed up', () => {
    recovery.hasResourceProperties('AWS::FSx::FileSystem', { FileSystemType: 'WINDOWS' });
    expect(JSON.stringify(recovery.findResources('AWS::Backup::BackupSelection'))).toContain('Files');
  });

  test('people read what the hospital wrote down', () => {
    recovery.hasOutput('*', { Value: 'Disable the schedule of the task in us-west-2' });
    const runbook = new RecoveryRunbook(recoveryStack, 'Runbook', { dr, decidedBy: 'the CMIO on duty' });
    expect(runbook.markdown).toContain('aws datasync list-task-executions');
  });
});

test('beside a share that Amazon EFS replicates, each has its own way', () => {
  const { dr } = archive({ replicatedFiles: { sites: HERE } }, { archive: ontap(), sites: FileShare.efs() });
  expect(Object.keys(dr._files?.landed ?? {})).toEqual(['sites']);
  expect(Object.keys(dr._files?.commands ?? {}).sort()).toEqual(['archive', 'sites']);
  const { dr: waiting } = archive({}, { archive: ontap(), sites: FileShare.efs() });
  expect(waiting._files?.waiting).toEqual(['sites']);
});

test('what differs in the recovery Region is defined there anew', () => {
  const { recoveryStack } = archive({ recovery: { files: { archive: ontap({ throughputCapacity: 256 }) } } });
  Template.fromStack(recoveryStack).hasResourceProperties('AWS::FSx::FileSystem', {
    OntapConfiguration: Match.objectLike({ ThroughputCapacityPerHAPair: 256 }),
  });
});

describe('fails', () => {
  const smb = (netBiosName?: string): IFileShare => ({
    bind: (scope, options) =>
      ontap({
        netBiosName,
        activeDirectory: ActiveDirectory.selfManaged({
          domainName: 'corp.example.org',
          dnsIps: ['10.1.0.10', '10.1.1.10'],
          credentials: Secret.fromSecretNameV2(scope, 'Join', 'join'),
        }),
      }).bind(scope, options),
  });

  test('when nothing is declared, with what would do', () => {
    expect(() => archive({ declaredReplications: undefined })).toThrow(
      /no template replicates Amazon FSx.*say with declaredReplications how the hospital does.*InvalidCrossRegionDr/,
    );
  });

  test('when one name would join the directory twice', () => {
    expect(() => archive({}, { archive: smb() })).toThrow(
      /would be archive.corp.example.org in both Regions.*another netBiosName \[SameComputerObject/,
    );
    expect(() => archive({ recovery: { files: { archive: smb('archive-west') } } }, { archive: smb() })).not.toThrow();
  });

  test.each<[string, Partial<CrossRegionDrProps>, { [name: string]: IFileShare }, RegExp]>([
    [
      'the system has no such share',
      { declaredReplications: { archive: mirror(), scans: mirror() } },
      { archive: ontap() },
      /names a file share scans, which the system does not have/,
    ],
    [
      'the share replicates itself',
      { replicatedFiles: { archive: HERE } },
      { archive: FileShare.efs() },
      /which is replicated by itself; leave it out, and name its copy with replicatedFiles/,
    ],
    [
      'SnapMirror is said of another file system',
      {},
      { archive: windows() },
      /SnapMirror replicates volumes of Amazon FSx for NetApp ONTAP, and the file share archive is none/,
    ],
    [
      'the copy is further behind than the RPO',
      { declaredReplications: { archive: mirror({ recoveryPoint: Duration.hours(1) }) } },
      { archive: ontap() },
      /ObjectivesNotMet/,
    ],
    [
      'a share that Amazon EFS replicates is defined anew',
      { replicatedFiles: { sites: HERE }, recovery: { files: { sites: FileShare.efs() } } },
      { archive: ontap(), sites: FileShare.efs() },
      /defines sites anew, but it is replicated by itself/,
    ],
    [
      'one is defined anew that is not there',
      { recovery: { files: { scans: ontap() } } },
      { archive: ontap() },
      /recovery: \{ files \} names a file share scans/,
    ],
  ])('when %s', (_, dr, files, error) => {
    expect(() => archive(dr, files)).toThrow(error);
  });

  test('when the strategy keeps no live copy', () => {
    const days = { rto: Duration.days(2), rpo: Duration.days(2) };
    const patient = ResilienceObjectives.forTier(ClinicalTier.CARE_ESSENTIAL, {
      biaReference: 'BIA-1',
      maxTolerableDowntime: Duration.days(7),
      deletion: aDay,
      corruption: aDay,
      twoAvailabilityZones: days,
      region: days,
      account: days,
    });
    const restoring = () =>
      hospital({
        app: () => ({ objectives: patient, documents: undefined, files: { archive: ontap() } }),
        dr: () => ({
          strategy: DrStrategy.backupAndRestore(),
          measuredRestore: { restoreTime: Duration.hours(1), copyTime: Duration.hours(1), source: 'RT-1' },
          declaredReplications: { archive: mirror() },
        }),
      });
    expect(restoring).toThrow(/BACKUP_AND_RESTORE makes the files from copies of backups.*DeclaredReplicationNotUsed/);
  });

  test('when a plan would send users before anybody has broken the mirror', () => {
    const plan = () =>
      hospital({
        app: () => ({ objectives, files: { archive: ontap() } }),
        dr: (stack) => ({
          failover: Failover.regionSwitch({ approvers: Role.fromRoleName(stack, 'Leads', 'leads') }),
          declaredReplications: { archive: mirror() },
        }),
      });
    expect(plan).toThrow(/sends users before anybody has ended the replication of files/);
  });

  test.each<[string, () => DeclaredReplication, RegExp]>([
    ['nobody says where figures come from', () => mirror({ source: ' ' }), /source is empty; name the exercise/],
    ['nobody watches it', () => mirror({ watchedBy: '' }), /watchedBy is empty/],
    [
      'a schedule is a command',
      () => DeclaredReplication.snapMirror({ ...word, schedule: '5min; x' }),
      /got "5min; x"/,
    ],
    [
      'a step is left out',
      () => DeclaredReplication.byProcedure({ ...procedure, ...word, promote: '' }),
      /promote is empty/,
    ],
  ])('when %s', (_, declare, error) => {
    expect(declare).toThrow(error);
  });
});

describe('readiness of files that the hospital mirrors, from either Region', () => {
  const watch = (activeRegion: string) => {
    const made = archive({ activeRegion });
    new RecoveryReadiness(made.recoveryStack, 'Readiness', { dr: made.dr, watchReturn: true });
    return [made.stack, made.recoveryStack].map((of) => Template.fromStack(of));
  };
  const schedule = { Properties: { ScheduleExpression: Match.anyValue() } };
  const told = (template: Template) => {
    const [{ Properties }] = Object.values(template.findResources('AWS::Events::Rule', schedule));
    return JSON.stringify(Properties.Targets[0].Input).replaceAll('\\"', '"');
  };
  const [primary, recovery] = watch('us-east-1');
  const share =
    '"DeclaredFiles":{"shares":[{"name":"archive","tag":"hapi-fhir-archive","volume":"hapi_fhir_archive","mirror":true}]';

  test('asks for what both are named, and turns with where users are', () => {
    expect(told(primary)).toContain(`${share},"serving":true}`);
    expect(told(recovery)).toContain(`${share},"serving":false}`);
    const [left, served] = watch('us-west-2');
    expect(told(left)).toContain(`${share},"serving":false}`);
    expect(told(served)).toContain(`${share},"serving":true}`);
    for (const template of [primary, recovery]) {
      template.hasResourceProperties(VOLUME, { Name: 'hapi_fhir_archive' });
      template.hasResourceProperties('AWS::FSx::FileSystem', {
        Tags: Match.arrayWith([{ Key: 'Name', Value: 'hapi-fhir-archive' }]),
      });
    }
  });

  test('may describe file systems and volumes, and no more of Amazon FSx', () => {
    for (const template of [primary, recovery]) {
      const policies = JSON.stringify(template.findResources('AWS::IAM::ManagedPolicy'));
      expect([...new Set(policies.match(/fsx:\w+/g))].sort()).toEqual([
        'fsx:DescribeFileSystems',
        'fsx:DescribeVolumes',
      ]);
    }
  });
});
