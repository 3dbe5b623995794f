import { assess } from '../../../src/assessment/judge';
import { FailureScope } from '../../../src/core/failure-scope';
import { assemblyOf, att, network, ref, resource, stackOf, web } from '../../support/assessment';

const GROUP = 'AWS::ElastiCache::ReplicationGroup';
const switches = { MultiAZEnabled: true, AutomaticFailoverEnabled: true };

/** A web tier with a cache that it is told the address of. */
function portal(cache: Record<string, unknown>, more: Record<string, unknown> = {}) {
  return {
    ...network(3),
    ...web(3, { TaskDefinition: ref('Task') }),
    Task: resource('AWS::ECS::TaskDefinition', {
      ContainerDefinitions: [
        { Environment: [{ Name: 'SESSIONS', Value: att('Sessions', 'PrimaryEndPoint.Address') }] },
      ],
    }),
    Sessions: resource(GROUP, { NumCacheClusters: 3, CacheSubnetGroupName: ref('CacheSubnets'), ...cache }),
    ...more,
  };
}

const datastore = (suffix: string) => ({
  Datastore: resource('AWS::ElastiCache::GlobalReplicationGroup', {
    GlobalReplicationGroupIdSuffix: suffix,
    Members: [{ ReplicationGroupId: ref('Sessions'), ReplicationGroupRegion: 'us-east-1', Role: 'PRIMARY' }],
  }),
});

/** What becomes of the cache when the Region of the first stack is lost. */
function lossOf(here: Record<string, unknown>, there: Record<string, unknown>) {
  const stacks = [stackOf(here), stackOf(there, { id: 'Other', region: 'us-west-2' })];
  const { systems } = assess(assemblyOf(...stacks), { scopes: [FailureScope.REGION], rules: false });
  return systems.flatMap(({ findings }) => findings).find(({ resource: path }) => path === 'Test/Sessions');
}

test('a copy in the other Region has to be promoted by somebody, and lacks no record', () => {
  const loss = lossOf(portal(switches, datastore('ehr')), portal({ GlobalReplicationGroupId: 'ldgnf-ehr' }));
  expect(loss?.chain).toContain('cache Other/Sessions has its data (elasticache global)');
  // a decision, the promotion, and users who are sent by hand
  expect(loss?.estimate?.rto.seconds).toBe(900 + 300 + 960);
  expect(loss?.estimate?.rpo.seconds).toBe(0);
});

test.each([
  ['of its own', switches],
  ['in another datastore', { GlobalReplicationGroupId: 'ldgnf-other' }],
])('a cache %s starts empty, and nobody promotes it', (_, cache) => {
  expect(lossOf(portal(switches, datastore('ehr')), portal(cache))).toBeUndefined();
});

test('a cache of the same name in another Region than the first member is none', () => {
  const named = { ...switches, ReplicationGroupId: 'portal' };
  const Datastore = resource('AWS::ElastiCache::GlobalReplicationGroup', {
    GlobalReplicationGroupIdSuffix: 'ehr',
    Members: [{ ReplicationGroupId: 'portal', ReplicationGroupRegion: 'us-west-2', Role: 'PRIMARY' }],
  });
  expect(lossOf(portal(named), portal(named, { Datastore }))).toBeUndefined();
  expect(lossOf(portal(named, { Datastore }), portal({ GlobalReplicationGroupId: 'ldgnf-ehr' }))).toBeUndefined();
});

describe('when a zone is lost, a copy fails over as its primary does', () => {
  const zoneOf = (first: Record<string, unknown>, id = 'ldgnf-ehr') => {
    const stacks = [
      stackOf(portal(first, datastore('ehr'))),
      stackOf(portal({ GlobalReplicationGroupId: id }), { id: 'Other', region: 'us-west-2' }),
    ];
    const { systems } = assess(assemblyOf(...stacks), { scopes: [FailureScope.AVAILABILITY_ZONE], rules: false });
    const found = systems.flatMap(({ findings, unknowns }) => [...findings, ...unknowns]);
    return found.filter(({ resource: path }) => path.startsWith('Other/Sessions')).map(({ verdict }) => verdict);
  };

  test('by itself', () => {
    expect(zoneOf(switches)).toEqual([]);
  });

  test('not by itself', () => {
    expect(zoneOf({ MultiAZEnabled: false })).not.toEqual([]);
  });

  test('as nobody here can tell', () => {
    expect(zoneOf(switches, 'ldgnf-other')).toEqual(['UNKNOWN']);
  });
});
