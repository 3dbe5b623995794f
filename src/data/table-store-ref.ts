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
   * Take over a table that was restored under this name: which recovery point, and the key it was restored with.
   *
   * @default - a new table
   */
  readonly restored?: RestoredTable;
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
