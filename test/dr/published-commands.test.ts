import * as fs from 'node:fs';
import * as path from 'node:path';
import { Duration, Size, type Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { AttributeType } from 'aws-cdk-lib/aws-dynamodb';
import { InstanceType, MachineImage } from 'aws-cdk-lib/aws-ec2';
import { ContainerImage } from 'aws-cdk-lib/aws-ecs';
import { Role } from 'aws-cdk-lib/aws-iam';
import {
  ActiveDirectory,
  Cache,
  ClinicalTier,
  Compute,
  type CrossRegionDrProps,
  Database,
  DeclaredReplication,
  DrStrategy,
  Failover,
  FileShare,
  type MultiAzClinicalAppProps,
  RecoveryReconciliation,
  RecoveryRunbook,
  ResilienceObjectives,
  ResiliencyPolicy,
  SqlServerEdition,
  TableStore,
} from '../../src';
import { problemsOfName } from '../support/aws-model';
import type { Template as Synthesized } from '../support/example';
import { hospital } from '../support/hospital';
import { commandsIn, linesIn, problemsOfPublished, runbooksIn } from '../support/published-commands';
import { SIZE } from '../support/rds';
import { endpoints, routingControlArn } from '../support/routing-control';
import { problemsOfPasted } from '../support/shell';

const day = { rto: Duration.hours(24), rpo: Duration.hours(4) };
const objectives = ResilienceObjectives.forTier(ClinicalTier.CARE_ESSENTIAL, {
  biaReference: 'BIA-1',
  maxTolerableDowntime: Duration.days(7),
  account: { rto: Duration.hours(72), rpo: Duration.hours(12) },
  deletion: day,
  corruption: day,
  twoAvailabilityZones: day,
  region: { rto: Duration.hours(24), rpo: Duration.hours(12) },
});
const word = {
  recoveryPoint: Duration.minutes(12),
  promotionTime: Duration.minutes(20),
  source: 'failover exercise EX-12 of 2026-10-03',
  watchedBy: 'the storage team',
};
const visits = TableStore.dynamoDb({
  partitionKey: { name: 'visit', type: AttributeType.STRING },
  timeToLiveAttribute: 'ends',
});
const image = ContainerImage.fromRegistry(`ehr@sha256:${'0'.repeat(64)}`);

/** A system in two Regions, its runbook, and what is published of it. */
function published(
  app: Partial<MultiAzClinicalAppProps> = {},
  dr: (stack: Stack) => Partial<CrossRegionDrProps> = () => ({}),
  add: (made: ReturnType<typeof hospital>) => void = () => {},
): Synthesized[] {
  const made = hospital({
    primaryRegion: 'us-east-2',
    primaryAccount: '111111111111',
    recoveryAccount: '111111111111',
    app: () => ({ objectives, compute: Compute.fargate({ image, port: 8080, peakTasks: 4 }), ...app }),
    dr,
  });
  new RecoveryRunbook(made.recoveryStack, 'Runbook', { dr: made.dr, decidedBy: 'the CMIO on duty' });
  add(made);
  return [made.stack, made.recoveryStack, made.dr.landing.stack].map(
    (stack) => Template.fromStack(stack).toJSON() as Synthesized,
  );
}

const reconciled = ({ recoveryStack, dr }: ReturnType<typeof hospital>) =>
  new RecoveryReconciliation(recoveryStack, 'Reconciliation', {
    dr,
    approvers: Role.fromRoleName(recoveryStack, 'Records', 'clinical-records'),
  });

const files = {
  sites: FileShare.efs(),
  letters: FileShare.efs(),
  archive: FileShare.fsxOntap({ storageCapacity: Size.tebibytes(1) }),
  scans: FileShare.fsxWindows({
    activeDirectory: ActiveDirectory.managed('d-1234567890'),
    storageCapacity: Size.tebibytes(1),
  }),
};
const replicatedFiles = { sites: 'fs-0aaaaaaaaaaaaaaa1', letters: 'fs-0aaaaaaaaaaaaaaa2' };
const robocopy = 'aws datasync start-task-execution --region us-west-2 --task-arn <ARN of the task, from the console>';
const declaredReplications = {
  archive: DeclaredReplication.snapMirror({ schedule: '5min', ...word }),
  scans: DeclaredReplication.byProcedure({
    means: 'AWS DataSync',
    inspect: 'aws datasync list-task-executions --region us-west-2',
    promote: robocopy,
    mirrorBack: robocopy,
    returnHere: robocopy,
    resume: robocopy,
    ...word,
  }),
};

const LONGEST = 'clinical-documents-and-i'; // a name
const cache = Cache.valkey({ nodeType: 'cache.m7g.large', globalDatastore: true });
const gated = () =>
  Failover.routingControl({
    routingControlArn,
    endpoints,
    gateArn: routingControlArn.replace(/\w+$/, 'fedcba9876543210'),
  });

const SYSTEMS: Record<string, () => Synthesized[]> = {
  'one that has everything': () =>
    published(
      { files, tables: { visits }, cache },
      () => ({
        strategy: DrStrategy.pilotLight(),
        replicatedFiles,
        declaredReplications,
        returnDocuments: true,
      }),
      reconciled,
    ),
  'one with a bound on what its database loses, and a second opinion': () =>
    published(
      { database: Database.auroraPostgres({ databaseName: 'ehr', enforcedRpo: Duration.minutes(2) }) },
      () => ({ strategy: DrStrategy.hotStandby() }),
      ({ recoveryStack, ehr, dr }) => new ResiliencyPolicy(recoveryStack, 'ResiliencyPolicy', { app: ehr, dr }),
    ),
  'one whose replica is promoted for good, and whose application runs once': () =>
    published(
      {
        database: Database.rdsPostgres({ ...SIZE, databaseName: 'ehr' }),
        compute: Compute.activePassive({ image, port: 8080 }),
      },
      undefined,
      reconciled,
    ),
  'one on SQL Server, whose replica is promoted and then told its password': () =>
    published(
      {
        database: Database.rdsSqlServer({
          ...SIZE,
          instanceType: new InstanceType('r6i.xlarge'),
          edition: SqlServerEdition.ENTERPRISE,
          acknowledgeLoginsNotReplicated: 'DBA-14',
        }),
      },
      () => ({ strategy: DrStrategy.pilotLight() }),
      reconciled,
    ),
  'one whose database has no instances': () =>
    published({}, () => ({ strategy: DrStrategy.pilotLight({ headlessDatabase: true }) }), reconciled),
  'one that a plan moves': () =>
    published({}, (stack) => ({
      strategy: DrStrategy.pilotLight(),
      failover: Failover.regionSwitch({ approvers: Role.fromRoleName(stack, 'Leads', 'leads') }),
    })),
  'one that a routing control moves': () =>
    published({}, () => ({
      strategy: DrStrategy.hotStandby(),
      failover: gated(),
    })),
  'one whose commands do not fit into its runbook: without instances, with a cache, behind a gate': () =>
    published(
      { systemName: LONGEST, cache },
      () => ({ strategy: DrStrategy.pilotLight({ headlessDatabase: true }), failover: gated(), returnDocuments: true }),
      reconciled,
    ),
  'one whose way back does not fit either: SQL Server, run once, with files and a cache, behind a gate': () =>
    published(
      {
        systemName: LONGEST,
        cache,
        compute: Compute.activePassive({ image, port: 8080 }),
        files: { sites: files.sites },
        database: Database.rdsSqlServer({
          ...SIZE,
          instanceType: new InstanceType('r6i.xlarge'),
          edition: SqlServerEdition.ENTERPRISE,
          acknowledgeLoginsNotReplicated: 'DBA-14: logins are made in both Regions with one SID',
        }),
      },
      () => ({
        strategy: DrStrategy.pilotLight(),
        failover: gated(),
        returnDocuments: true,
        replicatedFiles: { sites: replicatedFiles.sites },
      }),
      reconciled,
    ),
  'one whose Regions both write': () =>
    published({ database: undefined, tables: { visits } }, () => ({
      strategy: DrStrategy.activeActive(),
      returnDocuments: true,
    })),
  'one that comes back from copies of tables and disks': () =>
    published(
      {
        database: undefined,
        documents: undefined,
        tables: { visits },
        compute: Compute.statefulPair({
          machineImage: MachineImage.genericLinux({ 'us-east-2': 'ami-1', 'us-west-2': 'ami-2' }),
          instanceType: new InstanceType('r7i.large'),
          port: 8080,
          memberPorts: [1972, 2188],
          arbiter: { port: 2188 },
          dataVolumes: [{ deviceName: '/dev/sdf', size: Size.gibibytes(100), iops: 3000 }],
          failover: { time: Duration.seconds(20), source: 'an exercise' },
        }),
      },
      () => ({
        strategy: DrStrategy.backupAndRestore(),
        measuredRestore: { restoreTime: Duration.hours(5), source: 'restore test RT-31' },
      }),
    ),
  'one that comes back from replicated backups of SQL Server': () =>
    published({ database: Database.rdsSqlServer({ ...SIZE, replicateBackups: true }), documents: undefined }, () => ({
      strategy: DrStrategy.backupAndRestore(),
      measuredRestore: { restoreTime: Duration.hours(5), source: 'restore test RT-31' },
    })),
};

describe.each(Object.entries(SYSTEMS))('of %s', (_, make) => {
  const templates = make();

  test('every command can be pasted: a shell runs it, and the AWS CLI and the APIs know what is asked', () => {
    expect(templates.flatMap((template) => Object.keys(commandsIn(template))).length).toBeGreaterThan(3);
    expect(templates.flatMap(runbooksIn).flatMap(linesIn).length).toBeGreaterThan(3);
    expect([...new Set(templates.flatMap(problemsOfPublished))]).toEqual([]);
  });

  test('each part of its runbook fits into a parameter', () => {
    expect(templates.flatMap(runbooksIn).filter((text) => text.length >= 8192)).toEqual([]);
  });
});

test('commands for more file shares than fit are printed by one, before the first share', () => {
  const shares = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];
  const mirror = DeclaredReplication.snapMirror({ schedule: '5min', ...word });
  const ontap = FileShare.fsxOntap({ storageCapacity: Size.tebibytes(1) });
  const of = <Value>(value: Value) => Object.fromEntries(shares.map((share) => [share, value]));
  const templates = published({ files: of(ontap) }, () => ({
    strategy: DrStrategy.pilotLight(),
    declaredReplications: of(mirror),
  }));
  const [there] = templates.flatMap(runbooksIn);
  expect(there.length).toBeLessThan(8192);
  expect(there).not.toContain('snapmirror');
  expect(there).toMatch(
    /Print the commands for files[^\n]*\n +aws cloudformation describe-stacks --region us-west-2 --stack-name EhrDr [\s\S]*share a writable/,
  );
  const printed = Object.keys(templates[1].Outputs ?? {}).filter((id) => /Files/.test(id));
  expect(printed.filter((id) => /PromoteFiles/.test(id))).toHaveLength(shares.length);
  expect([...new Set(templates.flatMap(problemsOfPublished))]).toEqual([]);
});

test('texts of the library and its examples name no command that the AWS CLI does not have', () => {
  const root = path.join(__dirname, '..', '..');
  const texts = ['README.md', 'src', 'examples'].flatMap((of) =>
    fs.statSync(path.join(root, of)).isFile()
      ? [of]
      : fs.readdirSync(path.join(root, of), { recursive: true, encoding: 'utf-8' }).map((file) => path.join(of, file)),
  );
  const named = texts
    .filter((file) => /\.(md|ts)$/.test(file))
    .flatMap((file) => [
      ...fs.readFileSync(path.join(root, file), 'utf-8').matchAll(/\baws ([a-z0-9-]+ [a-z]+-[a-z0-9-]+)/g),
    ])
    .map(([, name]) => name);
  expect(named.length).toBeGreaterThan(50);
  expect([...new Set(named)].flatMap(problemsOfName)).toEqual([]);
});

describe('what nobody could paste is found:', () => {
  test.each([
    ['a quote that does not end', `aws rds wait db-instance-available --query "a`, /unexpected EOF/],
    ['a placeholder that does not say where from', 'aws ssm get-parameter --name <of the first>', /syntax error/],
    ['a variable that nobody set', 'aws ssm get-parameter --name $NAME', /NAME: unbound variable/],
    ['a program that is not there', 'awss ssm get-parameter', /awss: command not found/],
    ['a command that the AWS CLI does not have', 'aws rds fail-over', /has no rds fail-over/],
    ['an argument that it does not take', 'aws ssm get-parameter --name a --regoin b', /takes no --regoin/],
    ['an argument that is missing', 'aws ssm get-parameter --region a', /--name is missing/],
    ['a value that is missing', 'aws ssm get-parameter --name --region a', /--name has no value/],
    [
      'a value that is none of those that there are',
      'aws ssm send-automation-signal --automation-execution-id a --signal-type Approved',
      /--signal-type is none of Approve/,
    ],
    [
      'a member that a structure does not have',
      `aws efs create-replication-configuration --source-file-system-id a --destinations Region=a,FileSystem=b`,
      /--destinations\[0\] has no FileSystem/,
    ],
    [
      'a field that the answer does not have',
      'aws ssm get-parameter --name a --query Parameter.Text',
      /answer has no Text/,
    ],
    ['what a terminal takes from its history', 'aws ssm get-parameter --name "a!b"', /exclamation mark/],
  ])('%s', (_, command, problem) => {
    expect(problemsOfPasted([command]).join('\n')).toMatch(problem);
  });
});

describe('what AWS would refuse of that which runs by itself is found:', () => {
  const automation = (inputs: object) => ({
    Type: 'AWS::SSM::Document',
    Properties: { Content: { mainSteps: [{ name: 'Promote', action: 'aws:executeAwsApi', inputs }] } },
  });
  const machine = (Resource: string, Parameters: object) => ({
    Type: 'AWS::StepFunctions::StateMachine',
    Properties: { DefinitionString: JSON.stringify({ States: { Ask: { Type: 'Task', Resource, Parameters } } }) },
  });
  const runbook = (text: string) => ({
    Type: 'AWS::SSM::Parameter',
    Properties: { Name: '/ehr/runbook/return', Value: `# The way back\n1. Ask\n\n       ${text}\n` },
  });

  test.each([
    ['a call that is none', automation({ Service: 'rds', Api: 'PromoteCluster' }), /has no rds PromoteCluster/],
    [
      'an input that a call does not have',
      automation({ Service: 'rds', Api: 'FailoverGlobalCluster', GlobalClusterIdentifier: 'a', Target: 'b' }),
      /FailoverGlobalCluster has no Target/,
    ],
    [
      'a member that a state machine makes up',
      machine('arn:aws:states:::aws-sdk:backup:describeBackupJob', { 'JobId.$': '$.job' }),
      /DescribeBackupJob has no JobId/,
    ],
    ['a line of the way back', runbook('aws rds fail-over'), /The way back: .*has no rds fail-over/],
  ])('%s', (_, resource, problem) => {
    expect(problemsOfPublished({ Resources: { It: resource } }).join('\n')).toMatch(problem);
  });
});
