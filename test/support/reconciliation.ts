import type { CallAws } from '../../src/dr/handlers/reconciliation/aws';
import type { ReconciliationReport } from '../../src/dr/handlers/reconciliation/report';
import { type ReconciliationEvent, run } from '../../src/dr/handlers/reconciliation/run';
import { likeAws } from './aws-model';

export const HERE = 'us-east-1'; // was lost, and is back
export const THERE = 'us-west-2'; // served meanwhile
const START = Date.parse('2026-11-27T12:00:00Z');
const LOST_AT = new Date('2026-11-26T03:41:00Z');
export const LOST = 'rds:unplanned-global-failover-ehr-us-east-1-2026-11-26-03-41';
export const KEPT = 'ehr-us-east-1-kept-202611260341';
export const COMPARISON = 'ehr-us-east-1-compare-202611260341';

type Input = Record<string, unknown>;
type Stateful = Record<string, unknown> & { Status: string };

/** An error as the SDK throws it. */
export function awsError(name: string, message = name): Error {
  return Object.assign(new Error(message), { name });
}

const RECOVERY_POINT = { Status: 'COMPLETED', RecoveryPointArn: 'arn:recovery-point' };

/** Each kind of store as the automation tells the function of it. */
export const STORES: ReconciliationEvent['stores'] = {
  database: {
    kind: 'cluster',
    wanted: { identifier: 'ehr-us-east-1', globalIdentifier: 'ehr-global', securityGroup: 'sg-nobody' },
  },
  documents: {
    kind: 'documents',
    wanted: {
      account: '111122223333',
      bucketArn: 'arn:aws:s3:::ehr-documents',
      bucketName: 'ehr-documents',
      listBucketArn: 'arn:aws:s3:::lists',
      keyArn: 'arn:aws:kms:us-east-1:111122223333:key/k',
      roleArn: 'arn:aws:iam::111122223333:role/batch',
    },
  },
  'files sites': {
    kind: 'files',
    wanted: {
      fileSystemId: 'fs-0a',
      fileSystemArn: 'arn:aws:elasticfilesystem:us-east-1:111122223333:file-system/fs-0a',
      vaultName: 'ehr-backup',
      roleArn: 'arn:aws:iam::111122223333:role/backup',
      keepDays: 35,
    },
  },
};

/**
 * What of AWS a reconciliation meets: two Regions after an unplanned failover, in which everything that is made takes a while. Faults are
 * thrown before anything happens, by Region and operation: `here CopyDBClusterSnapshot`.
 */
export class TwoRegions {
  public parameter = 'nobody reconciled anything yet';
  /** What the automation asserts. */
  public state = 'none';
  public readonly calls: { readonly key: string; readonly input: Input }[] = [];
  public readonly logged: object[] = [];
  public faults: Record<string, Error | ((turn: number) => Error | undefined)> = {};
  public snapshots: Record<string, Stateful> = { [LOST]: { Status: 'available', SnapshotCreateTime: LOST_AT } };
  public clusters: Record<string, Stateful> = {
    'ehr-us-east-1': {
      Status: 'available',
      DBSubnetGroup: 'subnets',
      DBClusterParameterGroup: 'parameters',
      DBClusterMembers: [{ DBInstanceIdentifier: 'writer' }],
      ServerlessV2ScalingConfiguration: { MinCapacity: 8, MaxCapacity: 32 },
    },
  };
  public instances: Record<string, Stateful> = { writer: { Status: 'available', DBInstanceClass: 'db.r7g.large' } };
  public members: Record<string, Input> = {
    [HERE]: { IsWriter: false, SynchronizationStatus: 'connected' },
    [THERE]: { IsWriter: true },
  };
  public failover?: string;
  public jobs: Record<string, Stateful> = {};
  public missingDocuments = 42;
  public backups: Record<string, Stateful> = {};
  public replicated = true;
  public replications: Input[] = [];
  /** What becomes of what is made, where it does not become what it should. */
  public endings: { job?: Stateful; replication?: Stateful; backup?: Stateful; copy?: string } = {};
  /** Lambda ends the function when this many calls took effect: the answer of the last is never heard, and no other call is made. */
  public killedAfter = Number.POSITIVE_INFINITY;
  /** The automation that takes the steps. */
  public execution = 'e-1';
  public clock = START;
  /** How often somebody looks before AWS tells of a switchover that was asked for. */
  private untold = 0;
  private readonly turns = new Map<string, number>();

  /** One step of the automation: as often as the automation would take it. */
  public async step(action: ReconciliationEvent['action'], stores = STORES): Promise<ReconciliationReport | undefined> {
    return run(
      { action, region: HERE, otherRegion: THERE, execution: this.execution, report: '/ehr/reconciliation', stores },
      {
        aws: (async (region: string, service: string, operation: string, input: Input) =>
          likeAws(
            service,
            operation,
            input,
            await this.answer(`${region === HERE ? 'here' : 'there'} ${operation}`, operation, input),
          )) as CallAws,
        now: () => this.clock,
        sleep: async (millis) => {
          this.clock += millis;
          this.passTime();
        },
        log: (entry) => this.logged.push(entry),
      },
    );
  }

  /** Calls that change something, and how often each was made. */
  public get changes(): Record<string, number> {
    const counts: Record<string, number> = {};
    for (const { key } of this.calls.filter(({ key: of }) => !/ (Describe|Get|List)|PutParameter/.test(of))) {
      counts[key] = (counts[key] ?? 0) + 1;
    }
    return counts;
  }

  public get report(): ReconciliationReport {
    return JSON.parse(this.parameter);
  }

  public inputOf(key: string): Input | undefined {
    return this.calls.find((call) => call.key === key)?.input;
  }

  private async answer(key: string, operation: string, input: Input): Promise<unknown> {
    const turn = this.turns.get(key) ?? 0;
    this.turns.set(key, turn + 1);
    const fault = this.faults[key];
    const error = typeof fault === 'function' ? fault(turn) : fault;
    if (error) throw error;
    if (this.calls.length >= this.killedAfter) throw awsError('Killed');
    this.calls.push({ key, input });
    const answers = this.operations[operation];
    if (!answers) throw new Error(`the test did not expect ${key}`);
    const answer = answers(input);
    if (this.calls.length >= this.killedAfter) throw awsError('Killed');
    return answer;
  }

  private readonly operations: Record<string, (input: Input) => unknown> = {
    GetParameter: () => ({ Parameter: { Value: this.parameter } }),
    PutParameter: ({ Name, Value }) => {
      if (Name === '/ehr/reconciliation/state') this.state = `${Value}`;
      else this.parameter = `${Value}`;
    },
    DescribeGlobalClusters: () => ({
      GlobalClusters: [
        {
          FailoverState: this.failover && { Status: this.failover },
          GlobalClusterMembers: Object.entries(this.members).map(([region, member]) => ({
            DBClusterArn: `arn:aws:rds:${region}:111122223333:cluster:ehr-${region}`,
            ...member,
          })),
        },
      ],
    }),
    SwitchoverGlobalCluster: () => {
      if (this.untold > 0 || this.failover) throw awsError('InvalidGlobalClusterStateFault');
      this.untold = 2;
    },
    DescribeDBClusterSnapshots: ({ Marker }) => {
      const all = Object.entries(this.snapshots).map(([DBClusterSnapshotIdentifier, snapshot]) => ({
        DBClusterSnapshotIdentifier,
        Engine: 'aurora-postgresql',
        EngineVersion: '16.6',
        ...snapshot,
      }));
      const from = Number(Marker ?? 0); // one a page
      return {
        DBClusterSnapshots: all.slice(from, from + 1),
        Marker: from + 1 < all.length ? `${from + 1}` : undefined,
      };
    },
    CopyDBClusterSnapshot: ({ SourceDBClusterSnapshotIdentifier: source, TargetDBClusterSnapshotIdentifier: id }) => {
      this.requireAvailable(this.snapshots, source, 'InvalidDBClusterSnapshotStateFault');
      this.make(
        this.snapshots,
        id,
        { Status: 'copying', SnapshotCreateTime: new Date(this.clock) },
        'DBClusterSnapshotAlreadyExistsFault',
      );
    },
    RestoreDBClusterFromSnapshot: ({ DBClusterIdentifier: id, SnapshotIdentifier: source }) => {
      this.requireAvailable(this.snapshots, source, 'InvalidDBClusterSnapshotStateFault');
      this.make(
        this.clusters,
        id,
        { Status: 'creating', Engine: 'aurora-postgresql', Endpoint: 'compare.example' },
        'DBClusterAlreadyExistsFault',
      );
    },
    CreateDBInstance: ({ DBInstanceIdentifier: id, DBClusterIdentifier: of }) => {
      this.requireAvailable(this.clusters, of, 'InvalidDBClusterStateFault');
      this.make(this.instances, id, { Status: 'creating' }, 'DBInstanceAlreadyExistsFault');
    },
    DescribeDBClusters: ({ DBClusterIdentifier: id }) => ({
      DBClusters: [this.found(this.clusters, id, 'DBClusterNotFoundFault')],
    }),
    DescribeDBInstances: ({ DBInstanceIdentifier: id }) => {
      const { Status: DBInstanceStatus, ...instance } = this.found(this.instances, id, 'DBInstanceNotFoundFault');
      return { DBInstances: [{ DBInstanceStatus, ...instance }] };
    },
    DeleteDBInstance: ({ DBInstanceIdentifier: id }) => {
      this.requireAvailable(this.instances, id, 'InvalidDBInstanceState');
      this.instances[`${id}`].Status = 'deleting';
    },
    DeleteDBCluster: ({ DBClusterIdentifier: id }) => {
      if (this.instances[`${id}-a`]) throw awsError('InvalidDBClusterStateFault');
      this.requireAvailable(this.clusters, id, 'InvalidDBClusterStateFault');
      this.clusters[`${id}`].Status = 'deleting';
    },
    DescribeDBSnapshots: ({ DBSnapshotIdentifier: id }) => ({
      DBSnapshots: [this.found(this.snapshots, id, 'DBSnapshotNotFoundFault')],
    }),
    CreateDBSnapshot: ({ DBSnapshotIdentifier: id, DBInstanceIdentifier: of }) => {
      this.requireAvailable(this.instances, of, 'InvalidDBInstanceState');
      this.make(this.snapshots, id, { Status: 'creating' }, 'DBSnapshotAlreadyExistsFault');
    },
    GetBucketReplication: () => {
      if (!this.replicated) throw awsError('ReplicationConfigurationNotFoundError');
      return { ReplicationConfiguration: {} };
    },
    CreateJob: ({ ClientRequestToken }) => {
      const JobId = `job-of-${ClientRequestToken}`; // the same token, the same job
      this.jobs[JobId] ??= { Status: 'Preparing' };
      return { JobId };
    },
    DescribeJob: ({ JobId }) => ({ Job: this.jobs[`${JobId}`] }),
    UpdateJobStatus: ({ JobId }) => {
      this.jobs[`${JobId}`].Status = 'Active';
    },
    DescribeReplicationConfigurations: () => {
      if (this.replications.length === 0) throw awsError('ReplicationNotFound');
      return { Replications: this.replications };
    },
    StartBackupJob: ({ IdempotencyToken }) => {
      const BackupJobId = `backup-of-${IdempotencyToken}`;
      this.backups[BackupJobId] ??= { Status: 'RUNNING' };
      return { BackupJobId };
    },
    DescribeBackupJob: ({ BackupJobId }) => {
      const { Status: State, ...job } = this.backups[`${BackupJobId}`];
      return { State, ...job };
    },
  };

  private requireAvailable(all: Record<string, Stateful>, id: unknown, otherwise: string): void {
    if (all[`${id}`]?.Status !== 'available') throw awsError(otherwise);
  }

  private make(all: Record<string, Stateful>, id: unknown, thing: Stateful, exists: string): object {
    if (all[`${id}`]) throw awsError(exists);
    all[`${id}`] = thing;
    return {};
  }

  private found(all: Record<string, Stateful>, id: unknown, absent: string): Stateful {
    const found = all[`${id}`];
    if (!found) throw awsError(absent);
    return found;
  }

  private passTime(): void {
    for (const all of [this.snapshots, this.clusters, this.instances]) {
      for (const [id, thing] of Object.entries(all)) {
        if (thing.Status === 'deleting') delete all[id];
        if (/^(copying|creating)$/.test(thing.Status)) thing.Status = this.endings.copy ?? 'available';
      }
    }
    for (const job of Object.values(this.jobs)) {
      if (job.Status === 'Active') Object.assign(job, this.endings.replication ?? this.ended());
      if (job.Status === 'Preparing') Object.assign(job, this.endings.job ?? this.listed());
    }
    for (const job of Object.values(this.backups)) {
      if (job.Status === 'RUNNING') Object.assign(job, this.endings.backup ?? RECOVERY_POINT);
    }
    if (this.untold > 0) {
      this.untold -= 1;
      if (this.untold === 0) this.failover = 'switching-over';
    } else if (this.failover === 'switching-over') {
      this.failover = undefined;
      this.members = { [HERE]: { IsWriter: true }, [THERE]: { IsWriter: false, SynchronizationStatus: 'connected' } };
    }
  }

  private listed(): Stateful {
    return this.missingDocuments === 0
      ? {
          Status: 'Failed',
          FailureReasons: [{ FailureReason: 'Manifest generation found no keys matching the filter criteria.' }],
        }
      : {
          Status: 'Suspended',
          ProgressSummary: { TotalNumberOfTasks: this.missingDocuments },
          GeneratedManifestDescriptor: { Location: { ObjectArn: 'arn:aws:s3:::lists/manifest.json' } },
        };
  }

  private ended(): Stateful {
    return {
      Status: 'Complete',
      ProgressSummary: { NumberOfTasksSucceeded: this.missingDocuments - 1, NumberOfTasksFailed: 1 },
    };
  }
}
