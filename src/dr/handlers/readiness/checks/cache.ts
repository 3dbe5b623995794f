import { orAbsent } from '../absent';
import type { Check, Side } from '../check';

interface Wanted extends Record<Side, string> {
  /** Id of the global datastore that both are members of. */
  readonly datastore: string;
  /** Nodes that each was declared with. */
  readonly nodes: number;
  /** Whether users are in the Region that watches, whose cache writes then. */
  readonly serving: boolean;
}

interface Group {
  readonly Status?: string;
  readonly GlobalReplicationGroupInfo?: {
    readonly GlobalReplicationGroupId?: string;
    readonly GlobalReplicationGroupMemberRole?: string;
  };
  readonly MemberClusters?: readonly string[];
  readonly AutomaticFailover?: string;
  readonly MultiAZ?: string;
  readonly CacheNodeType?: string;
}

/** What takes a snapshot, or is being changed, takes over all the same. */
const WELL = ['available', 'modifying', 'snapshotting'];

/** The caches of both Regions are members of one global datastore, of which the Region that users are in writes. */
export const cache: Check<Wanted, Group | undefined> = {
  compares: true,

  /** https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_ReplicationGroup.html */
  async read(aws, wanted, side) {
    const answer = await orAbsent(
      aws<{ ReplicationGroups?: readonly Group[] }>('elasticache', 'DescribeReplicationGroups', {
        ReplicationGroupId: wanted[side],
      }),
    );
    return answer?.ReplicationGroups?.[0];
  },

  judge(wanted, here, there) {
    return [
      ...faults(wanted.here, here, wanted, wanted.serving),
      ...(there === undefined ? [] : faults(`${wanted.there} of the other Region`, there, wanted, !wanted.serving)),
      ...(here?.CacheNodeType && there?.CacheNodeType && here.CacheNodeType !== there.CacheNodeType
        ? [`its nodes are ${here.CacheNodeType}, those of the other Region ${there.CacheNodeType}`]
        : []),
    ];
  },
};

function faults(name: string, group: Group | undefined, wanted: Wanted, writes: boolean): string[] {
  if (!WELL.includes(group?.Status ?? '')) {
    return [`the cache ${name} is ${group?.Status ?? 'missing'}`];
  }
  const { GlobalReplicationGroupInfo: membership, MemberClusters = [], AutomaticFailover, MultiAZ } = group ?? {};
  const role = membership?.GlobalReplicationGroupMemberRole?.toUpperCase();
  const meant = writes ? 'PRIMARY' : 'SECONDARY';
  return [
    ...(membership?.GlobalReplicationGroupId === wanted.datastore
      ? role === meant
        ? []
        : [`the cache ${name} is ${role} where it should be ${meant}`]
      : [`the cache ${name} is no member of ${wanted.datastore}, so that nothing is replicated`]),
    ...(MemberClusters.length < wanted.nodes
      ? [`the cache ${name} has ${MemberClusters.length} nodes instead of ${wanted.nodes}`]
      : []),
    ...(AutomaticFailover === 'enabled' && MultiAZ === 'enabled'
      ? []
      : [`the cache ${name} does not fail over to another zone by itself`]),
  ];
}
