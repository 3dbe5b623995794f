import * as fs from 'node:fs';
import * as path from 'node:path';
import { CfnParameter, Duration, Size, type Stack } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import { ContainerImage } from 'aws-cdk-lib/aws-ecs';
import { Role } from 'aws-cdk-lib/aws-iam';
import {
  ClinicalTier,
  Compute,
  type CrossRegionDr,
  type CrossRegionDrProps,
  DocumentStore,
  DrStrategy,
  EfsLifecycle,
  Failover,
  FileShare,
  type MultiAzClinicalAppProps,
  RecoveryReadiness,
  RecoveryRunbook,
  ResilienceMetadata,
  ResilienceObjectives,
} from '../../src';
import { assess } from '../../src/assessment/judge';
import { type JsonObject, readAssembly } from '../../src/assessment/model';
import { FailureScope } from '../../src/core/failure-scope';
import { certificate, hospital, httpsWithoutZone } from '../support/hospital';

const HERE = 'fs-0aaaaaaaaaaaaaaa1';
const FILE_SYSTEM = 'AWS::EFS::FileSystem';
const env = { primaryAccount: '111111111111', recoveryAccount: '111111111111' };

const restored = { rto: Duration.hours(24), rpo: Duration.hours(2) };
const objectives = ResilienceObjectives.forTier(ClinicalTier.LIFE_CRITICAL, {
  biaReference: 'BIA-1',
  deletion: restored,
  corruption: restored,
  region: { rto: Duration.hours(4), rtoReadOnly: Duration.minutes(15), rpo: Duration.minutes(20) },
});

const aDay = { rto: Duration.hours(24), rpo: Duration.hours(24) };
const patient = ResilienceObjectives.forTier(ClinicalTier.CARE_ESSENTIAL, {
  biaReference: 'BIA-1',
  deletion: aDay,
  corruption: aDay,
  region: aDay,
  twoAvailabilityZones: aDay,
});

/** A system whose sites are files, in two Regions. */
function clinic(dr: Partial<CrossRegionDrProps> = {}, app: Partial<MultiAzClinicalAppProps> = {}) {
  return hospital({
    ...env,
    app: () => ({
      objectives,
      documents: undefined,
      compute: Compute.fargate({
        image: ContainerImage.fromRegistry(`clinic@sha256:${'0'.repeat(64)}`),
        port: 8080,
        peakTasks: 2,
        mounts: [{ share: 'sites', containerPath: '/sites' }],
      }),
      files: { sites: FileShare.efs() },
      ...app,
    }),
    dr: () => ({ strategy: DrStrategy.warmStandby({ capacityPercent: 50 }), replicatedFiles: { sites: HERE }, ...dr }),
  });
}

function landingOf(dr: CrossRegionDr): Template {
  return Template.fromStack(dr.landing.stack);
}

function fileSystemIn(template: Template) {
  const [found] = Object.values(template.findResources(FILE_SYSTEM));
  return found;
}

/** A command as it is published, with the name of a resource in place of its id. */
function commandIn(template: Template, id: string): string {
  const [output] = Object.entries(template.toJSON().Outputs).filter(([key]) => key.includes(id));
  const { Value } = output[1] as { Value: string | { 'Fn::Join': [string, unknown[]] } };
  const parts: unknown[] = typeof Value === 'string' ? [Value] : Value['Fn::Join'][1];
  return parts.map((part) => (typeof part === 'string' ? part : '<id>')).join('');
}

describe('file shares that follow into another Region', () => {
  const { stack, recoveryStack, dr } = clinic();
  const primary = Template.fromStack(stack);
  const recovery = Template.fromStack(recoveryStack);
  const landing = landingOf(dr);

  test('the file system that receives them is in the landing: kept, under its key, backed up, and open to replication only', () => {
    const { Properties, DeletionPolicy } = fileSystemIn(landing);
    const source = fileSystemIn(primary).Properties;
    expect(DeletionPolicy).toBe('Retain');
    expect(Properties.FileSystemProtection).toEqual({ ReplicationOverwriteProtection: 'DISABLED' });
    expect(landing.findResources('AWS::KMS::Key')).toHaveProperty(Properties.KmsKeyId['Fn::GetAtt'][0]);
    const alike = [
      'Encrypted',
      'PerformanceMode',
      'ThroughputMode',
      'LifecyclePolicies',
      'BackupPolicy',
      'FileSystemPolicy',
    ];
    for (const property of alike) {
      expect(Properties[property]).toEqual(source[property]);
    }
    recovery.resourceCountIs(FILE_SYSTEM, 0);
  });

  test('the primary replicates to it by the id that was written down, and is not open to be overwritten', () => {
    expect(fileSystemIn(primary).Properties).toMatchObject({
      ReplicationConfiguration: { Destinations: [{ Region: 'us-west-2', FileSystemId: HERE }] },
      FileSystemProtection: { ReplicationOverwriteProtection: 'ENABLED' },
    });
    expect(JSON.stringify(primary.toJSON())).not.toContain('GetStackOutput');
    primary.resourceCountIs('Custom::CrossRegionExportReader', 0);
  });

  test('it is mounted in the recovery Region in every zone, through an access point of its own', () => {
    const targets = Object.values(recovery.findResources('AWS::EFS::MountTarget'));
    expect(targets).toHaveLength(3);
    for (const { Properties } of targets) {
      expect(JSON.stringify(Properties.FileSystemId)).toContain('Fn::ImportValue');
    }
    recovery.hasResourceProperties('AWS::EFS::AccessPoint', { RootDirectory: Match.objectLike({ Path: '/sites' }) });
    recovery.hasResourceProperties('AWS::ECS::TaskDefinition', {
      Volumes: [
        Match.objectLike({
          EFSVolumeConfiguration: Match.objectLike({
            FilesystemId: { 'Fn::ImportValue': Match.stringLikeRegexp('FileSystem') },
            TransitEncryption: 'ENABLED',
          }),
        }),
      ],
    });
  });

  test('its tasks wait for the mount targets, and may mount nothing else', () => {
    const [service] = Object.values(recovery.findResources('AWS::ECS::Service'));
    const targets = Object.keys(recovery.findResources('AWS::EFS::MountTarget'));
    expect(service.DependsOn).toEqual(expect.arrayContaining(targets));
    const policies = JSON.stringify(recovery.findResources('AWS::IAM::ManagedPolicy'));
    expect(policies).toContain('elasticfilesystem:ClientMount');
    expect(policies).not.toContain('us-east-1');
  });

  test('it is backed up there as well', () => {
    const selections = JSON.stringify(recovery.findResources('AWS::Backup::BackupSelection'));
    expect(selections).toContain(':elasticfilesystem:us-west-2:');
  });

  test('somebody hears in the primary Region when the copy is further behind than the RPO, or none is made', () => {
    primary.hasResourceProperties('AWS::CloudWatch::Alarm', {
      Namespace: 'AWS/EFS',
      MetricName: 'TimeSinceLastSync',
      Threshold: 1200,
      Period: 300,
      EvaluationPeriods: 3,
      TreatMissingData: 'breaching',
      AlarmActions: [Match.anyValue()],
    });
  });

  test('the budget counts them, with where it comes from', () => {
    expect(dr.estimate.stores).toContainEqual({ store: 'file share sites', recoveryPoint: Duration.minutes(15) });
    const step = dr.estimate.untilWritable.find(({ description }) => description.includes('replication of files'));
    expect(step?.duration.toMinutes()).toBe(15);
    expect(step?.source).toMatch(/^judgement: "several minutes" \(https:\/\/docs.aws.amazon.com\/efs/);
    const reading = dr.estimate.untilReadable.map(({ description }) => description);
    expect(reading).not.toContain(step?.description);
  });

  test('promotion asks the recovery Region alone, tries both sides first, and ends when files can be written to', () => {
    const command = commandIn(recovery, 'PromoteFilesSites');
    expect(command).not.toContain('us-east-1');
    expect(command).toContain(`describe-replication-configurations --region us-west-2 --file-system-id ${HERE}`);
    expect(command).toMatch(
      /\{ aws efs delete-replication-configuration --region us-west-2 --source-file-system-id \$SOURCE \|\| aws efs delete-replication-configuration --region us-west-2 --source-file-system-id \$SOURCE --deletion-mode LOCAL_CONFIGURATION_ONLY; \}/,
    );
    expect(command).toMatch(/until \[ "\$\(aws efs describe-file-systems .*\)" = ENABLED \]; do sleep 15; done$/);
    expect(commandIn(recovery, 'InspectFilesSites')).not.toContain('us-east-1');
  });

  test('the way back is in the primary stack, with the ids of both sides, in the order of its use', () => {
    expect(commandIn(primary, 'MirrorFilesSites')).toBe(
      [
        'aws efs delete-replication-configuration --region us-east-1 --source-file-system-id <id> --deletion-mode LOCAL_CONFIGURATION_ONLY;',
        'aws efs update-file-system-protection --region us-east-1 --file-system-id <id> --replication-overwrite-protection DISABLED &&',
        `aws efs create-replication-configuration --region us-west-2 --source-file-system-id ${HERE} --destinations Region=us-east-1,FileSystemId=<id>`,
      ].join(' '),
    );
    expect(commandIn(primary, 'ReturnFilesSites')).toBe(
      `aws efs delete-replication-configuration --region us-east-1 --source-file-system-id ${HERE}`,
    );
    expect(commandIn(primary, 'ResumeFilesSites')).toBe(
      [
        `aws efs update-file-system-protection --region us-west-2 --file-system-id ${HERE} --replication-overwrite-protection DISABLED &&`,
        `aws efs create-replication-configuration --region us-east-1 --source-file-system-id <id> --destinations Region=us-west-2,FileSystemId=${HERE}`,
      ].join(' '),
    );
  });

  test.each([
    ['a pilot light', DrStrategy.pilotLight()],
    ['a hot standby', DrStrategy.hotStandby()],
  ])('%s has them too', (_, strategy) => {
    const { recoveryStack: other } = clinic({ strategy }, { objectives: patient });
    Template.fromStack(other).resourceCountIs('AWS::EFS::MountTarget', 3);
  });

  test('what was chosen for the share is chosen for its copy, but for the key, which is of the other Region', () => {
    const sites = FileShare.efs({
      automaticBackups: false,
      provisionedThroughput: Size.mebibytes(100),
      lifecycle: EfsLifecycle.standardOnly(),
      directory: '/ehr/sites',
    });
    const { dr: own, recoveryStack: there } = clinic({}, { files: { sites } });
    const { Properties } = fileSystemIn(landingOf(own));
    expect(Properties).toMatchObject({ ThroughputMode: 'provisioned', ProvisionedThroughputInMibps: 100 });
    expect(Properties.BackupPolicy).toBeUndefined();
    expect(Properties.LifecyclePolicies).toBeUndefined();
    Template.fromStack(there).hasResourceProperties('AWS::EFS::AccessPoint', {
      RootDirectory: Match.objectLike({ Path: '/ehr/sites' }),
    });
  });
});

describe('after a failover', () => {
  const before = clinic();
  const after = clinic({ activeRegion: 'us-west-2' });

  test.each([
    ['the source', (made: typeof before) => Template.fromStack(made.stack)],
    ['the copy', (made: typeof before) => landingOf(made.dr)],
  ])('a deployment changes nothing of %s, so it neither replicates over what was promoted nor opens it', (_, of) => {
    expect(of(after).findResources(FILE_SYSTEM)).toEqual(of(before).findResources(FILE_SYSTEM));
  });

  test('nobody is woken because nothing is replicated', () => {
    Template.fromStack(after.stack).hasResourceProperties('AWS::CloudWatch::Alarm', {
      MetricName: 'TimeSinceLastSync',
      TreatMissingData: 'missing',
    });
  });
});

describe('before the file systems are named', () => {
  const { app, stack, recoveryStack, dr } = clinic({ replicatedFiles: undefined });
  const landing = landingOf(dr);

  test('the landing is there, and tells their ids', () => {
    landing.resourceCountIs(FILE_SYSTEM, 1);
    landing.hasOutput('FileSystemSites', { Value: { Ref: Match.stringLikeRegexp('FileSystem') } });
  });

  test('nothing is replicated, nothing runs there, and no command leads there', () => {
    expect(fileSystemIn(Template.fromStack(stack)).Properties.ReplicationConfiguration).toBeUndefined();
    Template.fromStack(recoveryStack).resourceCountIs('AWS::ECS::Service', 0);
    expect(JSON.stringify(landing.toJSON().Outputs)).not.toContain('SendUsersHere');
  });

  test('nobody claims that it would recover', () => {
    const metadata = JSON.stringify(Template.fromStack(stack).toJSON().Metadata[ResilienceMetadata.KEY]);
    expect(metadata).not.toContain('us-west-2');
    expect(metadata).toContain('"systemName":"hapi-fhir"');
  });

  test('a warning says what to do', () => {
    app.synth();
    Annotations.fromStack(recoveryStack).hasWarning(
      '/EhrDr/Dr',
      Match.stringLikeRegexp('file shares sites are not replicated: deploy EhrDr-Landing, and give replicatedFiles'),
    );
    expect(() => dr.recovery).toThrow(/name their file systems with replicatedFiles \[FilesNotNamed at EhrDr\/Dr\]/);
  });

  test('the runbook says that there is nowhere to go', () => {
    const runbook = new RecoveryRunbook(recoveryStack, 'Runbook', { dr, decidedBy: 'the CMIO on duty' });
    expect(runbook.markdown).toContain('Nothing of hapi-fhir runs in us-west-2');
    expect(runbook.markdown).not.toContain('Send users here');
  });

  test('one of two is not enough', () => {
    const { dr: half } = clinic({}, { files: { sites: FileShare.efs(), ssl: FileShare.efs() } });
    expect(() => half.recovery).toThrow('FilesNotNamed');
  });
});

test('the runbook promotes files before it sends users, and brings them back by commands of the primary stack', () => {
  const { dr, recoveryStack, stack } = clinic();
  const runbook = new RecoveryRunbook(recoveryStack, 'Runbook', { dr, decidedBy: 'the CMIO on duty' });
  const { markdown } = runbook;
  const steps = [
    'Make the file share sites writable here',
    'Send users here',
    'can write to its files',
    'MirrorFiles',
    'ReturnFiles',
    'Let users return',
    'ResumeFiles',
  ];
  const places = steps.map((step) => markdown.indexOf(step));
  expect(Math.min(...places)).toBeGreaterThan(0);
  expect(places).toEqual([...places].sort((a, b) => a - b));
  expect(markdown).toContain('all calls but those for the files');
  expect(markdown).toContain('describe-stacks --region us-east-1 --stack-name Ehr ');
  Template.fromStack(stack).hasResourceProperties('AWS::SSM::Parameter', { Name: '/hapi-fhir/runbook' });
});

test('readiness watches the copy in the Region that survives, and may ask about it alone', () => {
  const { dr, recoveryStack } = clinic();
  const readiness = new RecoveryReadiness(recoveryStack, 'Readiness', { dr });
  const template = Template.fromStack(recoveryStack);
  expect(readiness.checks).toContain('Files');
  template.hasResourceProperties('AWS::CloudWatch::Alarm', {
    MetricName: 'NotReady',
    Dimensions: Match.arrayWith([{ Name: 'Check', Value: 'Files' }]),
    TreatMissingData: 'breaching',
  });
  const [rule] = Object.values(
    template.findResources('AWS::Events::Rule', { Properties: { ScheduleExpression: Match.anyValue() } }),
  );
  const told = JSON.stringify(rule.Properties.Targets[0].Input);
  expect(told).toContain('FileSystem');
  expect(told).toMatch(/\\"rpoSeconds\\":1200,\\"serving\\":false/);
  template.hasResourceProperties('AWS::IAM::ManagedPolicy', {
    PolicyDocument: {
      Statement: Match.arrayWith([
        Match.objectLike({
          Action: 'elasticfilesystem:DescribeReplicationConfigurations',
          Resource: { 'Fn::Join': ['', Match.arrayWith([Match.stringLikeRegexp('elasticfilesystem:us-west-2:')])] },
        }),
      ]),
    },
  });
});

test('readiness from both Regions expects a copy where users are not', () => {
  const { dr, stack, recoveryStack } = clinic({ activeRegion: 'us-west-2' });
  new RecoveryReadiness(recoveryStack, 'Readiness', { dr, watchReturn: true });
  const told = (of: Stack) =>
    JSON.stringify(
      Template.fromStack(of).findResources('AWS::Events::Rule', {
        Properties: { ScheduleExpression: Match.anyValue() },
      }),
    );
  expect(told(stack)).toMatch(/\\"rpoSeconds\\":1200,\\"serving\\":false/);
  expect(told(recoveryStack)).toMatch(/\\"rpoSeconds\\":1200,\\"serving\\":true/);
});

test('a runbook with the three shares of an OpenEMR, a database and documents still fits into a parameter', () => {
  const shares = ['sites', 'ssl', 'sessions'];
  const { dr, recoveryStack } = clinic(
    { replicatedFiles: Object.fromEntries(shares.map((share) => [share, HERE])) },
    { files: Object.fromEntries(shares.map((share) => [share, FileShare.efs()])), documents: DocumentStore.s3() },
  );
  const runbook = new RecoveryRunbook(recoveryStack, 'Runbook', { dr, decidedBy: 'the CMIO on duty' });
  expect(() => Template.fromStack(recoveryStack)).not.toThrow();
  expect(runbook.markdown.match(/Make the file share \w+ writable here/g)).toHaveLength(3);
});

test.each([
  ['AWS GovCloud (US)', 'us-gov-west-1', 'us-gov-east-1'],
  ['China', 'cn-north-1', 'cn-northwest-1'],
])('in %s everything is of that partition', (_, primaryRegion, recoveryRegion) => {
  const { stack, recoveryStack } = hospital({
    ...env,
    primaryRegion,
    recoveryRegion,
    app: (of) => ({ objectives: patient, files: { sites: FileShare.efs() }, ingress: [httpsWithoutZone(of)] }),
    dr: (of) => ({
      strategy: DrStrategy.pilotLight(),
      replicatedFiles: { sites: HERE },
      failover: Failover.manual({
        redirectionTime: Duration.minutes(5),
        decisionTime: Duration.minutes(5),
        procedure: 'DR-1',
      }),
      recovery: { certificate: certificate(of, 'recovery') },
    }),
  });
  expect(commandIn(Template.fromStack(recoveryStack), 'PromoteFilesSites')).not.toContain(primaryRegion);
  expect(fileSystemIn(Template.fromStack(stack)).Properties.ReplicationConfiguration.Destinations[0].Region).toBe(
    recoveryRegion,
  );
  expect(JSON.stringify(Template.fromStack(recoveryStack).findResources('AWS::Backup::BackupSelection'))).not.toContain(
    'arn:aws:',
  );
});

describe('fails', () => {
  test.each<[string, Partial<CrossRegionDrProps>, RegExp]>([
    [
      'an id is none',
      { replicatedFiles: { sites: 'sites' } },
      /must be given by its id.*got "sites" \[InvalidFileReplication/,
    ],
    [
      'a share is named that is not there',
      { replicatedFiles: { sites: HERE, scans: HERE } },
      /names a file share scans, which the system does not have \[InvalidReplicatedFiles/,
    ],
    [
      'users are said to be there before anything is',
      { replicatedFiles: undefined, activeRegion: 'us-west-2' },
      /nothing runs there before replicatedFiles names the file systems of sites \[FilesNotNamed/,
    ],
  ])('when %s', (_, dr, error) => {
    expect(() => clinic(dr)).toThrow(error);
  });

  test('when a plan would send users before anybody has promoted files', () => {
    const failover = (stack: Stack) => Failover.regionSwitch({ approvers: Role.fromRoleName(stack, 'Leads', 'leads') });
    const plan = () =>
      hospital({
        ...env,
        app: () => ({ objectives: patient, files: { sites: FileShare.efs() } }),
        dr: (stack) => ({ failover: failover(stack), replicatedFiles: { sites: HERE } }),
      });
    expect(plan).toThrow(/the plan of the failover sends users before .* use Failover.dns\(\).*InvalidReplicatedFiles/);
  });

  test('when an id is only known at deployment', () => {
    const id = (stack: Stack) => new CfnParameter(stack, 'Id').valueAsString;
    const { stack } = clinic();
    expect(() => clinic({ replicatedFiles: { sites: id(stack) } })).toThrow(
      /nothing of another Region is looked up; got a token/,
    );
  });

  test('when the RPO is smaller than what Amazon EFS aims at', () => {
    const strict = ResilienceObjectives.forTier(ClinicalTier.LIFE_CRITICAL, {
      biaReference: 'BIA-1',
      deletion: restored,
      corruption: restored,
      region: { rto: Duration.hours(4), rtoReadOnly: Duration.minutes(15), rpo: Duration.minutes(5) },
    });
    expect(() => clinic({}, { objectives: strict })).toThrow(
      /the file share sites may lose 15 minutes, the RPO allows 5 minutes/,
    );
  });
});

describe('the judge', () => {
  /** What it says of the loss of the Region, with the templates as they are, or with a change. */
  function withoutRegion(change: (template: JsonObject) => JsonObject = (template) => template) {
    const { app } = clinic();
    const { directory } = app.synth();
    const file = path.join(directory, 'Ehr.template.json');
    fs.writeFileSync(file, JSON.stringify(change(JSON.parse(fs.readFileSync(file, 'utf-8')))));
    const { systems } = assess(readAssembly([directory]));
    fs.rmSync(directory, { recursive: true, force: true });
    const [serving] = systems.flatMap(({ entryPoints }) => entryPoints.filter(({ standby }) => !standby));
    return serving.scopes.find(({ scope }) => scope === FailureScope.REGION);
  }

  test('sees the copy, and that nobody published how long its promotion takes', () => {
    const verdict = withoutRegion();
    expect(JSON.stringify(verdict)).toContain('efs');
    expect(verdict?.verdict).toBe('UNKNOWN');
  });

  test('knows the copy for one: nothing is wrong with it, nor with the plan that backs it up', () => {
    const { app } = clinic();
    const { rules } = assess(readAssembly([app.synth().directory]));
    const wrong = rules.failed.filter(({ severity, resource }) => severity === 'error' && /^EhrDr/.test(resource));
    expect(wrong.map(({ id, resource }) => `${id} at ${resource}`).filter((each) => !/VAL-EC2-001/.test(each))).toEqual(
      [],
    );
  });

  test('notices when nothing replicates', () => {
    const removed = withoutRegion((template) =>
      JSON.parse(JSON.stringify(template, (key, value) => (key === 'ReplicationConfiguration' ? undefined : value))),
    );
    expect(removed?.verdict).not.toBe('UNKNOWN');
  });
});
