import type { Duration } from 'aws-cdk-lib';
import type * as backup from 'aws-cdk-lib/aws-backup';
import type * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import type * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';
import type { DataProtection } from '../core';
import type { StoreRecovery } from './store-recovery';
import type { StoreRestoration } from './store-restoration';

/** A table that was restored before the deployment that takes it over. */
export interface RestoredTable {
  /** ARN of the recovery point. */
  readonly recoveryPointArn: string;
  /** The customer key it was restored with. */
  readonly encryptionKey: kms.IKey;
}

/** What a table is told when it is bound to a system. */
export interface TableStoreBindOptions {
  /** The system's name; physical names start with it. */
  readonly systemName: string;
  /** What the system calls this table, for example `visits` or `sessions`. */
  readonly storeName: string;
  /** What becomes of the table when the system is removed. */
  readonly dataProtection: DataProtection;
  /**
   * Take over a table that was restored under this name: which recovery point, and the key it was restored with. It outlives its stack,
   * whatever `dataProtection` says: CloudFormation takes over nothing else.
   *
   * @default - a new table
   */
  readonly restored?: RestoredTable;
  /**
   * The table here is a replica, which the table of another Region has made.
   *
   * @default - a table of its own
   */
  readonly replicaOf?: TableReplicaSource;
}

/** Where a table gets a replica. Names only: nothing here is looked up in either Region. */
export interface TableReplicationTarget {
  /** The recovery Region. */
  readonly region: string;
  /** ARN (of the key, or of an alias) of the customer key that encrypts the replica there. */
  readonly encryptionKeyArn: string;
}

/** What is known of a replica in its own Region. */
export interface TableReplicaSource {
  /** The Region whose stack has made the replica. */
  readonly region: string;
  /** The key that encrypts the replica: the key itself, because permissions on an alias reach nothing. */
  readonly encryptionKey: kms.IKey;
}

/** How a table follows into another Region. */
export interface ITableReplication {
  /** How far the replica may be behind when the Region is lost, as a budget. */
  readonly recoveryPoint: Duration;
  /**
   * Where the figure comes from: an AWS page, or the word `judgement` with a reason.
   *
   * @default - not stated
   */
  readonly recoveryPointSource?: string;
  /**
   * Alarms that `replicateTo` made, without actions. Empty before it is called. `CrossRegionDr` adds the actions.
   *
   * @default - none
   */
  readonly alarms?: cloudwatch.Alarm[];
  /**
   * Called by `CrossRegionDr` on the source: adds a replica to it. Do not call this yourself. Calling it again with the same target
   * changes nothing.
   */
  replicateTo(target: TableReplicationTarget): void;
}

/** A bound table. */
export interface TableStoreConfig {
  /** The table. */
  readonly table: dynamodb.ITable;
  /** ARNs of its indexes, which have to be named beside the table where one may query them. */
  readonly indexArns: string[];
  /** Whether whoever may read it may also read all of it at once. */
  readonly scannable: boolean;
  /** The key that encrypts it. */
  readonly encryptionKey: kms.IKey;
  /** What AWS Backup must contain. It takes snapshots of tables; restoring to a moment is what the table itself does. */
  readonly backupResources: backup.BackupResource[];
  /** Alarms on the table, without actions. */
  readonly alarms: cloudwatch.Alarm[];
  /** What the dashboard shows of it. */
  readonly widgets: cloudwatch.IWidget[];
  /**
   * What it brings to recovery inside its Region.
   *
   * @default - nothing is claimed
   */
  readonly recovery?: StoreRecovery[];
  /**
   * How it is restored from a copy of a recovery point in another Region.
   *
   * @default - it cannot be
   */
  readonly restoration?: StoreRestoration;
  /**
   * How it follows into another Region.
   *
   * @default - it cannot, or is a replica itself
   */
  readonly replication?: ITableReplication;
}

/** A table a system can use. Made by `TableStore`, or your own. */
export interface ITableStore {
  /**
   * Called by the system; do not call this yourself.
   *
   * @param scope a scope of its own, which nothing else is made in
   * @param options what the table is told
   */
  bind(scope: Construct, options: TableStoreBindOptions): TableStoreConfig;
}
