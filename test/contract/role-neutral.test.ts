import { Duration, Size } from 'aws-cdk-lib';
import { AttributeType } from 'aws-cdk-lib/aws-dynamodb';
import { ContainerImage } from 'aws-cdk-lib/aws-ecs';
import {
  ClinicalTier,
  Compute,
  type CrossRegionDrProps,
  DeclaredReplication,
  DrStrategy,
  FileShare,
  type MultiAzClinicalAppProps,
  ResilienceObjectives,
  TableStore,
} from '../../src';
import { type SynthesizedStack, synthesizeExample, type Template } from '../support/example';
import { hospital } from '../support/hospital';
import {
  capacityDecreases,
  type Effect,
  fixedCounts,
  isStateful,
  type TemplateChange,
  templateChanges,
} from '../support/template-changes';

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

const PRIMARY = 'us-east-1';
const RECOVERY = 'us-west-2';
const ALARM = /^AWS::CloudWatch::(Composite)?Alarm$/;

function example(context: Record<string, unknown>, file = 'hapi-fhir-two-regions.ts'): Deployment {
  return synthesizeExample(file, context, { validation: false }).stacks;
}

const objectives = ResilienceObjectives.forTier(ClinicalTier.CARE_ESSENTIAL, { biaReference: 'BIA-1' });

const WITH_MIRROR = 'a pilot light with file shares: replicated, and declared to be';

/** The hospital's word is enough: whether it is kept is no matter of templates. */
const mirrored = DeclaredReplication.snapMirror({
  schedule: '5min',
  recoveryPoint: Duration.minutes(5),
  promotionTime: Duration.minutes(10),
  source: 'a test',
  watchedBy: 'nobody',
});

function small(
  props: Partial<CrossRegionDrProps>,
  asked = objectives,
  more: Partial<MultiAzClinicalAppProps> = {},
): Deployment {
  const { app } = hospital({ app: () => ({ objectives: asked, ...more }), dr: () => props });
  const { stacks } = app.synth();
  return stacks.map((stack) => ({
    id: stack.id,
    name: stack.stackName,
    account: stack.environment.account,
    region: stack.environment.region,
    bytes: 0,
    template: stack.template,
  }));
}

const aDay = { rto: Duration.hours(24), rpo: Duration.hours(24) };
const patient = ResilienceObjectives.forTier(ClinicalTier.CARE_ESSENTIAL, {
  biaReference: 'BIA-1',
  region: aDay,
  twoAvailabilityZones: aDay,
  deletion: aDay,
  corruption: aDay,
});

/** No database: its compute must not ask for one. */
const keptInTables = (): Partial<MultiAzClinicalAppProps> => ({
  database: undefined,
  compute: Compute.fargate({
    image: ContainerImage.fromRegistry(`consent@sha256:${'0'.repeat(64)}`),
    port: 8080,
    peakTasks: 4,
  }),
  tables: { decisions: TableStore.dynamoDb({ partitionKey: { name: 'patientRef', type: AttributeType.STRING } }) },
});

const SYSTEMS: [string, (activeRegion?: string) => Deployment][] = [
  ['the reference hospital', (activeRegion) => example({ activeRegion })],
  ['its sandbox', (activeRegion) => example({ activeRegion, sandbox: 'true' })],
  [
    'a hot standby',
    (activeRegion) => small({ activeRegion, strategy: DrStrategy.hotStandby(), returnDocuments: true }),
  ],
  [
    'a pilot light that a plan moves',
    (activeRegion) => example({ activeRegion, returnDocuments: 'true' }, 'laboratory-region-switch.ts'),
  ],
  [
    'a warm standby that a plan moves',
    (activeRegion) => example({ activeRegion, warmStandby: 'true' }, 'laboratory-region-switch.ts'),
  ],
  [
    'a Region made from copies of backups',
    (activeRegion) =>
      small(
        {
          activeRegion,
          strategy: DrStrategy.backupAndRestore(),
          measuredRestore: { restoreTime: Duration.minutes(90), copyTime: Duration.hours(1), source: 'a test' },
          restored: { database: 'arn:aws:rds:us-west-2:111111111111:cluster-snapshot:awsbackup:copyjob-1' },
        },
        patient,
      ),
  ],
  [
    'tables that both Regions write to',
    (activeRegion) => small({ activeRegion, strategy: DrStrategy.hotStandby() }, objectives, keptInTables()),
  ],
  [
    WITH_MIRROR,
    (activeRegion) =>
      small(
        {
          activeRegion,
          strategy: DrStrategy.pilotLight(),
          replicatedFiles: { sites: 'fs-0123456789abcdef0' },
          declaredReplications: { archive: mirrored },
        },
        patient,
        { files: { sites: FileShare.efs(), archive: FileShare.fsxOntap({ storageCapacity: Size.tebibytes(1) }) } },
      ),
  ],
  ['a pilot light', (activeRegion) => small({ activeRegion, strategy: DrStrategy.pilotLight() })],
];

/**
 * A mirror cannot be backed up before it is broken, so what is backed up changes with where users are. CloudFormation makes the new
 * selection before it deletes the old one, and neither holds anything.
 */
function takesInMirror(system: string, { type, effect }: TemplateChange): boolean {
  return system === WITH_MIRROR && type === 'AWS::Backup::BackupSelection' && effect === 'replaced';
}

describe.each(SYSTEMS)('%s', (system, deploy) => {
  const [failedOver, atHome] = [deploy(RECOVERY), deploy(PRIMARY)];
  const cases: Cases = { before: deploy(), during: failedOver, after: failedOver, back: atHome };

  describe.each<[string, keyof Cases, keyof Cases, string]>([
    ['failing over', 'before', 'during', RECOVERY],
    ['a deployment after the failover', 'during', 'after', RECOVERY],
    ['failing back', 'after', 'back', PRIMARY],
    ['forgetting who is active, and correcting it', 'back', 'during', RECOVERY],
  ])('%s', (_name, from, to, promotedRegion) => {
    const pairs = pair(cases[from], cases[to]);

    test('keeps the same stacks', () => {
      expect(cases[to].map(({ id }) => id)).toEqual(cases[from].map(({ id }) => id));
    });

    test('replaces and removes nothing, but alarms on what no longer has to run', () => {
      const gone: Effect[] = ['removed', 'replaced', 'may be replaced'];
      const lost = (those: Pair[]) =>
        changesIn(those).filter((change) => gone.includes(change.effect) && !takesInMirror(system, change));
      const [promoted, left] = [true, false].map((is) =>
        pairs.filter(({ region }) => (region === promotedRegion) === is),
      );
      expect(lost(promoted)).toEqual([]);
      expect(lost(left).filter(({ type }) => !ALARM.test(type))).toEqual([]);
    });

    test('changes nothing that holds data, an address or a key', () => {
      expect(changesIn(pairs).filter(({ type }) => isStateful(type))).toEqual([]);
    });

    test('takes no capacity from the Region that users are in', () => {
      const promoted = pairs.filter(({ region }) => region === promotedRegion);
      expect(promoted.length).toBeGreaterThan(0);
      expect(promoted.flatMap(({ was, is }) => capacityDecreases(was, is))).toEqual([]);
    });
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

  test('no template sets a count that scaling or a failover has changed', () => {
    const everyTemplate = [cases.before, cases.after].flat().map(({ template }) => template);
    expect(everyTemplate.flatMap(fixedCounts)).toEqual([]);
  });

  test('the recovery Region can be deployed while the other is lost', () => {
    const surviving = failedOver.filter(({ region }) => region === RECOVERY);
    const exported = surviving.flatMap(({ template }) => exportsOf(template));
    for (const { template } of surviving) {
      expect(exported).toEqual(expect.arrayContaining(importsOf(template)));
      expect(JSON.stringify(template)).not.toMatch(new RegExp(`"Fn::GetStackOutput":{[^}]*"Region":"${PRIMARY}"`));
    }
  });
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

  test('a count of its own', () => {
    expect(fixedCounts(changed('Service', { DesiredCount: 2 }))).toEqual(['Service']);
  });
});

/** What the metadata of a template says of a system, of which this is read. */
interface System {
  readonly objectives: { readonly scopes: Record<string, Seconds> };
  readonly recoveryBudgets?: (Seconds & { readonly scope: string })[];
}

interface Seconds {
  readonly rtoSeconds: number;
  readonly rpoSeconds: number;
}

function systemsOf({ Metadata = {} }: Template): System[] {
  const { systems = {} } = (Metadata['cdk-resilient-ehr'] ?? {}) as { systems?: Record<string, System> };
  return Object.values(systems);
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

function exportsOf({ Outputs }: Template): string[] {
  return Object.values(Outputs ?? {}).flatMap((output) => {
    const { Export } = output as { Export?: { Name: string } };
    return Export ? [Export.Name] : [];
  });
}

function importsOf(template: Template): string[] {
  return [...JSON.stringify(template).matchAll(/"Fn::ImportValue":"([^"]+)"/g)].map(([, name]) => name);
}
