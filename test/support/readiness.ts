import type { CallAws } from '../../src/dr/handlers/readiness/aws';
import { type CheckResult, type ReadinessContext, run } from '../../src/dr/handlers/readiness/run';
import { likeAws } from './aws-model';

export const HERE = 'us-west-2';
export const THERE = 'us-east-1';
export const NOW = Date.parse('2026-11-27T12:00:00Z');
const DAY = 24 * 3600 * 1000;

/** An answer, an error, or a function of the input and of how often it was asked before. */
type Scripted = unknown | Error | ((input: Record<string, unknown>, turn: number) => unknown);
/** Answers by Region and operation: `here DescribeDBClusters`. */
export type Script = Record<string, Scripted>;

const DSQL_ARNS = [
  `arn:aws:dsql:${THERE}:1:cluster/${'a'.repeat(26)}`,
  `arn:aws:dsql:${HERE}:1:cluster/${'b'.repeat(26)}`,
];

/** A cluster of Aurora DSQL that knows both. */
export function dsqlCluster(changes: object = {}) {
  return { status: 'ACTIVE', multiRegionProperties: { witnessRegion: 'us-east-2', clusters: DSQL_ARNS }, ...changes };
}

/** The buckets of documents, which replicate both ways. */
export const BUCKETS = { here: 'ehr-documents-1-us-west-2', there: 'ehr-documents-1-us-east-1' };
const ALIASES = { here: 'alias/ehr-recovery', there: 'alias/ehr-documents' };
const KEY_ARNS = {
  here: `arn:aws:kms:${HERE}:1:key/here`,
  there: `arn:aws:kms:${THERE}:1:key/there`,
};
export const ALIAS_ARNS = {
  here: `arn:aws:kms:${HERE}:1:${ALIASES.here}`,
  there: `arn:aws:kms:${THERE}:1:${ALIASES.there}`,
};

/** The configuration of a bucket that replicates to the other one as AWS documents it, under the key of that. */
export function documentsRule(to: 'here' | 'there', changes: object = {}, destination: object = {}) {
  const rule = {
    Status: 'Enabled',
    Filter: { Prefix: '' },
    SourceSelectionCriteria: { SseKmsEncryptedObjects: { Status: 'Enabled' } },
    Destination: {
      Bucket: `arn:aws:s3:::${BUCKETS[to]}`,
      EncryptionConfiguration: { ReplicaKmsKeyID: ALIAS_ARNS[to] },
      ReplicationTime: { Status: 'Enabled', Time: { Minutes: 15 } },
      ...destination,
    },
    ...changes,
  };
  return { ReplicationConfiguration: { Rules: [rule] } };
}

/** A customer key as AWS KMS describes it. */
export function customerKey(Arn: string, KeyState = 'Enabled', DeletionDate?: Date) {
  return { KeyMetadata: { Arn, KeyState, DeletionDate } };
}

/** Recovery points of one store as AWS Backup lists them, hours old. */
export function recoveryPoints(hours: number[], changes: object = {}, NextToken?: string) {
  const RecoveryPoints = hours.map((age) => ({
    ResourceArn: 'arn:aws:rds:us-east-1:1:db:ehr',
    Status: 'COMPLETED',
    CreationDate: new Date(NOW - age * 3600 * 1000),
    ...changes,
  }));
  return { RecoveryPoints, NextToken };
}

/** Backups of an instance of the other Region as Amazon RDS describes them in this one. */
export function replicatedBackups(minutes: number | undefined, changes: object = {}) {
  const LatestTime = minutes === undefined ? undefined : new Date(NOW - minutes * 60 * 1000);
  return {
    DBInstanceAutomatedBackups: [
      { DBInstanceIdentifier: 'another', Status: 'retained' },
      { DBInstanceIdentifier: 'ehr-us-east-1', Status: 'replicating', RestoreWindow: { LatestTime }, ...changes },
    ],
  };
}

/** File systems as Amazon FSx describes them: one of another system, and that of a share. */
export function fileSystems(changes: object = {}) {
  return {
    FileSystems: [
      {
        FileSystemId: 'fs-9',
        Lifecycle: 'FAILED',
        StorageCapacity: 1,
        Tags: [{ Key: 'Name', Value: 'other-archive' }],
      },
      {
        FileSystemId: 'fs-1',
        Lifecycle: 'AVAILABLE',
        StorageCapacity: 2048,
        Tags: [{ Key: 'Name', Value: 'ehr-archive' }],
        ...changes,
      },
    ],
  };
}

/** Volumes of that file system. */
export function volumes(OntapVolumeType: string, changes: object = {}, SizeInBytes = 1024 ** 4) {
  return {
    Volumes: [
      { Name: 'root', Lifecycle: 'CREATED' },
      { Name: 'ehr_archive', Lifecycle: 'CREATED', OntapConfiguration: { OntapVolumeType, SizeInBytes }, ...changes },
    ],
  };
}

/** A global database whose clusters are members, in the Region that writes. */
export function globalCluster(writes: 'here' | 'there', changes: object = {}) {
  const member = (region: string, IsWriter: boolean, more: object = {}) => ({
    DBClusterArn: `arn:aws:rds:${region}:1:cluster:ehr-${region}`,
    IsWriter,
    ...more,
  });
  const members = [member(THERE, writes === 'there'), member(HERE, writes === 'here', changes)];
  return { GlobalClusters: [{ GlobalClusterMembers: members }] };
}

/** An error as the SDK throws it. */
export function awsError(name: string, message = name): Error {
  return Object.assign(new Error(message), { name });
}

export interface Comparison {
  /** Findings of each check that could be made. */
  readonly notReady: Record<string, number>;
  readonly cannotCompare: number | undefined;
  readonly logged: Record<string, CheckResult>;
  readonly calls: { readonly region: string; readonly operation: string; readonly input: Record<string, unknown> }[];
  readonly metrics: Record<string, unknown>[];
}

/** Two Regions between which nothing is to be said. */
export const READY: Script = {
  'here DescribeDBClusters': cluster('us-west-2'),
  'there DescribeDBClusters': cluster('us-east-1'),
  'here DescribeDBClusterParameters': parameters({ 'rds.force_ssl': '1', log_statement: 'ddl' }),
  'there DescribeDBClusterParameters': parameters({ log_statement: 'ddl', 'rds.force_ssl': '1' }),
  'here DescribeGlobalClusters': globalCluster('there', { SynchronizationStatus: 'connected' }),
  'here GetBucketVersioning': { Status: 'Enabled' },
  'there GetBucketVersioning': { Status: 'Enabled' },
  'here GetObjectLockConfiguration': awsError('ObjectLockConfigurationNotFoundError'),
  'there GetObjectLockConfiguration': awsError('ObjectLockConfigurationNotFoundError'),
  'here GetBucketReplication': documentsRule('there'),
  'there GetBucketReplication': documentsRule('here'),
  'here DescribeKey': ({ KeyId }: { KeyId: string }) => customerKey(KeyId.startsWith('arn:') ? KeyId : KEY_ARNS.here),
  'there DescribeKey': customerKey(KEY_ARNS.there),
  'here DescribeBackupVault': { Locked: true },
  'here ListRecoveryPointsByBackupVault': recoveryPoints([30, 6]),
  'here DescribeDBInstanceAutomatedBackups': replicatedBackups(10),
  'here DescribeFileSystems': fileSystems(),
  'there DescribeFileSystems': fileSystems(),
  'here DescribeVolumes': volumes('DP'),
  'there DescribeVolumes': volumes('RW'),
  'here DescribeSecret': secret({ ReplicationStatus: undefined }),
  'there DescribeSecret': secret(),
  'here GetParameter': ({ Name }: { Name: string }) => parameter(Name === '/ehr/definition' ? 'fingerprint' : 'cipher'),
  'there GetParameter': parameter('fingerprint'),
  'here DescribeReplicationConfigurations': replication(new Date(NOW - 5 * 60 * 1000)),
  'here DescribeTable': table(),
  'here GetCluster': dsqlCluster(),
  'there GetCluster': dsqlCluster(),
  'here DescribeCertificate': {
    Certificate: { DomainName: 'ehr.example.org', Status: 'ISSUED', NotAfter: new Date(NOW + 90 * DAY) },
  },
  'here DescribeImages': ({ Filters }: { Filters?: unknown }) =>
    Filters ? { Images: [{ ImageId: 'ami-1', State: 'available' }] } : { imageDetails: [{ imageDigest: 'sha256:a' }] },
  'there DescribeImages': { imageDetails: [{ imageDigest: 'sha256:a' }] },
  'here GetServiceQuota': { Quota: { Value: 100 } },
  'there GetServiceQuota': { Quota: { Value: 100 } },
  'here DescribeServices': { services: [{ status: 'ACTIVE', runningCount: 6 }] },
  'there DescribeServices': { services: [{ status: 'ACTIVE', runningCount: 12 }] },
  'here DescribeScalableTargets': { ScalableTargets: [{ MaxCapacity: 24 }] },
  'there DescribeScalableTargets': { ScalableTargets: [{ MaxCapacity: 24 }] },
};

/** What the schedule tells the function of a system with everything. */
export const CHECKS = {
  Database: { kind: 'cluster', here: 'ehr-us-west-2', there: 'ehr-us-east-1', global: 'ehr-global', serving: false },
  Documents: {
    here: { bucket: BUCKETS.here, keyAlias: ALIASES.here, replicaKey: ALIAS_ARNS.there },
    there: { bucket: BUCKETS.there, keyAlias: ALIASES.there, replicaKey: ALIAS_ARNS.here },
  },
  Backups: {
    vault: { name: 'ehr-recovery', locked: true },
    copies: [{ type: 'RDS', stores: 1, seconds: 12 * 3600 }],
    replicated: { instance: 'ehr-us-east-1', seconds: 1800 },
  },
  Keys: { keys: [{ arn: 'arn:aws:kms:us-west-2:1:key/database', of: 'the database' }] },
  DeclaredFiles: {
    shares: [{ name: 'archive', tag: 'ehr-archive', volume: 'ehr_archive', mirror: true }],
    serving: false,
  },
  Secrets: {
    secrets: [
      { id: 'ehr/database', replicated: true },
      { id: 'vendor/licence', replicated: false },
    ],
    parameters: ['arn:aws:ssm:us-west-2:111122223333:parameter/vendor/key'],
  },
  Certificates: { arns: ['arn:aws:acm:us-west-2:111122223333:certificate/abc'], leastDays: 30 },
  Images: {
    images: [
      { registry: '111122223333', repository: 'ehr', digest: 'sha256:a', compared: false },
      { registry: '111122223333', repository: 'sidecar', tag: 'stable', compared: true },
    ],
    machineImages: ['ami-1'],
  },
  Quotas: { quotas: [{ service: 'fargate', code: 'L-3032A538', name: 'vCPUs of AWS Fargate', needed: 9 }] },
  Capacity: { cluster: 'ehr', service: 'ehr', scales: true, running: 6, atPeak: 9, unit: 'task', reservations: [] },
  Files: { shares: [{ name: 'sites', id: 'fs-0a' }], rpoSeconds: 900, serving: false },
  DistributedDatabase: { here: 'b'.repeat(26), there: 'a'.repeat(26), arns: DSQL_ARNS },
  Tables: { tables: [{ name: 'visits', tableName: 'ehr-visits' }] },
  Definition: { parameter: '/ehr/definition' },
};

/** Let the function compare once. */
export async function compare(
  faults: Script = {},
  checks: Record<string, unknown> = CHECKS,
  context: Partial<ReadinessContext> = {},
): Promise<Comparison> {
  const script: Script = { ...READY, ...faults };
  const calls: Comparison['calls'] = [];
  const metrics: Record<string, unknown>[] = [];
  const logged: Record<string, CheckResult> = {};
  const turns = new Map<string, number>();
  await run(
    { system: 'ehr', region: HERE, otherRegion: THERE, checks },
    {
      aws: (async (region: string, service: string, operation: string, input: Record<string, unknown>) => {
        if (operation === 'PutMetricData') {
          metrics.push({ region, ...input });
        }
        calls.push({ region, operation, input });
        const key = `${region === HERE ? 'here' : 'there'} ${operation}`;
        if (operation === 'PutMetricData' && !(key in script)) {
          return likeAws(service, operation, input, {});
        }
        if (!(key in script)) {
          throw new Error(`the test did not expect ${key}`);
        }
        const turn = turns.get(key) ?? 0;
        turns.set(key, turn + 1);
        const scripted = script[key];
        const answer = typeof scripted === 'function' ? await scripted(input, turn) : scripted;
        if (answer instanceof Error) throw answer;
        return likeAws(service, operation, input, answer);
      }) as CallAws,
      now: () => NOW,
      within: (_, work) => work(new AbortController().signal),
      log: (entry) => {
        logged[entry.check] = entry;
      },
      ...context,
    },
  );
  const data = (metrics[0]?.MetricData ?? []) as {
    MetricName: string;
    Value: number;
    Dimensions: { Value: string }[];
  }[];
  return {
    notReady: Object.fromEntries(
      data.filter((each) => each.MetricName === 'NotReady').map((each) => [each.Dimensions[1].Value, each.Value]),
    ),
    cannotCompare: data.find((each) => each.MetricName === 'CannotCompare')?.Value,
    logged,
    calls,
    metrics,
  };
}

/** A cluster as Amazon RDS describes it. */
export function cluster(region: string, overrides: Record<string, unknown> = {}) {
  return {
    DBClusters: [
      {
        DBClusterIdentifier: `ehr-${region}`,
        Status: 'available',
        EngineVersion: '16.6',
        DBClusterParameterGroup: `parameters-${region}`,
        DBClusterMembers: [{ DBClusterParameterGroupStatus: 'in-sync' }, { DBClusterParameterGroupStatus: 'in-sync' }],
        ServerlessV2ScalingConfiguration: { MinCapacity: 8, MaxCapacity: 64 },
        ...overrides,
      },
    ],
  };
}

/** An instance as Amazon RDS describes it. */
export function instance(overrides: Record<string, unknown> = {}) {
  return {
    DBInstances: [
      {
        DBInstanceStatus: 'available',
        EngineVersion: '16.6',
        DBInstanceClass: 'db.r7g.xlarge',
        AllocatedStorage: 500,
        MultiAZ: true,
        DBParameterGroups: [{ DBParameterGroupName: 'parameters', ParameterApplyStatus: 'in-sync' }],
        ReadReplicaSourceDBInstanceIdentifier: 'arn:aws:rds:us-east-1:1:db:lab-us-east-1',
        StatusInfos: [{ StatusType: 'read replication', Normal: true, Status: 'replicating' }],
        ...overrides,
      },
    ],
  };
}

/** The replication of a file system as Amazon EFS describes it, from either end. */
export function replication(LastReplicatedTimestamp: Date | undefined, Status = 'ENABLED', from = 'fs-0b') {
  const FileSystemId = from === 'fs-0b' ? 'fs-0a' : 'fs-0b';
  const Region = from === 'fs-0b' ? HERE : THERE;
  return {
    Replications: [
      { SourceFileSystemId: from, Destinations: [{ FileSystemId, Region, Status, LastReplicatedTimestamp }] },
    ],
  };
}

/** A page of parameters that somebody set. */
export function parameters(values: Record<string, string>, Marker?: string) {
  return {
    Parameters: Object.entries(values).map(([ParameterName, ParameterValue]) => ({ ParameterName, ParameterValue })),
    Marker,
  };
}

/** A secret as AWS Secrets Manager describes it. */
export function secret(overrides: Record<string, unknown> = {}) {
  return {
    PrimaryRegion: THERE,
    VersionIdsToStages: { 'version-1': ['AWSPREVIOUS'], 'version-2': ['AWSCURRENT'] },
    LastChangedDate: new Date(NOW - 30 * DAY),
    ReplicationStatus: [{ Region: HERE, Status: 'InSync' }],
    ...overrides,
  };
}

/** A table as DynamoDB describes it, with the state of its replica in the other Region. */
export function table(ReplicaStatus: string | undefined = 'ACTIVE', TableStatus = 'ACTIVE') {
  return { Table: { TableStatus, Replicas: ReplicaStatus ? [{ RegionName: THERE, ReplicaStatus }] : undefined } };
}

/** A parameter of Parameter Store. */
export function parameter(Value: string, LastModifiedDate = new Date(NOW - DAY)) {
  return { Parameter: { Value, LastModifiedDate } };
}
