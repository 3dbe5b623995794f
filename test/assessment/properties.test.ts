import { type Assessment, assess, type Verdict } from '../../src/assessment/judge';
import type { FailureScope } from '../../src/core/failure-scope';
import { assemblyOf, att, aurora, network, ref, resource, stackOf, web } from '../support/assessment';

const RUNS = 50;
const ORDER: Verdict[] = ['MEETS', 'UNKNOWN', 'MISSES', 'NOT_RECOVERABLE'];

/** A small generator with a seed (mulberry32), so that a failure can be repeated. */
function randomFrom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below);
  };
}

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

function designFrom(seed: number): Design {
  const random = randomFrom(seed);
  const zones = 1 + random(3);
  return {
    zones,
    tasks: 1 + random(4),
    instances: 1 + random(3),
    gateways: 1 + random(zones),
    cacheNodes: 1 + random(2),
    mountTargets: 1 + random(zones),
    protectedDatabase: random(2) === 1,
    retentionDays: [0, 7, 35][random(3)],
    plan: random(2) === 1,
    copied: random(2) === 1,
  };
}

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

const seeds = Array.from({ length: RUNS }, (_, index) => index + 1);

function compare(
  change: (design: Design) => Partial<Design>,
  holds: (before: number, after: number) => boolean,
): string[] {
  return seeds.flatMap((seed) => {
    const design = designFrom(seed);
    const before = verdicts(judge(templateOf(design)));
    const after = verdicts(judge(templateOf({ ...design, ...change(design) })));
    const broken = [...before].filter(([scope, verdict]) => !holds(verdict, after.get(scope) ?? -1));
    return broken.map(
      ([scope, verdict]) => `seed ${seed}: ${scope} went from ${ORDER[verdict]} to ${ORDER[after.get(scope) ?? -1]}`,
    );
  });
}

const notWorse = (before: number, after: number) => after <= before;
const notBetter = (before: number, after: number) => after >= before;

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
  expect(compare(change, notWorse)).toEqual([]);
});

test('moving everything into one zone never improves a verdict', () => {
  expect(compare(() => ({ zones: 1, gateways: 1, mountTargets: 1 }), notBetter)).toEqual([]);
});

test('a value that becomes unknown never turns a verdict to MEETS', () => {
  const hide = (json: unknown, random: (below: number) => number): unknown => {
    if (typeof json === 'number' || typeof json === 'boolean') {
      return random(3) === 0 ? ref('Hidden') : json;
    }
    if (Array.isArray(json)) {
      return json.map((item) => hide(item, random));
    }
    return json && typeof json === 'object'
      ? Object.fromEntries(Object.entries(json).map(([key, value]) => [key, hide(value, random)]))
      : json;
  };
  const broken = seeds.flatMap((seed) => {
    const Resources = templateOf(designFrom(seed));
    const hidden = hide(Resources, randomFrom(seed)) as Record<string, unknown>;
    const before = verdicts(judge({ Resources }));
    const after = verdicts(judge({ Parameters: { Hidden: { Type: 'String' } }, Resources: hidden }));
    return [...before]
      .filter(([scope, verdict]) => verdict > 0 && after.get(scope) === 0)
      .map(([scope]) => `seed ${seed}: ${scope}`);
  });
  expect(broken).toEqual([]);
});

test('order and logical ids change nothing but names', () => {
  for (const seed of seeds.slice(0, 20)) {
    const template = templateOf(designFrom(seed));
    const reversed = Object.fromEntries(Object.entries(template).reverse());
    const names = Object.keys(template).sort((a, b) => b.length - a.length);
    const renamed = JSON.parse(
      names.reduce((text, name) => text.replaceAll(`"${name}"`, `"Renamed${name}"`), JSON.stringify({ x: template })),
    ) as { x: Record<string, unknown> };
    const before = verdicts(judge(template));
    expect(verdicts(judge(reversed))).toEqual(before);
    expect(verdicts(judge(renamed.x))).toEqual(before);
  }
});

test('whatever parses is judged without a crash', () => {
  const values = [
    null,
    true,
    0,
    -1,
    'x',
    '',
    [],
    {},
    [null],
    { Ref: 'Nothing' },
    { 'Fn::Select': [9, []] },
    { 'Fn::Sub': '${' },
    { 'Fn::Join': [] },
  ];
  const scramble = (json: unknown, random: (below: number) => number): unknown => {
    if (random(25) === 0) {
      return values[random(values.length)];
    }
    if (Array.isArray(json)) {
      return json.map((item) => scramble(item, random));
    }
    return json && typeof json === 'object'
      ? Object.fromEntries(Object.entries(json).map(([key, value]) => [key, scramble(value, random)]))
      : json;
  };
  for (const seed of seeds) {
    const Resources = scramble(templateOf(designFrom(seed)), randomFrom(seed)) as Record<string, unknown>;
    expect(() => judge({ Resources: { ...Resources } })).not.toThrow();
  }
});
