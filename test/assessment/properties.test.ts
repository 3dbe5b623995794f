import * as fc from 'fast-check';
import { type Assessment, assess, type Verdict } from '../../src/assessment/judge';
import { InputError } from '../../src/assessment/model/input-error';
import type { FailureScope } from '../../src/core/failure-scope';
import { assemblyOf, att, aurora, network, ref, resource, stackOf, web } from '../support/assessment';

const ORDER: Verdict[] = ['MEETS', 'UNKNOWN', 'MISSES', 'NOT_RECOVERABLE'];

/** The same designs on every run, so that a change is judged by them and not by luck. A failure prints its own, shrunk. */
const RUNS = { seed: 20260401, numRuns: 50 };

interface Design {
  readonly zones: number;
  readonly tasks: number;
  readonly instances: number;
  readonly gateways: number;
  readonly cacheNodes: number;
  readonly mountTargets: number;
  readonly protectedDatabase: boolean;
  readonly retentionDays: number;
  readonly plan: boolean;
  readonly copied: boolean;
}

const upTo = (max: number) => fc.integer({ min: 1, max });

const designs: fc.Arbitrary<Design> = upTo(3).chain((zones) =>
  fc.record({
    zones: fc.constant(zones),
    tasks: upTo(4),
    instances: upTo(3),
    gateways: upTo(zones),
    cacheNodes: upTo(2),
    mountTargets: upTo(zones),
    protectedDatabase: fc.boolean(),
    retentionDays: fc.constantFrom(0, 7, 35),
    plan: fc.boolean(),
    copied: fc.boolean(),
  }),
);

function templateOf(design: Design): Record<string, unknown> {
  const { zones } = design;
  const own = Array.from({ length: zones }, (_, slot) => slot);
  return {
    ...network(zones),
    ...web(zones, { DesiredCount: design.tasks }),
    ...aurora(design.instances, {
      DeletionProtection: design.protectedDatabase,
      BackupRetentionPeriod: design.retentionDays,
    }),
    ...Object.fromEntries(
      own.flatMap((slot) => [
        [`Nat${slot}`, resource('AWS::EC2::NatGateway', { SubnetId: ref(`Subnet${slot}`) })],
        [`Routes${slot}`, resource('AWS::EC2::RouteTable', { VpcId: ref('Vpc') })],
        [
          `Out${slot}`,
          resource('AWS::EC2::Route', {
            RouteTableId: ref(`Routes${slot}`),
            NatGatewayId: ref(`Nat${Math.min(slot, design.gateways - 1)}`),
          }),
        ],
        [
          `Use${slot}`,
          resource('AWS::EC2::SubnetRouteTableAssociation', {
            SubnetId: ref(`Subnet${slot}`),
            RouteTableId: ref(`Routes${slot}`),
          }),
        ],
      ]),
    ),
    Cache: resource('AWS::ElastiCache::ReplicationGroup', {
      NumCacheClusters: design.cacheNodes,
      AutomaticFailoverEnabled: design.cacheNodes > 1,
      CacheSubnetGroupName: ref('CacheSubnets'),
      SecurityGroupIds: [att('DataGroup', 'GroupId')],
    }),
    Files: resource('AWS::EFS::FileSystem'),
    ...Object.fromEntries(
      own.slice(0, design.mountTargets).map((slot) => [
        `Mount${slot}`,
        resource('AWS::EFS::MountTarget', {
          FileSystemId: ref('Files'),
          SubnetId: ref(`Subnet${slot}`),
          SecurityGroups: [att('DataGroup', 'GroupId')],
        }),
      ]),
    ),
    ...(design.plan ? backups(design.copied) : {}),
  };
}

function backups(copied: boolean): Record<string, unknown> {
  const copies = [{ DestinationBackupVaultArn: 'arn:aws:backup:us-west-2:444455556666:backup-vault:v' }];
  const rule = {
    ScheduleExpression: 'rate(1 hour)',
    Lifecycle: { DeleteAfterDays: 90 },
    CopyActions: copied ? copies : [],
  };
  return {
    Plan: resource('AWS::Backup::BackupPlan', { BackupPlan: { BackupPlanRule: [rule] } }),
    Selection: resource('AWS::Backup::BackupSelection', {
      BackupPlanId: ref('Plan'),
      BackupSelection: { Resources: ['*'] },
    }),
  };
}

function judge(template: Record<string, unknown>): Assessment {
  return assess(assemblyOf(stackOf(template)));
}

function verdicts(assessment: Assessment): Map<FailureScope, number> {
  const [entry] = assessment.systems[0].entryPoints;
  return new Map(entry.scopes.map(({ scope, verdict }) => [scope, ORDER.indexOf(verdict)]));
}

/** The scopes of which the verdict after a change does not stand in the wanted relation to the one before. */
function broken(before: Assessment, after: Assessment, holds: (before: number, after: number) => boolean): string[] {
  const changed = verdicts(after);
  return [...verdicts(before)]
    .filter(([scope, verdict]) => !holds(verdict, changed.get(scope) ?? -1))
    .map(([scope, verdict]) => `${scope} went from ${ORDER[verdict]} to ${ORDER[changed.get(scope) ?? -1]}`);
}

function forEveryDesign(
  change: (design: Design) => Partial<Design>,
  holds: (before: number, after: number) => boolean,
): void {
  fc.assert(
    fc.property(designs, (design) => {
      const changed = { ...design, ...change(design) };
      expect(broken(judge(templateOf(design)), judge(templateOf(changed)), holds)).toEqual([]);
    }),
    RUNS,
  );
}

type Slot = { readonly of: Record<string, unknown>; readonly key: string };

/** Every place of a JSON document that a value stands in, in the order of the document. */
function slotsOf(json: unknown): Slot[] {
  if (typeof json !== 'object' || json === null) {
    return [];
  }
  const of = json as Record<string, unknown>;
  return Object.keys(of).flatMap((key) => [{ of, key }, ...slotsOf(of[key])]);
}

/** A copy in which the values at some of the slots that `where` admits are others. */
function replaced(
  json: Record<string, unknown>,
  replacements: { readonly at: number; readonly value: unknown }[],
  where: (value: unknown) => boolean = () => true,
): Record<string, unknown> {
  const copy = structuredClone(json);
  const slots = slotsOf(copy).filter(({ of, key }) => where(of[key]));
  for (const { at, value } of replacements) {
    const slot = slots[at % slots.length];
    slot.of[slot.key] = value;
  }
  return copy;
}

test.each<[string, (design: Design) => Partial<Design>]>([
  ['a task', ({ tasks }) => ({ tasks: tasks + 1 })],
  ['a database instance', ({ instances }) => ({ instances: instances + 1 })],
  ['a NAT gateway per zone', ({ zones }) => ({ gateways: zones })],
  ['a cache node', () => ({ cacheNodes: 3 })],
  ['mount targets everywhere', ({ zones }) => ({ mountTargets: zones })],
  ['deletion protection', () => ({ protectedDatabase: true })],
  ['longer retention', () => ({ retentionDays: 35 })],
  ['a backup plan', () => ({ plan: true })],
  ['copies in another account', () => ({ copied: true })],
])('adding %s never worsens a verdict', (_name, change) => {
  forEveryDesign(change, (before, after) => after <= before);
});

test('moving everything into one zone never improves a verdict', () => {
  forEveryDesign(
    () => ({ zones: 1, gateways: 1, mountTargets: 1 }),
    (before, after) => after >= before,
  );
});

test('a value that becomes unknown never turns a verdict to MEETS', () => {
  const leaf = (value: unknown) => typeof value === 'number' || typeof value === 'boolean';
  const hidden = fc.array(fc.record({ at: fc.nat(), value: fc.constant(ref('Hidden')) }), { minLength: 1 });
  const neverToMeets = (before: number, after: number) => before === 0 || after !== 0;
  fc.assert(
    fc.property(designs, hidden, (design, replacements) => {
      const Resources = templateOf(design);
      const Parameters = { Hidden: { Type: 'String' } };
      const after = judge({ Parameters, Resources: replaced(Resources, replacements, leaf) });
      expect(broken(judge({ Resources }), after, neverToMeets)).toEqual([]);
    }),
    RUNS,
  );
});

test('order and logical ids change nothing but names', () => {
  fc.assert(
    fc.property(designs, fc.infiniteStream(fc.nat()), (design, places) => {
      const template = templateOf(design);
      const shuffled = Object.entries(template)
        .map((entry) => ({ entry, place: places.next().value as number }))
        .sort((a, b) => a.place - b.place);
      const names = Object.keys(template).sort((a, b) => b.length - a.length);
      const renamed = JSON.parse(
        names.reduce((text, name) => text.replaceAll(`"${name}"`, `"Renamed${name}"`), JSON.stringify({ x: template })),
      ) as { x: Record<string, unknown> };
      const before = verdicts(judge(template));
      expect(verdicts(judge(Object.fromEntries(shuffled.map(({ entry }) => entry))))).toEqual(before);
      expect(verdicts(judge(renamed.x))).toEqual(before);
    }),
    RUNS,
  );
});

test('whatever parses is judged, or refused in one clear line', () => {
  const anything = fc.oneof(
    fc.jsonValue({ maxDepth: 2 }),
    fc.constantFrom(
      ref('Nothing'),
      { 'Fn::Select': [9, []] },
      { 'Fn::Sub': '${' },
      { 'Fn::Join': [] },
      { 'Fn::If': ['Nothing', ref('Cache')] },
      { 'Fn::GetAtt': 'Cache' },
    ),
  );
  const replacements = fc.array(fc.record({ at: fc.nat(), value: anything }), { minLength: 1, maxLength: 20 });
  fc.assert(
    fc.property(designs, replacements, (design, values) => {
      try {
        judge({ Resources: replaced(templateOf(design), values) });
      } catch (error) {
        expect(error).toBeInstanceOf(InputError); // of circular references, which CloudFormation refuses too
      }
    }),
    { ...RUNS, numRuns: 1000 },
  );
});
