import {
  Cache,
  Compute,
  Database,
  DocumentStore,
  DrStrategy,
  Failover,
  FileShare,
  Ingress,
  NeedPresence,
  TableStore,
} from '../../src';
import { pairwise } from '../support/pairwise';
import {
  FACTORS,
  type Factor,
  HEADLESS,
  PLAIN,
  STRATEGIES,
  type System,
  twoRegions,
} from '../support/two-region-system';

/**
 * Every strategy with everything that a system in two Regions is made of: either it is built, or an error says where, what and what to
 * do instead. Each choice alone with each strategy, and then every pair of choices, whose errors are those of each of them together.
 */
/** Why a choice cannot be had: kept live in the other Region, read there before anybody decides, restored there, or served by both. */
interface Refusals {
  readonly live?: RegExp;
  readonly standby?: RegExp;
  readonly restored?: RegExp;
  readonly active?: RegExp;
}

const ONE_WRITER =
  /the database takes writes in one Region.*keep records in Database\.auroraDsql\(\) with a multiRegion/;
const ONE_SHARE = /the file shares \w+ take writes in one Region.*keep what they hold in tables/;
const ONE_CACHE = /the cache .*keep sessions in a table/;
const OWN_DISKS = /keeps data on disks of its own/;
const NO_FSX =
  /the file shares archive would be missing in us-west-2.*say with declaredReplications how the hospital does/;
const REFUSED: Partial<Record<Factor, Record<string, Refusals>>> = {
  database: {
    auroraPostgres: { active: ONE_WRITER },
    auroraPostgresProxy: {
      live: /its proxy takes credentials by their whole ARN.*use DatabaseProxy\.iam\(\)/,
      active: ONE_WRITER,
    },
    auroraMysql: { active: ONE_WRITER },
    auroraDsqlOfOneRegion: {
      live: /give Database\.auroraDsql\(\) a multiRegion/,
      restored: /give Database\.auroraDsql\(\) a multiRegion/,
      active: ONE_WRITER,
    },
    auroraDsqlOfTwo: { restored: /which no template takes over; keep the data live/ },
    rdsPostgres: { active: ONE_WRITER },
    rdsPostgresCluster: { live: /leave out multiAzCluster/, restored: /leave out multiAzCluster/, active: ONE_WRITER },
    rdsPostgresProxy: { live: /before no replica; leave out proxy/, active: ONE_WRITER },
    rdsMysql: { active: ONE_WRITER },
    rdsSqlServer: { live: /logins.*recover from copies of backups/, active: ONE_WRITER },
    rdsSqlServerFollowed: { active: ONE_WRITER },
    rdsOracle: { live: /mounted replica.*recover from copies of backups/, active: ONE_WRITER },
  },
  files: {
    efs: {
      restored: /the file share sites from a copy.*keep the files live with DrStrategy\.pilotLight\(\)/,
      active: ONE_SHARE,
    },
    fsxWindows: { live: NO_FSX, active: ONE_SHARE },
    fsxOntap: { live: NO_FSX, active: ONE_SHARE },
  },
  tables: {
    dynamoDbWitness: {
      restored: /the table visits from a copy.*keep it live with a strategy such as DrStrategy\.pilotLight\(\)/,
    },
  },
  cache: {
    valkey: { active: ONE_CACHE },
    valkeyThatFollows: {
      standby: /readers who come there before could not sign in; leave globalDatastore out/,
      restored: /the cache follows into the other Region.*leave globalDatastore out/,
      active: ONE_CACHE,
    },
  },
  compute: { statefulPair: { live: OWN_DISKS, active: OWN_DISKS } },
};

const HAS_ZONE = ['https', 'httpsInternal', 'mllp', 'privateLink'];
const STORES_AND_COMPUTE = ['database', 'files', 'tables', 'documents', 'cache', 'compute'] as const;

/** What is refused, in the order in which it is found: everything of a stage together. */
function stagesOf(system: System): RegExp[][] {
  const { strategy, compute, ingress, failover, database, files, cache } = system;
  const of = (kind: keyof Refusals) =>
    STORES_AND_COMPUTE.flatMap((factor) => REFUSED[factor]?.[system[factor]]?.[kind] ?? []);
  const active = strategy === 'ACTIVE_ACTIVE';
  const live = [...of('live'), ...(strategy.endsWith('_STANDBY') ? of('standby') : [])];
  const chosen = strategy === 'BACKUP_AND_RESTORE' ? of('restored') : active ? of('active') : live;
  const perhaps = strategy === 'left out, a restore measured';
  const restores = strategy === 'BACKUP_AND_RESTORE' || (perhaps && of('restored').length === 0);
  const planned = failover === 'regionSwitch';
  return [
    [
      ...(perhaps ? (of('restored').length > 0 && live.length > 0 ? [...of('restored'), ...live] : []) : chosen),
      ...(strategy === HEADLESS && !['auroraPostgres', 'auroraMysql'].includes(database)
        ? [/headlessDatabase would keep the database .* but .*; leave out headlessDatabase/]
        : []),
      ...(compute === 'fargateCanary' ? [/use Deployments\.rolling\(\)/] : []),
      ...(compute === 'activePassive' && ['WARM_STANDBY', 'HOT_STANDBY', 'ACTIVE_ACTIVE'].includes(strategy)
        ? [/it must run once; use DrStrategy\.pilotLight\(\)/]
        : []),
      ...(database === 'rdsSqlServerFollowed' && ['WARM_STANDBY', 'HOT_STANDBY'].includes(strategy)
        ? [/nobody signs in after the first rotation; use DrStrategy\.pilotLight\(\)/]
        : []),
    ],
    [
      ...(failover !== 'manual' && !HAS_ZONE.includes(ingress) && !(planned && plannedRefusals(system).length > 0)
        ? [/no ingress of the primary has a hosted zone.*use Failover\.manual\(\)/]
        : []),
      ...(planned ? plannedRefusals(system) : []),
    ],
    planned && !restores && files !== 'none'
      ? [/the plan of the failover sends users before.*use Failover\.dns\(\)/]
      : [],
    planned && cache === 'valkeyThatFollows'
      ? [/the plan of the failover sends users before anybody has promoted the cache.*use Failover\.dns\(\)/]
      : [],
    planned && restores ? [/the plan of the failover switches to what runs.*use Failover\.dns\(\)/] : [],
    planned && strategy === HEADLESS
      ? [/a plan cannot make an instance .*use Failover\.dns\(\).* or leave out headlessDatabase/]
      : [],
    active && failover !== 'dns' ? [/ACTIVE_ACTIVE sends users to both.*use Failover\.dns\(\)/] : [],
  ].filter((stage) => stage.length > 0);

  function plannedRefusals({ compute: runs }: System): RegExp[] {
    const movable = database === 'none' || database === 'auroraDsqlOfTwo' || !(perhaps || restores);
    return [
      ...(runs === 'activePassive' ? [/would start it in one Region without stopping it.*use Failover\.dns\(\)/] : []),
      ...(runs === 'statefulPair' ? [/an Amazon ECS service or an Auto Scaling group.*use Failover\.dns\(\)/] : []),
      ...(database === 'rdsSqlServerFollowed' ? [/no block of the plan gives it; use Failover\.dns\(\)/] : []),
      ...(movable ? [] : [/is neither, or is not kept live in the other Region.*use Failover\.dns\(\)/]),
    ];
  }
}

/** `PILOT_LIGHT efs`: what is not plain. */
function described(system: System): string {
  const choicesOf = (Object.keys(PLAIN) as Factor[]).filter((factor) => system[factor] !== PLAIN[factor]);
  return [system.strategy, ...choicesOf.filter((factor) => factor !== 'strategy').map((factor) => system[factor])].join(
    ' ',
  );
}

/** How users come in and move, which standbys of either size do not differ in. */
const WAYS = ['ingress', 'failover'];
const DIFFER_IN_WAYS = ['BACKUP_AND_RESTORE', 'PILOT_LIGHT', 'ACTIVE_ACTIVE'];

const alone = FACTORS.strategy.flatMap((strategy) =>
  (Object.keys(FACTORS) as Factor[])
    .filter((factor) => factor !== 'strategy' && (!WAYS.includes(factor) || DIFFER_IN_WAYS.includes(strategy)))
    .flatMap((factor) =>
      FACTORS[factor]
        .filter((level) => level !== PLAIN[factor])
        .map((level) => ({ ...PLAIN, strategy, [factor]: level })),
    ),
);
const pairs = pairwise<Factor>(
  FACTORS,
  ({ compute, ingress }) => compute !== 'fargateCanary' || !['mllp', 'dicom', 'tcp'].includes(ingress),
);

test.each([
  ['database', Database, []],
  ['files', FileShare, []],
  ['tables', TableStore, []],
  ['documents', DocumentStore, ['existing']], // given, not made
  ['cache', Cache, []],
  ['compute', Compute, []],
  ['ingress', Ingress, []],
  ['failover', Failover, []],
] as [Factor, object, string[]][])('every kind of %s is among the choices', (factor, factory, given) => {
  const kinds = Object.getOwnPropertyNames(factory).filter((name) => !['length', 'name', 'prototype'].includes(name));
  expect(kinds.filter((kind) => !FACTORS[factor].some((level) => level.startsWith(kind)))).toEqual(given);
});

test('every strategy is among the choices', () => {
  const kinds = Object.getOwnPropertyNames(DrStrategy).filter(
    (name) => !['length', 'name', 'prototype'].includes(name),
  );
  const names = Object.values(STRATEGIES).flatMap(({ strategy }) => strategy?.strategyName ?? []);
  expect(new Set(names).size).toBe(kinds.length);
});

const outcomes = (systems: System[], refused: boolean) =>
  systems
    .filter((system) => stagesOf(system).length > 0 === refused)
    .map((system): [string, System] => [described(system), system]);

describe('each choice alone', () => {
  test.each(outcomes(alone, false))('%s is built', (_, system) => built(system));
  test.each(outcomes(alone, true))('%s is refused, with what to do instead', (_, system) => refused(system));
});

describe('every pair of choices', () => {
  test.each(outcomes(pairs, false))('%s is built', (_, system) => built(system));
  test.each(outcomes(pairs, true))('%s is refused, with what to do instead of each', (_, system) => refused(system));
});

function built(system: System): void {
  const dr = twoRegions(system);
  const { primary } = dr;
  const { strategy } = system;
  expect(DERIVED[strategy] ?? [strategy]).toContain(dr.strategy.strategyName);
  if (dr.strategy.strategyName === 'BACKUP_AND_RESTORE' && strategy !== 'BACKUP_AND_RESTORE') {
    expect(() => dr.recovery).toThrow(/name their recovery points with restored/);
    return;
  }
  const { recovery } = dr;
  expect(Object.keys(recovery.files)).toEqual(Object.keys(primary.files));
  expect(Object.keys(recovery.tables)).toEqual(Object.keys(primary.tables));
  expect([recovery.database, recovery.documents, recovery.cache].map(Boolean)).toEqual(
    [primary.database, primary.documents, primary.cache].map(Boolean),
  );
  expect(dr.needs.filter(({ presence }) => presence === NeedPresence.PRIMARY_ONLY)).toEqual([]);
}
const DERIVED: Record<string, string[]> = {
  [HEADLESS]: ['PILOT_LIGHT'],
  'left out': ['PILOT_LIGHT'],
  'left out, a restore measured': ['BACKUP_AND_RESTORE', 'PILOT_LIGHT'],
};

function refused(system: System): void {
  let message = '';
  try {
    twoRegions(system);
  } catch (error) {
    ({ message } = error as Error);
  }
  expect(message).toMatch(/ \[\w+ at EhrDr\/Dr\]$/);
  for (const reason of stagesOf(system)[0]) {
    expect(message).toMatch(reason);
  }
}
