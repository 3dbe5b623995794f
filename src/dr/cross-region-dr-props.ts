import type { Duration } from 'aws-cdk-lib';
import type * as acm from 'aws-cdk-lib/aws-certificatemanager';
import type { ICompute, IIngress, MultiAzClinicalApp } from '../app';
import type { DrStrategy } from '../core';
import type { IFileShare } from '../data';
import type { INetwork } from '../network';
import type { DeclaredReplication } from './declared-replication';
import type { IFailover } from './failover-ref';
import type { MeasuredRestore } from './measured-restore';
import type { RestoredStores } from './restored-stores';

/** What differs in the recovery Region. All else comes from the primary's own definition. */
export interface RecoveryOverrides {
  /**
   * Certificate of the recovery Region, in place of the one in the definition.
   *
   * @default - a definition without a certificate makes one in each Region; one with a certificate needs this
   */
  readonly certificate?: acm.ICertificate;
  /**
   * The network in the recovery Region.
   *
   * @default - the definition of the primary's network, with a range that does not overlap
   */
  readonly network?: INetwork;
  /**
   * How the application runs in the recovery Region.
   *
   * @default - as in the primary Region
   */
  readonly compute?: ICompute;
  /**
   * How users come in in the recovery Region.
   *
   * @default - as in the primary Region
   */
  readonly ingress?: IIngress[];
  /**
   * File shares of the recovery Region, by name: a directory, subnets or a `netBiosName` of its own, say. Not of Amazon EFS that is kept
   * live, whose copy is like its source.
   *
   * @default - as in the primary Region
   */
  readonly files?: { [name: string]: IFileShare };
}

/** Properties of a CrossRegionDr. */
export interface CrossRegionDrProps {
  /** The application to recover, in its own Region and stack. */
  readonly primary: MultiAzClinicalApp;
  /**
   * How much runs in the recovery Region before a disaster. `ACTIVE_ACTIVE` is for systems that keep records in tables, in Aurora DSQL or as documents alone,
   * and is refused for every other. Choose it before the first deployment: Route 53 keeps no latency records beside failover records of the same name.
   *
   * @default - the cheapest that meets the objectives for REGION: backup and restore where `measuredRestore` is given, else a pilot
   * light, else a warm standby with half of the peak; never active/active. Which, and why, is told when the app is synthesized and written into the
   * template's metadata
   */
  readonly strategy?: DrStrategy;
  /**
   * How long restoring takes. Backup and restore needs it.
   *
   * @default - nobody measured it: the data is kept live in the recovery Region
   */
  readonly measuredRestore?: MeasuredRestore;
  /**
   * Of backup and restore: the recovery points that the stores of the recovery Region are made from. Without them nothing is deployed there
   * but the landing. Once given, they stay.
   *
   * @default - nothing was restored
   */
  readonly restored?: RestoredStores;
  /**
   * Of each file share, the id of the file system that its files are replicated to: the output `FileSystem…` of the landing stack, which is
   * deployed first. Written out, because Amazon EFS makes ids up and nothing here looks one up in another Region. It stays.
   *
   * @default - not known yet: a system with file shares gets its landing and nothing else there, and a warning (`filesNotReplicated`)
   */
  readonly replicatedFiles?: { [name: string]: string };
  /**
   * Of file shares that no template can replicate, as those of Amazon FSx: how the hospital replicates them, by name. The recovery Region
   * gets file systems of its own, which that fills. Nothing here makes it, and nothing proves it: what it says counts in budgets, and whoever
   * judges the templates shows it as declared.
   *
   * @default - none: shares that nothing replicates are refused where data is kept live
   */
  readonly declaredReplications?: { [name: string]: DeclaredReplication };
  /**
   * Id of the global datastore that the cache is kept live in (`globalDatastore` of `Cache.valkey`): the output `GlobalDatastoreId` of the primary's
   * stack, which is deployed first without this construct. Needed where AWS documents no prefix of such ids for the primary's Region, as for
   * AWS GovCloud (US).
   *
   * @default - made of that prefix and the system's name
   * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/Redis-Global-Datastores-CLI.html
   */
  readonly globalDatastoreId?: string;
  /**
   * Replicate documents that are written in the recovery Region back to the primary's bucket, within 15 minutes by S3 Replication Time
   * Control, so that they are there when users return. Give it from the second deployment on, and keep it: Amazon S3 replicates only into a
   * bucket that is there, and the landing is deployed before the primary's. Leave it out for a deployment that makes that bucket anew.
   * It costs the transfer and the requests of what is written there, and nothing before.
   *
   * @default false: documents written in the recovery Region stay there, and a warning (`documentsNotReturned`). With active/active
   * nothing runs there before it is given
   */
  readonly returnDocuments?: boolean;
  /**
   * How users move from one Region to the other.
   *
   * @default Failover.dns()
   */
  readonly failover?: IFailover;
  /**
   * How long the application keeps a connection that it opened while the database only read: the longest life its pool gives a
   * connection. Part of the RTO; measure it in an exercise.
   *
   * @default Duration.minutes(15)
   */
  readonly reconnectTime?: Duration;
  /**
   * What differs in the recovery Region.
   *
   * @default - nothing
   */
  readonly recovery?: RecoveryOverrides;
  /**
   * The Region that serves users now. Change it after a failover, so that the next deployment keeps the recovery Region at full
   * capacity instead of shrinking it to a standby. With active/active both do, and it changes nothing.
   *
   * @default - the primary's Region
   */
  readonly activeRegion?: string;
}
