import type * as acm from 'aws-cdk-lib/aws-certificatemanager';
import type { StrategyMetadata } from '../../core';
import type {
  CacheReplicaSource,
  DatabaseReplicaSource,
  LandedFileShare,
  ReceivedFiles,
  RestoredTable,
  TableReplicaSource,
} from '../../data';

/** What `CrossRegionDr` tells the recovery side of an application, and nobody else should. */
export interface RecoverySide {
  /** The Region the system was born in. */
  readonly pairedRegion: string;
  /** Share of the declared peak that runs here all the time, 0 to 100. */
  readonly capacityPercent: number;
  /** How the system is prepared for the loss of its Region. */
  readonly strategy?: StrategyMetadata;
  /** What the database here is a replica of; an independent database if left out. */
  readonly databaseReplica?: DatabaseReplicaSource;
  /** What stores here are made from; empty, or by replication, if left out. */
  readonly restored?: RestoredSide;
  /** Its tables here, which the other Region has made, by name. */
  readonly tableReplicas?: { readonly [name: string]: TableReplicaSource };
  /** What the cache here is a copy of; it starts empty if left out. */
  readonly cacheReplica?: CacheReplicaSource;
  /** Its file shares here, which have landed before, by name. */
  readonly fileReplicas?: { readonly [name: string]: LandedFileShare };
  /** Its file shares here that somebody replicates into, by name. */
  readonly receivedFiles?: { readonly [name: string]: ReceivedFiles };
  /** The certificate of this Region. */
  readonly certificate?: acm.ICertificate;
}

/** ARNs of recovery points in this Region that stores are made from. */
export interface RestoredSide {
  readonly database?: string;
  readonly databaseTime?: string;
  readonly files: { readonly [name: string]: string };
  readonly tables: { readonly [name: string]: RestoredTable };
  /** Ids of snapshots, by the name of the disk. */
  readonly disks: { readonly [name: string]: string };
}
