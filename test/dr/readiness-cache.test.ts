import { awsError, compare, type Script } from '../support/readiness';

const COPY = 'ehr-copy';
const wanted = { here: COPY, there: 'ehr', datastore: 'ldgnf-ehr', nodes: 3, serving: false };

/** A cache as Amazon ElastiCache describes it. */
function group(role: string, changes: object = {}) {
  return {
    ReplicationGroups: [
      {
        Status: 'available',
        GlobalReplicationGroupInfo: {
          GlobalReplicationGroupId: 'ldgnf-ehr',
          GlobalReplicationGroupMemberRole: role,
        },
        MemberClusters: ['1', '2', '3'],
        AutomaticFailover: 'enabled',
        MultiAZ: 'enabled',
        CacheNodeType: 'cache.m7g.large',
        ...changes,
      },
    ],
  };
}

const READY: Script = {
  'here DescribeReplicationGroups': group('SECONDARY'),
  'there DescribeReplicationGroups': group('PRIMARY'),
};
const findingsOf = async (faults: Script = {}, changes: object = {}) =>
  (await compare({ ...READY, ...faults }, { Cache: { ...wanted, ...changes } })).logged.Cache;

test('a cache that follows is ready, and each Region is asked for its own', async () => {
  const { logged, calls } = await compare(READY, { Cache: wanted });
  expect(logged.Cache.findings).toEqual([]);
  expect(calls.map(({ region, input }) => [region, input.ReplicationGroupId]).slice(0, 2)).toEqual([
    ['us-west-2', COPY],
    ['us-east-1', 'ehr'],
  ]);
});

test('after a failover each has the role of the other', async () => {
  const swapped = {
    'here DescribeReplicationGroups': group('PRIMARY'),
    'there DescribeReplicationGroups': group('SECONDARY'),
  };
  expect((await findingsOf(swapped, { serving: true })).findings).toEqual([]);
  expect((await findingsOf({}, { serving: true })).findings).toEqual([
    'the cache ehr-copy is SECONDARY where it should be PRIMARY',
    'the cache ehr of the other Region is PRIMARY where it should be SECONDARY',
  ]);
});

test.each<[string, Script, string]>([
  ['none', { 'here DescribeReplicationGroups': awsError('ReplicationGroupNotFoundFault') }, 'ehr-copy is missing'],
  [
    'one that failed',
    { 'here DescribeReplicationGroups': group('SECONDARY', { Status: 'create-failed' }) },
    'ehr-copy is create-failed',
  ],
  [
    'one that was detached',
    { 'here DescribeReplicationGroups': group('', { GlobalReplicationGroupInfo: undefined }) },
    'ehr-copy is no member of ldgnf-ehr, so that nothing is replicated',
  ],
  [
    'one of another datastore',
    {
      'there DescribeReplicationGroups': group('PRIMARY', {
        GlobalReplicationGroupInfo: {
          GlobalReplicationGroupId: 'ldgnf-other',
          GlobalReplicationGroupMemberRole: 'PRIMARY',
        },
      }),
    },
    'ehr of the other Region is no member of ldgnf-ehr',
  ],
  [
    'fewer nodes',
    { 'here DescribeReplicationGroups': group('SECONDARY', { MemberClusters: ['1'] }) },
    'ehr-copy has 1 nodes instead of 3',
  ],
  [
    'one that stays in its zone',
    { 'here DescribeReplicationGroups': group('SECONDARY', { MultiAZ: 'disabled' }) },
    'ehr-copy does not fail over to another zone by itself',
  ],
  [
    'smaller nodes',
    { 'here DescribeReplicationGroups': group('SECONDARY', { CacheNodeType: 'cache.m7g.xlarge' }) },
    'its nodes are cache.m7g.xlarge, those of the other Region cache.m7g.large',
  ],
])('finds %s', async (_, faults, finding) => {
  expect((await findingsOf(faults)).findings).toEqual([expect.stringContaining(finding)]);
});

test('without an answer of the other Region it says what is to be said of this one', async () => {
  const { findings, cannotCompare } = await findingsOf({ 'there DescribeReplicationGroups': new Error('no route') });
  expect(findings).toEqual([]);
  expect(cannotCompare).toContain('no route');
});

test('what ElastiCache does not answer in this Region is no answer', async () => {
  const { failed } = await findingsOf({ 'here DescribeReplicationGroups': awsError('ThrottlingException') });
  expect(failed).toContain('ThrottlingException');
});
