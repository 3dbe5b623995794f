import type { Duration } from 'aws-cdk-lib';
import type * as backup from 'aws-cdk-lib/aws-backup';
import type * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import type { DataProtection } from '../core';
import type { StoreRecovery } from './store-recovery';

/** What a document store is told when it is bound to a system. */
export interface DocumentStoreBindOptions {
  /** The system's name; physical names start with it. */
  readonly systemName: string;
  /** What becomes of the documents when the system is removed. */
  readonly dataProtection: DataProtection;
  /**
   * The key that encrypts the documents.
   *
   * @default - a new key with rotation
   */
  readonly encryptionKey?: kms.IKey;
}

/** A store in another Region that receives every document. Names only: nothing here is looked up in either Region. */
export interface DocumentReplicationTarget {
  /** That Region. */
  readonly region: string;
  /** Name of the bucket there. */
  readonly bucketName: string;
  /** Alias, such as `alias/ehr-recovery`, of the customer key there. */
  readonly encryptionKeyAlias: string;
  /**
   * Whether that store replicates to this one as well. Then changes of tags, retention and legal holds are carried both ways, too.
   *
   * @default false
   */
  readonly replicatesBack?: boolean;
}

/** How documents follow into another Region. */
export interface IDocumentReplication {
  /** How far the copy may be behind when the Region is lost, as a budget. */
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
   * Alias, such as `alias/ehr-documents`, by which another Region knows this store's own key, so that documents can be replicated back.
   * `replicateTo` makes it.
   *
   * @default - nothing can be replicated back
   */
  readonly encryptionKeyAlias?: string;
  /**
   * The name this store's bucket has, or will have, in another Region: plain text, so that nothing needs to be looked up.
   *
   * @param region the Region of that bucket
   * @param account the account of that bucket
   */
  bucketNameIn(region: string, account: string): string;
  /**
   * Called by `CrossRegionDr` on the source: adds to it what replication needs. Do not call this yourself. Calling it
   * again with the same target changes nothing.
   */
  replicateTo(target: DocumentReplicationTarget): void;
}

/** A bound document store. */
export interface DocumentStoreConfig {
  /** The bucket. */
  readonly bucket: s3.IBucket;
  /** The key that encrypts it. */
  readonly encryptionKey: kms.IKey;
  /** What AWS Backup must contain. */
  readonly backupResources: backup.BackupResource[];
  /** Alarms on the store, without actions. */
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
   * How documents follow into another Region.
   *
   * @default - they cannot
   */
  readonly replication?: IDocumentReplication;
}

/** A document store a system can use. Made by `DocumentStore`, or your own. */
export interface IDocumentStore {
  /**
   * Called by the system; do not call this yourself.
   *
   * @param scope a scope of its own, which nothing else is made in
   * @param options what the document store is told
   */
  bind(scope: Construct, options: DocumentStoreBindOptions): DocumentStoreConfig;
}
