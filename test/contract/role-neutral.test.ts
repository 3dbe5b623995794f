import * as fs from 'node:fs';
import * as path from 'node:path';
import { App, Duration } from 'aws-cdk-lib';
import { type CrossRegionDrProps, DeclaredReplication } from '../../src';
import { type SynthesizedStack, synthesizeExamples, type Template } from '../support/example';
import {
  capacityDecreases,
  type Effect,
  fixedCounts,
  isStateful,
  type TemplateChange,
  templateChanges,
} from '../support/template-changes';
import { PRIMARY, RECOVERY } from '../support/two-region-choices';
import { PLAIN, type System, twoRegions } from '../support/two-region-system';

/**
 * After a failover the same app is deployed again, by people who have had a bad night. Whatever it says is the active Region, a
 * deployment must not replace, remove or change anything that holds data, an address or a key, and must not take capacity from the
 * Region that users are in. What replaces a resource is read from the CloudFormation schemas (@aws-cdk/aws-service-spec).
 */
interface Cases {
  readonly before: Deployment;
  readonly during: Deployment;
  readonly after: Deployment;
  readonly back: Deployment;
}

type Deployment = SynthesizedStack[];

/** A system, where it is, and what is deployed when a Region is said to be the active one. */
interface Subject {
  readonly name: string;
  readonly regions: readonly [primary: string, recovery: string];
  readonly deploy: (activeRegion?: string) => Deployment;
}

const EAST_AND_WEST = ['us-east-1', 'us-west-2'] as const;

/** What may differ: how much runs, and what watches that. */
const RUNS_AND_WATCHES = [
  'AWS::ApplicationAutoScaling::ScalableTarget',
  'AWS::AutoScaling::AutoScalingGroup',
  'AWS::CloudWatch::Alarm',
  'AWS::CloudWatch::CompositeAlarm',
  'AWS::CloudWatch::Dashboard',
  'AWS::Events::Rule', // whose targets are told what a check may expect
];
const STRANGER = '222222222222'; // whose vault has a topic of its own
const ALARM = /^AWS::CloudWatch::(Composite)?Alarm$/;

// ---- examples, as they stand and as their first lines promise ----------------------------------------------------
const RESTORED = {
  restoredDatabase: 'arn:aws:rds:us-west-2:111111111111:snapshot:awsbackup:copyjob-1',
  restoredScans: 'arn:aws:fsx:us-west-2:111111111111:backup/backup-0ecdf967356c809c7',
};
const EXAMPLES: [file: string, context: Record<string, string>, regions: readonly [string, string]][] = [
  ['hapi-fhir-two-regions.ts', {}, EAST_AND_WEST],
  ['hapi-fhir-two-regions.ts', { sandbox: 'true' }, EAST_AND_WEST],
  ['laboratory-region-switch.ts', { returnDocuments: 'true' }, EAST_AND_WEST],
  ['laboratory-region-switch.ts', { warmStandby: 'true' }, EAST_AND_WEST],
  ['laboratory-region-switch.ts', { headlessDatabase: 'true' }, EAST_AND_WEST],
  ['laboratory-two-regions.ts', {}, EAST_AND_WEST],
  ['department-backup-only.ts', RESTORED, ['us-east-2', 'us-west-2']],
  ['appointments-active-active.ts', {}, EAST_AND_WEST],
  ['consent-two-regions.ts', {}, EAST_AND_WEST],
  ['dispensing-distributed.ts', {}, ['us-east-1', 'us-east-2']],
];
const RUNS = EXAMPLES.flatMap(([file, context, regions]) =>
  [undefined, ...regions].map((activeRegion) => ({ file, context: { ...context, activeRegion } })),
);
const synthesized = synthesizeExamples([...RUNS, { file: 'department-backup-only.ts' }], { validation: false });
const nothingRestored = synthesized[RUNS.length].stacks;

function example(index: number): Subject {
  const [file, context, regions] = EXAMPLES[index];
  const deploy = (activeRegion?: string) =>
    synthesized[3 * index + [undefined, ...regions].indexOf(activeRegion)].stacks;
  return { name: [file, ...Object.keys(context)].join(' '), regions, deploy };
}

test('every example that recovers in another Region is among them', () => {
  const folder = path.join(__dirname, '..', '..', 'examples');
  const recovering = fs
    .readdirSync(folder)
    .filter(
      (file) => file.endsWith('.ts') && /new CrossRegionDr\(/.test(fs.readFileSync(path.join(folder, file), 'utf-8')),
    );
  expect([...new Set(EXAMPLES.map(([file]) => file))].sort()).toEqual(recovering);
});

test.each(EXAMPLES.map((_, index) => example(index)))(
  '$name wakes somebody, whichever Region is left',
  ({ regions, deploy }) => {
    for (const at of regions) {
      const resources = deploy()
        .filter(({ region, account }) => region === at && account !== STRANGER)
        .flatMap(({ template }) => Object.entries(template.Resources));
      const of = (type: string) => resources.filter(([, { Type }]) => Type === type);
      const heard = of('AWS::SNS::Subscription').map(([, { Properties }]) => JSON.stringify(Properties?.TopicArn));
      expect(of('AWS::SNS::Topic').length).toBeGreaterThan(0);
      expect(of('AWS::SNS::Topic').filter(([id]) => !heard.includes(JSON.stringify({ Ref: id })))).toEqual([]);
    }
  },
);

// ---- every strategy, database, share of files, table, compute and failover that goes with it ---------------------
const WITH_MIRROR = 'a mirror';
const HEADLESS = 'laboratory-region-switch.ts headlessDatabase';
const ON_SQL_SERVER = 'a replica of SQL Server, which has no standby and no backups before it is promoted';
const RUN_ONCE = ['an application that runs once', 'one that runs once, from a copy'];

/** The hospital's word is enough: whether it is kept is no matter of templates. */
const mirrored = DeclaredReplication.snapMirror({
  schedule: '5min',
  recoveryPoint: Duration.minutes(5),
  promotionTime: Duration.minutes(10),
  source: 'a test',
  watchedBy: 'nobody',
});
const copied = DeclaredReplication.byProcedure({
  means: 'AWS DataSync',
  recoveryPoint: Duration.hours(1),
  promotionTime: Duration.minutes(10),
  source: 'a test',
  watchedBy: 'nobody',
  inspect: 'RUN-0',
  promote: 'RUN-1',
  mirrorBack: 'RUN-2',
  returnHere: 'RUN-3',
  resume: 'RUN-4',
});

const COMBINED: [name: string, Partial<System>, Partial<CrossRegionDrProps>?][] = [
  [
    RUN_ONCE[0],
    {
      database: 'auroraMysql',
      files: 'efs',
      tables: 'dynamoDb',
      cache: 'valkeyThatFollows',
      compute: 'activePassive',
    },
  ],
  [
    WITH_MIRROR,
    { files: 'fsxOntap', database: 'rdsMysql', cache: 'valkey', failover: 'manual', ingress: 'dicom' },
    { declaredReplications: { archive: mirrored } },
  ],
  [ON_SQL_SERVER, { database: 'rdsSqlServerFollowed' }], // and nothing else that is backed up: the vault must be there before
  [
    'instances that keep a half running',
    { strategy: 'WARM_STANDBY', compute: 'ec2Fleet', database: 'rdsPostgres', files: 'fsxWindows', ingress: 'mllp' },
    { declaredReplications: { archive: copied } },
  ],
  [
    'a hot standby behind a routing control',
    {
      strategy: 'HOT_STANDBY',
      tables: 'dynamoDbWitness',
      documents: 's3',
      failover: 'routingControl',
      ingress: 'privateLink',
    },
  ],
  [
    'a hot standby that a plan moves',
    { strategy: 'HOT_STANDBY', database: 'auroraPostgres', failover: 'regionSwitch' },
  ],
  [
    'two Regions that serve',
    { strategy: 'ACTIVE_ACTIVE', database: 'auroraDsqlOfTwo', tables: 'dynamoDb', documents: 's3' },
  ],
  [
    'a standby on what both write to',
    { strategy: 'WARM_STANDBY', database: 'auroraDsqlOfTwo', ingress: 'httpsInternal' },
  ],
  [
    RUN_ONCE[1],
    { strategy: 'BACKUP_AND_RESTORE', database: 'auroraPostgresProxy', tables: 'dynamoDb', compute: 'activePassive' },
  ],
  [
    'a pair from copies',
    { strategy: 'BACKUP_AND_RESTORE', database: 'rdsOracle', files: 'fsxOntap', compute: 'statefulPair' },
  ],
];

function combined([name, system, more]: (typeof COMBINED)[number]): Subject {
  const deploy = (activeRegion?: string) =>
    (App.of(twoRegions({ ...PLAIN, ...system }, { ...more, activeRegion })) as App).synth().stacks.map((stack) => ({
      id: stack.id,
      name: stack.stackName,
      account: stack.environment.account,
      region: stack.environment.region,
      bytes: 0,
      template: stack.template,
    }));
  return { name, regions: [PRIMARY, RECOVERY], deploy };
}

/**
 * A mirror cannot be backed up before it is broken, nor a replica of SQL Server before it is promoted, so what is backed up changes with where
 * users are. CloudFormation makes the new selection before it deletes the old one, and a plan that goes takes none of its recovery points along.
 */
function takesInCopy(system: string, { type, effect }: TemplateChange): boolean {
  return (
    (system === WITH_MIRROR && /^AWS::Backup::Backup(Plan|Selection)$/.test(type) && effect !== 'updated') ||
    (system === ON_SQL_SERVER && type === 'AWS::Backup::BackupSelection' && effect === 'replaced')
  );
}

/**
 * Instances of a cluster whose volume stays hold no data of their own. They come with users, and leave the template of the recovery Region when users do;
 * CloudFormation keeps them, until somebody removes them.
 */
function comesWithUsers(system: string, { region, was }: Pair, { logicalId, type, effect }: TemplateChange): boolean {
  const keeps = effect === 'removed' && was.Resources[logicalId].DeletionPolicy === 'Retain';
  return (
    system === HEADLESS &&
    region === EAST_AND_WEST[1] &&
    type === 'AWS::RDS::DBInstance' &&
    (effect === 'added' || keeps)
  );
}

/** Its count is what keeps it to one: see the README of dr. */
function startsOnce(system: string, { type, paths }: TemplateChange): boolean {
  return RUN_ONCE.includes(system) && type === 'AWS::ECS::Service' && paths.join() === 'DesiredCount';
}

const SUBJECTS = [...EXAMPLES.map((_, index) => example(index)), ...COMBINED.map(combined)];

describe.each(SUBJECTS)('$name', ({ name, regions: [primary, recovery], deploy }) => {
  const [failedOver, atHome] = [deploy(recovery), deploy(primary)];
  const cases: Cases = { before: deploy(), during: failedOver, after: failedOver, back: atHome };

  describe.each<[string, keyof Cases, keyof Cases, string]>([
    ['failing over', 'before', 'during', recovery],
    ['a deployment after the failover', 'during', 'after', recovery],
    ['failing back', 'after', 'back', primary],
    ['forgetting who is active, and correcting it', 'back', 'during', recovery],
  ])('%s', (_name, from, to, promotedRegion) => {
    const pairs = pair(cases[from], cases[to]);
    const [promoted, left] = [true, false].map((is) =>
      pairs.filter(({ region }) => (region === promotedRegion) === is),
    );

    test('keeps the same stacks, and what one of them takes from another', () => {
      expect(cases[to].map(({ id }) => id)).toEqual(cases[from].map(({ id }) => id));
      for (const { was, is } of pairs) {
        expect(exportsOf(is)).toEqual(expect.arrayContaining(exportsOf(was)));
      }
    });

    test('replaces and removes nothing, but alarms on what no longer has to run', () => {
      const gone: Effect[] = ['removed', 'replaced', 'may be replaced'];
      const lost = (those: Pair[]) =>
        changesIn(those).filter((change) => gone.includes(change.effect) && !takesInCopy(name, change));
      expect(lost(promoted)).toEqual([]);
      const leaving = left.flatMap((one) => lost([one]).filter((change) => !comesWithUsers(name, one, change)));
      expect(leaving.filter(({ type }) => !ALARM.test(type))).toEqual([]);
    });

    test('changes nothing that holds data, an address or a key', () => {
      const changes = pairs.flatMap((one) => changesIn([one]).filter((each) => !comesWithUsers(name, one, each)));
      expect(changes.filter(({ type }) => isStateful(type))).toEqual([]);
    });

    test('changes nothing but how much runs, and what watches that', () => {
      const expected = [takesInCopy, startsOnce];
      const others = pairs.flatMap((one) =>
        changesIn([one]).filter(
          (change) => !expected.some((is) => is(name, change)) && !comesWithUsers(name, one, change),
        ),
      );
      expect(others.filter(({ type }) => !RUNS_AND_WATCHES.includes(type))).toEqual([]);
    });

    test('takes no capacity from the Region that users are in', () => {
      expect(promoted.length).toBeGreaterThan(0);
      expect(promoted.flatMap(({ was, is }) => capacityDecreases(was, is))).toEqual([]);
    });
  });

  test('after a failover the Region that users are in is told to run as much as the other was', () => {
    expect(leastRunning(cases.during, recovery)).toBeGreaterThanOrEqual(leastRunning(cases.before, primary));
  });

  test('after a failback everything is as it was', () => {
    expect(changesIn(pair(cases.before, cases.back))).toEqual([]);
  });

  test('after a failback the objectives hold again, by the budget of before', () => {
    const systems = cases.back.flatMap(({ template }) => systemsOf(template));
    expect(systems).toEqual(cases.before.flatMap(({ template }) => systemsOf(template)));
    const judged = systems.flatMap(({ objectives, recoveryBudgets = [] }) =>
      recoveryBudgets.filter(({ scope }) => scope === 'REGION').map((budget) => [budget, objectives.scopes.REGION]),
    );
    expect(judged.length).toBeGreaterThan(0);
    for (const [budget, objective] of judged) {
      expect(budget.rtoSeconds).toBeLessThanOrEqual(objective.rtoSeconds);
      expect(budget.rpoSeconds).toBeLessThanOrEqual(objective.rpoSeconds);
    }
  });

  test('no template sets a count that scaling or a failover has changed, unless it is what keeps it to one', () => {
    const everyTemplate = [cases.before, cases.after].flat().map(({ template }) => template);
    expect(everyTemplate.flatMap(fixedCounts)).toHaveLength(RUN_ONCE.includes(name) ? 1 : 0);
  });

  test('the recovery Region can be deployed while the other is lost', () => {
    const surviving = failedOver.filter(({ region }) => region === recovery);
    const exported = surviving.flatMap(({ template }) => exportsOf(template).map(([exportName]) => exportName));
    for (const { template } of surviving) {
      expect(exported).toEqual(expect.arrayContaining(importsOf(template)));
      expect(JSON.stringify(template)).not.toMatch(new RegExp(`"Fn::GetStackOutput":{[^}]*"Region":"${primary}"`));
    }
  });
});

test('what is made from copies in the disaster is new, and of what waited for it only permissions and words change', () => {
  const { deploy, regions } = example(EXAMPLES.findIndex(([file]) => file === 'department-backup-only.ts'));
  const changes = changesIn(pair(nothingRestored, deploy(regions[1])));
  expect(changes.map(({ type }) => type)).toContain('AWS::RDS::DBInstance');
  const altered = changes.filter(({ effect }) => effect !== 'added');
  const words = [
    'AWS::KMS::Key KeyPolicy.Statement',
    'AWS::SNS::TopicPolicy PolicyDocument.Statement',
    'AWS::SSM::Parameter Value',
  ];
  expect([...new Set(altered.map(({ type, paths }) => `${type} ${paths}`))].sort()).toEqual(words);
});

describe('what this would find', () => {
  const template: Template = {
    Resources: {
      Cluster: {
        Type: 'AWS::RDS::DBCluster',
        DeletionPolicy: 'Retain',
        Properties: {
          DBClusterIdentifier: 'ehr',
          BackupRetentionPeriod: 35,
          ServerlessV2ScalingConfiguration: { MinCapacity: 8, MaxCapacity: 64 },
        },
      },
      Scaling: { Type: 'AWS::ApplicationAutoScaling::ScalableTarget', Properties: { MinCapacity: 9, MaxCapacity: 18 } },
      Service: { Type: 'AWS::ECS::Service', Properties: { ServiceName: 'ehr' } },
      Reserved: { Type: 'AWS::EC2::CapacityReservation', Properties: { InstanceCount: 4 } },
      Way: { Type: 'AWS::EC2::NatGateway' },
      Record: { Type: 'AWS::Route53::RecordSet', Properties: { Name: 'ehr', Failover: 'PRIMARY' } },
    },
  };
  const changed = (id: string, properties: Record<string, unknown>, attributes = {}): Template => {
    const resource = template.Resources[id];
    const altered = { ...resource, ...attributes, Properties: { ...resource.Properties, ...properties } };
    return { Resources: { ...template.Resources, [id]: altered } };
  };

  test.each<[string, Template, Effect]>([
    ['another identifier', changed('Cluster', { DBClusterIdentifier: 'other' }), 'replaced'],
    ['a source that appears', changed('Cluster', { SourceDBClusterIdentifier: 'other' }), 'replaced'],
    ['a membership that moves', changed('Cluster', { GlobalClusterIdentifier: 'g' }), 'may be replaced'],
    ['a shorter retention', changed('Cluster', { BackupRetentionPeriod: 1 }), 'updated'],
    ['a deletion policy', changed('Cluster', {}, { DeletionPolicy: 'Delete' }), 'updated'],
    ['a role that moves in DNS', changed('Record', { Failover: 'SECONDARY' }), 'updated'],
  ])('%s', (_, is, effect) => {
    expect(templateChanges(template, is)).toMatchObject([{ effect }]);
    expect(templateChanges(template, is).every(({ type }) => isStateful(type))).toBe(true);
  });

  test('a store that is gone', () => {
    const { Cluster, ...rest } = template.Resources;
    expect(templateChanges(template, { Resources: rest })).toMatchObject([{ logicalId: 'Cluster', effect: 'removed' }]);
  });

  test.each<[string, Template]>([
    ['fewer tasks', changed('Scaling', { MinCapacity: 6 })],
    ['fewer instances that are reserved', changed('Reserved', { InstanceCount: 2 })],
    ['a way out that is gone', { Resources: { ...template.Resources, Way: { Type: 'AWS::EC2::EIP' } } }],
    ['less room to grow', changed('Scaling', { MaxCapacity: 12 })],
    ['a minimum that is gone', changed('Scaling', { MinCapacity: undefined })],
    [
      'a smaller database',
      changed('Cluster', { ServerlessV2ScalingConfiguration: { MinCapacity: 0.5, MaxCapacity: 64 } }),
    ],
  ])('%s', (_, is) => {
    expect(capacityDecreases(template, is)).toHaveLength(1);
    expect(capacityDecreases(is, is)).toEqual([]);
  });

  test('of a service, a count that is gone is kept, and a service that is gone is not', () => {
    const [counted, { Service, ...rest }] = [changed('Service', { DesiredCount: 2 }), template.Resources];
    expect(capacityDecreases(counted, template)).toEqual([]);
    expect(capacityDecreases(counted, { Resources: rest })).toMatchObject([{ property: 'DesiredCount' }]);
  });

  test('a count of its own', () => {
    expect(fixedCounts(changed('Service', { DesiredCount: 2 }))).toEqual(['Service']);
  });
});

/** What the metadata of a template says of a system, of which this is read. */
interface Described {
  readonly objectives: { readonly scopes: Record<string, Seconds> };
  readonly recoveryBudgets?: (Seconds & { readonly scope: string })[];
}

interface Seconds {
  readonly rtoSeconds: number;
  readonly rpoSeconds: number;
}

function systemsOf({ Metadata = {} }: Template): Described[] {
  const { systems = {} } = (Metadata['cdk-resilient-ehr'] ?? {}) as { systems?: Record<string, Described> };
  return Object.values(systems);
}

/** Tasks and instances that a Region runs at least. */
function leastRunning(deployment: Deployment, at: string): number {
  return deployment
    .filter(({ region }) => region === at)
    .flatMap(({ template }) => Object.values(template.Resources))
    .filter(({ Type }) => /::(ScalableTarget|AutoScalingGroup)$/.test(Type))
    .reduce((sum, { Properties }) => sum + Number(Properties?.MinCapacity ?? Properties?.MinSize), 0);
}

interface Pair {
  readonly region: string;
  readonly was: Template;
  readonly is: Template;
}

function pair(from: Deployment, to: Deployment): Pair[] {
  return from.flatMap(({ id, region, template }) => {
    const other = to.find((stack) => stack.id === id);
    return other ? [{ region, was: template, is: other.template }] : [];
  });
}

function changesIn(pairs: Pair[]): TemplateChange[] {
  return pairs.flatMap(({ was, is }) => templateChanges(was, is));
}

/** What other stacks take from this one: by its name, and what it is. */
function exportsOf({ Outputs }: Template): [name: string, value: unknown][] {
  return Object.values(Outputs ?? {}).flatMap((output): [string, unknown][] => {
    const { Export, Value } = output as { Export?: { Name: string }; Value: unknown };
    return Export ? [[Export.Name, Value]] : [];
  });
}

function importsOf(template: Template): string[] {
  return [...JSON.stringify(template).matchAll(/"Fn::ImportValue":"([^"]+)"/g)].map(([, name]) => name);
}
