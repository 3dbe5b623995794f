import { orAbsent } from '../absent';
import type { Aws } from '../aws';
import type { Check, Side } from '../check';

/** https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/accessing-monitoring.html */
const CANNOT_TAKE_OVER = /^(stopp|start|failed|inaccessible|incompatible|delet|storage-full|restore-error)/;

interface Wanted extends Record<Side, string> {
  readonly kind: 'cluster' | 'instance';
  /** The global database whose copy has no instances here, and is to have none. */
  readonly headlessIn?: string;
}

type Size = Record<string, number | string | boolean | undefined>;

/** The database of a Region and the parameters somebody set for it; null where there is none. */
type Facts = {
  readonly status: string;
  readonly version: string;
  readonly size: Size;
  readonly restartPending: boolean;
  readonly parameters: Record<string, string | undefined>;
  /** What Aurora says of replication to a cluster without instances, whose lag nobody may measure. */
  readonly synchronization?: string;
} | null;

interface ClustersAnswer {
  readonly DBClusters: {
    readonly Status: string;
    readonly EngineVersion: string;
    readonly DBClusterMembers: { readonly DBClusterParameterGroupStatus?: string }[];
    readonly DBClusterParameterGroup: string;
    readonly ServerlessV2ScalingConfiguration?: { readonly MinCapacity?: number; readonly MaxCapacity?: number };
  }[];
}

interface GlobalClustersAnswer {
  readonly GlobalClusters: {
    readonly GlobalClusterMembers: { readonly DBClusterArn: string; readonly SynchronizationStatus?: string }[];
  }[];
}

interface InstancesAnswer {
  readonly DBInstances: {
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

  async read(aws, { kind, headlessIn, ...identifiers }, side) {
    if (kind === 'instance') {
      return readInstance(aws, identifiers[side]);
    }
    const facts = await readCluster(aws, identifiers[side]);
    return facts && headlessIn && side === 'here'
      ? { ...facts, synchronization: await synchronization(aws, headlessIn, identifiers.here) }
      : facts;
  },

  /** A managed failover takes equal versions: https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-global-database-upgrade.html */
  judge(wanted, here, there) {
    if (here === null) {
      return [`there is no database ${wanted.here}`];
    }
    return [
      ...(CANNOT_TAKE_OVER.test(here.status) ? [`the database ${wanted.here} is ${here.status}`] : []),
      ...(here.restartPending ? [`parameters of ${wanted.here} wait for a restart`] : []),
      ...(wanted.headlessIn && here.synchronization !== 'connected'
        ? [`replication to ${wanted.here} is ${here.synchronization}, not connected`]
        : []),
      ...(there === undefined ? [] : differences(wanted, here, there)),
    ];
  },
};

async function readCluster(aws: Aws, DBClusterIdentifier: string): Promise<Facts> {
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
  };
}

/** https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_GlobalClusterMember.html */
async function synchronization(aws: Aws, GlobalClusterIdentifier: string, identifier: string): Promise<string> {
  const asked = aws<GlobalClustersAnswer>('rds', 'DescribeGlobalClusters', { GlobalClusterIdentifier });
  const members = (await orAbsent(asked))?.GlobalClusters[0]?.GlobalClusterMembers ?? [];
  const ours = members.find(({ DBClusterArn }) => DBClusterArn.endsWith(`:cluster:${identifier}`));
  return ours ? (ours.SynchronizationStatus ?? 'unknown') : 'none';
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
  };
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
    .filter((each) => !(wanted.headlessIn && each === 'instances'))
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
