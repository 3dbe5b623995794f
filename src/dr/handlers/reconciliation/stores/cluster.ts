import { type Aws, unless } from '../aws';
import { Incomplete, Refusal } from '../refusal';
import type { StoreReport } from '../report';
import type { Store, StoreContext } from '../store';

const ABSENT = /NotFound/;
const EXISTS = /AlreadyExists/;
const LAY_OUT_AGAIN = 'to lay it out again, overwrite the report with the word anew';
/** An earlier call may have asked for it, of which AWS does not tell at once. */
const BUSY = /InvalidGlobalClusterState/;

interface Wanted {
  readonly globalIdentifier: string;
  readonly identifier: string;
  /** Lets nobody in but whom people let in. */
  readonly securityGroup: string;
  /** Class of the instances, where the cluster may have none to look at. */
  readonly instanceClass?: string;
}

interface GlobalCluster {
  readonly FailoverState?: { readonly Status?: string };
  readonly GlobalClusterMembers: {
    readonly DBClusterArn: string;
    readonly IsWriter: boolean;
    readonly SynchronizationStatus?: string;
  }[];
}

interface Snapshot {
  readonly DBClusterSnapshotIdentifier: string;
  readonly SnapshotCreateTime: Date;
  readonly Status: string;
  readonly Engine: string;
  readonly EngineVersion: string;
}

interface Cluster {
  readonly Status: string;
  readonly Engine: string;
  readonly Endpoint?: string;
  readonly DBSubnetGroup: string;
  readonly DBClusterParameterGroup: string;
  readonly DBClusterMembers: { readonly DBInstanceIdentifier: string }[];
  readonly ServerlessV2ScalingConfiguration?: object;
}

interface Instance {
  readonly DBInstanceStatus: string;
  readonly DBInstanceClass: string;
}

/**
 * A member of an Aurora global database. Before Aurora rebuilds the former writer it tries to take a snapshot of its volume, which holds
 * what was never replicated, and which expires with the backups of the cluster: it is copied, and restored beside.
 *
 * https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-global-database-disaster-recovery.html#aurora-global-database-failover.managed-unplanned
 */
export const cluster: Store<Wanted> = {
  async inOrder(context, wanted, before) {
    const { region, otherRegion } = context;
    const { here, there, failingOver } = await members(context, wanted);
    if (failingOver) {
      throw new Refusal(`the global database ${wanted.globalIdentifier} is ${failingOver}; wait until it is done`);
    }
    if (!there) {
      throw new Refusal(
        `${otherRegion} has no member of ${wanted.globalIdentifier}, so that nothing was failed over to it`,
      );
    }
    if (!here) {
      throw new Refusal(
        `${wanted.globalIdentifier} has no second member yet: Aurora adds ${region} when it is healthy again; wait for it`,
      );
    }
    if (here.IsWriter && !(await newestLost(context, wanted, before))) {
      throw new Refusal(
        before?.comparedBefore
          ? `the writer is in ${region}, and ${before.comparedBefore} was compared: nothing was lost here since`
          : `the writer is in ${region}, where Aurora took no snapshot of an unplanned failover: nothing was lost here`,
      );
    }
    const status = (await find(context, wanted.identifier))?.Status ?? 'missing';
    if (status !== 'available') {
      throw new Refusal(
        `the cluster ${wanted.identifier} is ${status}: ${region} is not back yet; wait until it is available`,
      );
    }
  },

  async prepare(context, wanted, before) {
    const lost = await newestLost(context, wanted, before);
    const comparedBefore = before?.comparedBefore;
    const keptSnapshot = lost ? named('kept', lost, wanted) : before?.keptSnapshot;
    if (keptSnapshot === undefined) {
      return { ready: true, found: noneSince(comparedBefore), comparedBefore };
    }
    const lostSnapshot = lost?.DBClusterSnapshotIdentifier ?? before?.lostSnapshot;
    const taken = lost?.SnapshotCreateTime.toISOString() ?? before?.taken;
    const facts = { lostSnapshot, taken, keptSnapshot, comparedBefore };
    const kept = (await snapshots(context, wanted)).find((each) => each.DBClusterSnapshotIdentifier === keptSnapshot);
    if (!kept) {
      if (lost?.Status === 'available') {
        await keep(context, lost, named('kept', lost, wanted));
      }
      return { ready: false, now: 'the snapshot is copied', ...facts };
    }
    if (kept.Status === 'failed') {
      throw new Incomplete(`the copy ${keptSnapshot} failed; delete it and run this again`);
    }
    if (kept.Status !== 'available') {
      return { ready: false, now: `the copy of the snapshot is ${kept.Status}`, ...facts };
    }
    return { ...(await layOut(context, wanted, kept)), ...facts };
  },

  async release(context, _wanted, before) {
    const name = before.comparison;
    if (typeof name !== 'string') {
      return { ...before, ready: true };
    }
    const instance = await findInstance(context, instanceOf(name));
    const removable = await find(context, name);
    if (instance && instance.DBInstanceStatus !== 'deleting') {
      await context.here('rds', 'DeleteDBInstance', {
        DBInstanceIdentifier: instanceOf(name),
        SkipFinalSnapshot: true,
      });
    }
    if (!instance && removable && removable.Status !== 'deleting') {
      // of a snapshot that is kept
      await context.here('rds', 'DeleteDBCluster', { DBClusterIdentifier: name, SkipFinalSnapshot: true });
    }
    return { ...before, ready: !instance && !removable, now: 'the comparison is removed; its snapshot stays' };
  },

  async notYet(context, wanted, before) {
    const { here } = await members(context, wanted);
    const lost = await newestLost(context, wanted, before);
    const instances = (await find(context, wanted.identifier))?.DBClusterMembers ?? [];
    const synchronization = here?.SynchronizationStatus ?? 'missing';
    return [
      ...(synchronization === 'connected'
        ? []
        : [`replication to ${context.region} is ${synchronization}; wait until it is connected`]),
      ...(instances.length > 0
        ? []
        : [`the cluster ${wanted.identifier} has no instance to write with; make one first`]),
      ...(lost && before.keptSnapshot !== named('kept', lost, wanted)
        ? [`${lost.DBClusterSnapshotIdentifier} is of another failover, and was not compared`]
        : []),
    ];
  },

  async returning(context, wanted) {
    const { here, there, failingOver } = await members(context, wanted);
    const state = `the writer is in ${there?.IsWriter ? context.otherRegion : context.region}`;
    return here?.IsWriter && !failingOver
      ? undefined
      : { state: failingOver ? `${state}, and the global database is ${failingOver}` : state, underWay: !!failingOver };
  },

  async goBack(context, wanted) {
    const { here } = await members(context, wanted);
    const { globalIdentifier: GlobalClusterIdentifier } = wanted;
    const asked = context.there('rds', 'SwitchoverGlobalCluster', {
      GlobalClusterIdentifier,
      TargetDbClusterIdentifier: here?.DBClusterArn,
    });
    return unlessBusy(asked);
  },
};

/** What AWS says where it begins no switchover now. */
async function unlessBusy(asked: Promise<unknown>): Promise<string | undefined> {
  try {
    await asked;
    return undefined;
  } catch (error) {
    if (error instanceof Error && BUSY.test(error.name)) {
      return error.message;
    }
    throw error;
  }
}

async function members({ there, region, otherRegion }: StoreContext, { globalIdentifier }: Wanted) {
  // asked there: this Region may not know yet that the writer left it
  const { GlobalClusterMembers, FailoverState } = await globalDatabase(there, globalIdentifier);
  const memberIn = (of: string) => GlobalClusterMembers.find(({ DBClusterArn }) => DBClusterArn.split(':')[3] === of);
  return { here: memberIn(region), there: memberIn(otherRegion), failingOver: FailoverState?.Status };
}

async function globalDatabase(aws: Aws, GlobalClusterIdentifier: string): Promise<GlobalCluster> {
  const asked = { GlobalClusterIdentifier };
  return (await aws<{ GlobalClusters: GlobalCluster[] }>('rds', 'DescribeGlobalClusters', asked)).GlobalClusters[0];
}

/** By their names: AWS does not say which type the snapshots of failovers have. */
async function snapshots({ here }: StoreContext, { identifier }: Wanted): Promise<Snapshot[]> {
  const found: Snapshot[] = [];
  let Marker: string | undefined;
  do {
    const page: { DBClusterSnapshots?: Snapshot[]; Marker?: string } = await here('rds', 'DescribeDBClusterSnapshots', {
      DBClusterIdentifier: identifier,
      Marker,
    });
    found.push(...(page.DBClusterSnapshots ?? []));
    Marker = page.Marker;
  } while (Marker);
  return found;
}

/**
 * What Aurora kept of the former writer; nothing where that failed, because a snapshot that failed is never there to be copied. Aurora may
 * take none of a second failover, and that of the first is there as long as its backups: once it was compared, it is none of what is asked for.
 */
async function newestLost(
  context: StoreContext,
  wanted: Wanted,
  before: StoreReport | undefined,
): Promise<Snapshot | undefined> {
  const prefix = `rds:unplanned-global-failover-${wanted.identifier}-`;
  const newest = (await snapshots(context, wanted))
    .filter(({ DBClusterSnapshotIdentifier: id }) => id.startsWith(prefix))
    .sort((a, b) => a.SnapshotCreateTime.getTime() - b.SnapshotCreateTime.getTime())
    .pop();
  return newest?.Status === 'failed' || newest?.DBClusterSnapshotIdentifier === before?.comparedBefore
    ? undefined
    : newest;
}

/** Nothing tells whether there was another failover; so it says both. */
function noneSince(comparedBefore: StoreReport[string]): string {
  return comparedBefore === undefined
    ? 'no snapshot: Aurora could take none, or it has expired. What was not replicated is gone'
    : `no snapshot since ${comparedBefore}, which was compared; ${LAY_OUT_AGAIN}. Was there another failover, Aurora could take none of it, or it has expired: what was not replicated is gone`;
}

/** The same name in every call, made of the time of the failover. Of an identifier of 39 characters at most it takes 62 with the letter of an instance. */
function named(purpose: string, { SnapshotCreateTime }: Snapshot, { identifier }: Wanted): string {
  return `${identifier}-${purpose}-${SnapshotCreateTime.toISOString().replace(/\D/g, '').slice(0, 12)}`;
}

async function keep({ here }: StoreContext, lost: Snapshot, target: string): Promise<void> {
  await unless(
    EXISTS,
    here('rds', 'CopyDBClusterSnapshot', {
      SourceDBClusterSnapshotIdentifier: lost.DBClusterSnapshotIdentifier,
      TargetDBClusterSnapshotIdentifier: target, // under the same key
      CopyTags: true,
    }),
  );
}

/** A cluster of one instance, as the one that serves, which only those reach whom people let in. */
async function layOut(context: StoreContext, wanted: Wanted, snapshot: Snapshot): Promise<StoreReport> {
  const { here } = context;
  const comparison = snapshot.DBClusterSnapshotIdentifier.replace(/-kept-(\d+)$/, '-compare-$1');
  const restored = await find(context, comparison);
  const model = await find(context, wanted.identifier);
  if (!restored || !model) {
    await unless(EXISTS, here('rds', 'RestoreDBClusterFromSnapshot', restoration(wanted, snapshot, comparison, model)));
    return { ready: false, now: 'the snapshot is restored beside', comparison };
  }
  if (restored.Status !== 'available') {
    return { ready: false, now: `the comparison is ${restored.Status}`, comparison };
  }
  const instance = await findInstance(context, instanceOf(comparison));
  if (!instance) {
    const like = await findInstance(context, model.DBClusterMembers[0]?.DBInstanceIdentifier ?? '');
    await unless(
      EXISTS,
      here('rds', 'CreateDBInstance', {
        DBInstanceIdentifier: instanceOf(comparison),
        DBClusterIdentifier: comparison,
        DBInstanceClass: like?.DBInstanceClass ?? wanted.instanceClass ?? 'db.serverless',
        Engine: restored.Engine,
        PubliclyAccessible: false,
      }),
    );
  }
  const ready = instance?.DBInstanceStatus === 'available';
  return { ready, now: ready ? 'compare' : 'the comparison starts', comparison, endpoint: restored.Endpoint };
}

function restoration(wanted: Wanted, snapshot: Snapshot, comparison: string, model: Cluster | undefined): object {
  return {
    DBClusterIdentifier: comparison,
    SnapshotIdentifier: snapshot.DBClusterSnapshotIdentifier,
    Engine: snapshot.Engine,
    EngineVersion: snapshot.EngineVersion,
    DBSubnetGroupName: model?.DBSubnetGroup,
    DBClusterParameterGroupName: model?.DBClusterParameterGroup,
    VpcSecurityGroupIds: [wanted.securityGroup],
    ServerlessV2ScalingConfiguration: model?.ServerlessV2ScalingConfiguration,
    CopyTagsToSnapshot: true,
    DeletionProtection: false, // deleted when it was compared
  };
}

function instanceOf(comparison: string): string {
  return `${comparison}-a`;
}

async function find({ here }: StoreContext, DBClusterIdentifier: string): Promise<Cluster | undefined> {
  const asked = here<{ DBClusters: Cluster[] }>('rds', 'DescribeDBClusters', { DBClusterIdentifier });
  return (await unless(ABSENT, asked))?.DBClusters[0];
}

async function findInstance({ here }: StoreContext, DBInstanceIdentifier: string): Promise<Instance | undefined> {
  const asked = here<{ DBInstances: Instance[] }>('rds', 'DescribeDBInstances', { DBInstanceIdentifier });
  return (await unless(ABSENT, asked))?.DBInstances[0];
}
