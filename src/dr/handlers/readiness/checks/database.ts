import { orAbsent } from '../absent';
import type { Aws } from '../aws';
import type { Check, Side } from '../check';

/** https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/accessing-monitoring.html */
const CANNOT_TAKE_OVER = /^(stopp|start|failed|inaccessible|incompatible|delet|storage-full|restore-error)/;

interface Wanted extends Record<Side, string> {
  readonly kind: 'cluster' | 'instance';
  /** Of a cluster: the global database that both are members of. */
  readonly global?: string;
  /** Whether users are in this Region, so that the database here writes. */
  readonly serving: boolean;
  /** Whether the copy here is to have no instances, so that nobody measures its lag. */
  readonly headless?: boolean;
  /** Whether the one here cannot have a standby before it is promoted. */
  readonly oneZone?: boolean;
}

type Size = Record<string, number | string | boolean | undefined>;

/** The database of a Region and the parameters somebody set for it; null where there is none. */
type Facts = {
  readonly status: string;
  readonly version: string;
  readonly size: Size;
  readonly restartPending: boolean;
  readonly parameters: Record<string, string | undefined>;
  /** What it is to the other one; not asked of the other Region. */
  readonly role?: Role;
} | null;

interface Role {
  /** Whether it follows or leads the other one at all. */
  readonly joined: boolean;
  readonly writes: boolean;
  /** What AWS says of replication to it, and whether that is well; left out where AWS says nothing. */
  readonly replication?: { readonly status: string; readonly well: boolean };
}

interface ClustersAnswer {
  readonly DBClusters: {
    readonly Status: string;
    readonly EngineVersion: string;
    readonly DBClusterMembers: { readonly DBClusterParameterGroupStatus?: string }[];
    readonly DBClusterParameterGroup: string;
    readonly ServerlessV2ScalingConfiguration?: { readonly MinCapacity?: number; readonly MaxCapacity?: number };
  }[];
}

interface GlobalAnswer {
  readonly GlobalClusters?: {
    readonly GlobalClusterMembers?: {
      readonly DBClusterArn?: string;
      readonly IsWriter?: boolean;
      readonly SynchronizationStatus?: string;
    }[];
  }[];
}

interface InstancesAnswer {
  readonly DBInstances: {
    readonly ReadReplicaSourceDBInstanceIdentifier?: string;
    readonly StatusInfos?: { readonly StatusType?: string; readonly Normal?: boolean; readonly Status?: string }[];
    readonly DBInstanceStatus: string;
    readonly EngineVersion: string;
    readonly DBInstanceClass: string;
    readonly AllocatedStorage: number;
    readonly MultiAZ: boolean;
    readonly DBParameterGroups: { readonly DBParameterGroupName: string; readonly ParameterApplyStatus?: string }[];
  }[];
}

interface ParametersAnswer {
  readonly Parameters?: { readonly ParameterName: string; readonly ParameterValue?: string }[];
  readonly Marker?: string;
}

/** The database can take over: it works, and is as new and as large as the other, with the same parameters. */
export const database: Check<Wanted, Facts> = {
  compares: true,

  read: (aws, { kind, global, ...identifiers }, side) =>
    kind === 'cluster'
      ? readCluster(aws, identifiers[side], side === 'here' ? global : undefined)
      : readInstance(aws, identifiers[side]),

  /** A managed failover takes equal versions: https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-global-database-upgrade.html */
  judge(wanted, here, there) {
    if (here === null) {
      return [`there is no database ${wanted.here}`];
    }
    return [
      ...(CANNOT_TAKE_OVER.test(here.status) ? [`the database ${wanted.here} is ${here.status}`] : []),
      ...(here.restartPending ? [`parameters of ${wanted.here} wait for a restart`] : []),
      ...(here.role ? roleFaults(wanted, here.role) : []),
      ...(there === undefined ? [] : differences(wanted, here, there)),
    ];
  },
};

async function readCluster(aws: Aws, DBClusterIdentifier: string, global: string | undefined): Promise<Facts> {
  const answer = await orAbsent(aws<ClustersAnswer>('rds', 'DescribeDBClusters', { DBClusterIdentifier }));
  if (!answer) {
    return null;
  }
  const [cluster] = answer.DBClusters;
  const { MinCapacity, MaxCapacity } = cluster.ServerlessV2ScalingConfiguration ?? {};
  return {
    status: cluster.Status,
    version: cluster.EngineVersion,
    size: { instances: cluster.DBClusterMembers.length, minimumACU: MinCapacity, maximumACU: MaxCapacity },
    restartPending: cluster.DBClusterMembers.some((each) => each.DBClusterParameterGroupStatus === 'pending-reboot'),
    parameters: await parameters(aws, 'DescribeDBClusterParameters', {
      DBClusterParameterGroupName: cluster.DBClusterParameterGroup,
    }),
    role: global === undefined ? undefined : await readMember(aws, global, DBClusterIdentifier),
  };
}

/** Any Region of a global database tells its members: https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_GlobalClusterMember.html */
async function readMember(aws: Aws, GlobalClusterIdentifier: string, cluster: string): Promise<Role> {
  const answer = await orAbsent(aws<GlobalAnswer>('rds', 'DescribeGlobalClusters', { GlobalClusterIdentifier }));
  const members = answer?.GlobalClusters?.[0]?.GlobalClusterMembers ?? [];
  const own = members.find(({ DBClusterArn }) => DBClusterArn?.endsWith(`:cluster:${cluster}`));
  const { IsWriter: writes = false, SynchronizationStatus: status } = own ?? {};
  return {
    joined: own !== undefined,
    writes,
    replication: status === undefined ? undefined : { status, well: status === 'connected' },
  };
}

async function readInstance(aws: Aws, DBInstanceIdentifier: string): Promise<Facts> {
  const answer = await orAbsent(aws<InstancesAnswer>('rds', 'DescribeDBInstances', { DBInstanceIdentifier }));
  if (!answer) {
    return null;
  }
  const [instance] = answer.DBInstances;
  const [group] = instance.DBParameterGroups;
  return {
    status: instance.DBInstanceStatus,
    version: instance.EngineVersion,
    size: { class: instance.DBInstanceClass, gibibytes: instance.AllocatedStorage, MultiAZ: instance.MultiAZ },
    restartPending: group.ParameterApplyStatus === 'pending-reboot',
    parameters: await parameters(aws, 'DescribeDBParameters', { DBParameterGroupName: group.DBParameterGroupName }),
    role: roleOf(instance),
  };
}

/** https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_DBInstanceStatusInfo.html */
function roleOf({
  ReadReplicaSourceDBInstanceIdentifier: source,
  StatusInfos = [],
}: InstancesAnswer['DBInstances'][number]): Role {
  const info = StatusInfos.find(({ StatusType }) => StatusType === 'read replication');
  return {
    joined: source !== undefined,
    writes: source === undefined,
    replication: info && { status: info.Status ?? 'unknown', well: info.Normal !== false },
  };
}

/** A copy follows until users are here; then it writes. A promoted replica leads nothing: what follows it next people make. */
function roleFaults({ kind, here, serving, headless }: Wanted, { joined, writes, replication }: Role): string[] {
  if (kind === 'cluster' && !joined) {
    return [`the cluster ${here} is no member of the global database any more: nothing is replicated`];
  }
  if (serving) {
    return writes ? [] : [`the database ${here} is still a copy, which users here cannot write to`];
  }
  if (writes) {
    return [`the database ${here} takes writes, and copies nothing, though no users are declared to be here`];
  }
  const { status = 'unknown', well = !headless } = replication ?? {}; // of another copy its lag tells
  return well ? [] : [`replication to ${here} is ${status}`];
}

/** Those somebody set, page by page. */
async function parameters(aws: Aws, operation: string, group: object): Promise<Record<string, string | undefined>> {
  const found: Record<string, string | undefined> = {};
  let Marker: string | undefined;
  do {
    const page: ParametersAnswer = await aws<ParametersAnswer>('rds', operation, { ...group, Source: 'user', Marker });
    for (const { ParameterName, ParameterValue } of page.Parameters ?? []) {
      found[ParameterName] = ParameterValue;
    }
    Marker = page.Marker;
  } while (Marker);
  return found;
}

function differences(wanted: Wanted, here: NonNullable<Facts>, there: Facts): string[] {
  if (there === null) {
    return [`there is no database ${wanted.there} in the other Region`];
  }
  const names = [...new Set([...Object.keys(here.parameters), ...Object.keys(there.parameters)])].sort();
  const differing = names.filter((name) => here.parameters[name] !== there.parameters[name]);
  const smaller = Object.keys(here.size)
    .filter((each) => !(wanted.headless && each === 'instances') && !(wanted.oneZone && each === 'MultiAZ'))
    .filter((each) => isLess(here.size[each], there.size[each]));
  return [
    ...(here.version === there.version ? [] : [`version ${here.version} is not ${there.version} of the other Region`]),
    ...(differing.length > 0 ? [`parameters differ from the other Region: ${differing.join(', ')}`] : []),
    ...smaller.map((each) => `${each} is ${here.size[each]}, and ${there.size[each]} in the other Region`),
  ];
}

/** Fewer, smaller or absent; a class that differs is no better than a smaller one. */
function isLess(here: Size[string], there: Size[string]): boolean {
  return typeof there === 'number'
    ? !(typeof here === 'number' && here >= there)
    : there !== undefined && there !== false && here !== there;
}
