import { Duration } from 'aws-cdk-lib';
import type { ComputeConfig } from '../../app';
import { type DrStrategy, DrStrategyName, RecoveryAutomation, type RecoveryStep } from '../../core';
import type {
  BackupPolicy,
  CacheConfig,
  ClinicalBackup,
  DatabaseConfig,
  DocumentStoreConfig,
  IFileShareReplication,
  TableStoreConfig,
} from '../../data';
import type { FailoverConfig } from '../failover-ref';
import type { MeasuredRestore } from '../measured-restore';
import { RecoveryEstimate, type StoreRecoveryPoint } from '../recovery-estimate';
import { headlessStartSteps } from './headless-database';
import type { RestorableStore } from './restoration';

/** What the way to the other Region is made of. */
export interface RecoveryPathProps {
  readonly failover: FailoverConfig;
  readonly compute: ComputeConfig;
  readonly database?: DatabaseConfig;
  readonly documents?: DocumentStoreConfig;
  readonly tables: { readonly [name: string]: TableStoreConfig };
  readonly files: { readonly [name: string]: FollowingFiles };
  readonly cache?: CacheConfig;
  readonly reconnectTime: Duration;
  /** What comes back from copies, if the strategy restores. */
  readonly restored: RestorableStore[];
  readonly backup?: ClinicalBackup;
  readonly measuredRestore?: MeasuredRestore;
}

/** A file share, and how it follows, if it does. */
export interface FollowingFiles {
  readonly replication?: Pick<IFileShareReplication, 'recoveryPoint' | 'promotion'>;
}

/** As the judge of templates assumes it: networks, databases and load balancers take at least that. */
export const DEPLOY_TIME = Duration.hours(1);

/**
 * The way to the other Region under a strategy. A standby can be read as soon as users are there, and is written to after a
 * decision, or at once where nothing has to be promoted. A pilot light waits for the decision with everything: nothing runs that could
 * be read, and a headless database has no instance to start for. Then reading comes first. With active/active both Regions write, so nothing is decided or promoted: users of the lost Region
 * arrive in the other one.
 */
export function recoveryPath(strategy: DrStrategy, props: RecoveryPathProps): RecoveryEstimate {
  const { strategyName } = strategy;
  if (strategyName === DrStrategyName.BACKUP_AND_RESTORE) {
    return restorePath(props);
  }
  if (strategyName === DrStrategyName.PILOT_LIGHT) {
    return pilotLightPath(strategy, props);
  }
  const { failover } = props;
  const write = [...promotion(props), ...(failover.completion ?? [])];
  return new RecoveryEstimate({
    untilReadable: failover.redirection,
    untilWritable: write.length > 0 ? [...failover.decision, ...write] : [],
    stores: storesOf(props),
  });
}

/** Where nobody signs in before the promotion, compute starts after it, and has no connections that only read. */
function pilotLightPath(strategy: DrStrategy, props: RecoveryPathProps): RecoveryEstimate {
  const { failover, compute, database } = props;
  const decided = [...failover.redirection, ...failover.decision];
  const start = [
    ...headlessStartSteps(strategy, database),
    ...(failover.scalesCompute ? [] : (compute.activation?.steps ?? [])),
  ];
  const [ofDatabase, ofOthers] = promotions(props);
  const late = database?.replication?.signInAfterPromotion === true;
  return new RecoveryEstimate({
    untilReadable: [...decided, ...(late ? ofDatabase : []), ...start],
    untilWritable: [...(late ? ofOthers : promotion(props)), ...(failover.completion ?? [])],
    stores: storesOf(props),
  });
}

/** Of the database, then of files and the cache: one after another, as somebody types. */
function promotions(props: RecoveryPathProps): [ofDatabase: RecoveryStep[], ofOthers: RecoveryStep[]] {
  const { database, files, cache } = props;
  const ofFiles = slowest(Object.values(files).map(({ replication }) => replication?.promotion ?? []));
  return [database?.replication?.promotion ?? [], [...ofFiles, ...(cache?.replication?.promotion ?? [])]];
}

function promotion(props: RecoveryPathProps): RecoveryStep[] {
  const [steps, ofOthers] = promotions(props);
  const reconnect: RecoveryStep = {
    description: 'the application lets go of connections that only read',
    duration: props.reconnectTime,
    automation: RecoveryAutomation.AUTOMATIC,
    source: 'declared as reconnectTime, or this default: judgement, until an exercise has measured it',
  };
  return [...steps, ...ofOthers, ...(steps.length > 0 ? [reconnect] : [])];
}

/** Of shares that are promoted side by side, the one that all wait for. */
function slowest(promotions: RecoveryStep[][]): RecoveryStep[] {
  const time = (steps: RecoveryStep[]) => steps.reduce((sum, { duration }) => sum + duration.toSeconds(), 0);
  return promotions.reduce((a, b) => (time(b) > time(a) ? b : a), []);
}

function storesOf({ database, documents, tables, files }: RecoveryPathProps) {
  const stores = {
    database: database?.replication,
    'document store': documents?.replication,
    ...Object.fromEntries(Object.entries(tables).map(([name, { replication }]) => [`table ${name}`, replication])),
    ...Object.fromEntries(Object.entries(files).map(([name, { replication }]) => [`file share ${name}`, replication])),
  };
  return Object.entries(stores).flatMap(([store, replication]) =>
    replication ? [{ store, recoveryPoint: replication.recoveryPoint }] : [],
  );
}

/** Somebody decides, what was copied is restored, the rest is deployed, and users come last, to what reads and writes at once. */
function restorePath(props: RecoveryPathProps): RecoveryEstimate {
  const { failover, measuredRestore, restored } = props;
  const { restoreTime, deployTime, source } = measuredRestore ?? { restoreTime: Duration.days(1), source: 'nobody' };
  const restore: RecoveryStep = {
    description: 'stores are made from the newest clean copies',
    duration: restoreTime,
    automation: RecoveryAutomation.MANUAL,
    source: `measured: ${source}`,
  };
  const deploy: RecoveryStep = {
    description: 'everything but the data is deployed',
    duration: deployTime ?? DEPLOY_TIME,
    automation: RecoveryAutomation.ONE_COMMAND,
    source: deployTime
      ? `measured: ${source}`
      : 'judgement: networks and load balancers, with the control planes of this Region, of IAM and of Amazon Route 53',
  };
  return new RecoveryEstimate({
    untilReadable: [
      ...failover.decision,
      ...(restored.length > 0 ? [restore] : []),
      deploy,
      ...failover.redirection,
      ...(failover.completion ?? []),
    ],
    untilWritable: [],
    stores: [...copiedPoints(props), ...storesOf({ ...props, database: undefined, tables: {}, files: {} })],
  });
}

function copiedPoints({ restored, backup, database, measuredRestore }: RecoveryPathProps): StoreRecoveryPoint[] {
  return restored.flatMap(({ store }) => {
    if (store === 'database' && database?.backupReplication) {
      return [{ store, recoveryPoint: database.backupReplication.recoveryPoint }];
    }
    const policy = /^(file share|disk) /.test(store) ? (backup?.filePolicy ?? backup?.policy) : backup?.policy;
    return policy ? [{ store, recoveryPoint: copiedPoint(policy, measuredRestore?.copyTime) }] : [];
  });
}

/** How old the newest copy may be: the interval of the most frequent snapshot, and the time until its copy has arrived. */
function copiedPoint(policy: BackupPolicy, copyTime: Duration | undefined): Duration {
  const intervals = policy.snapshotRules.map(({ every }) => every.toSeconds());
  return copyTime && intervals.length > 0
    ? Duration.seconds(Math.min(...intervals)).plus(copyTime)
    : (policy.copyRecoveryPoint ?? Duration.days(365)); // a vault for copies is refused where nothing is copied
}
