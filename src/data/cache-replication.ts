import type { Duration } from 'aws-cdk-lib';
import type * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import type { RecoveryStep } from '../core';

/** The Region a cache is replicated to. Names only: nothing here is looked up in either Region. */
export interface CacheReplicationTarget {
  /** The recovery Region. */
  readonly region: string;
  /** How far a copy may be behind before somebody is told. */
  readonly rpo: Duration;
  /**
   * Id of the global datastore, written out.
   *
   * @default - made of the prefix that AWS documents for the Region of the source, and the system's name
   */
  readonly globalDatastoreId?: string;
}

/** What a copy must know of its source. Names only. */
export interface CacheReplicaSource {
  /** The Region of the source. */
  readonly region: string;
  /** Id of the global datastore that both belong to. */
  readonly globalDatastoreId: string;
}

/** How a cache follows into another Region. */
export interface ICacheReplication {
  /** What it takes to write to the copy after this Region is lost. */
  readonly promotion: RecoveryStep[];
  /**
   * Alarms that `replicateTo` made, without actions. Empty before it is called. `CrossRegionDr` adds the actions.
   *
   * @default - none
   */
  readonly alarms?: cloudwatch.Alarm[];
  /**
   * After `replicateTo`: the command that makes the source take writes again, whether users return or the other Region is lost. It asks nothing of
   * that Region. What was not yet replicated back is lost.
   *
   * @default - none
   */
  readonly reclaimCommand?: string;
  /**
   * After `replicateTo`: prints which Region writes, and in what state each is. It asks the Region of the source.
   *
   * @default - none
   */
  readonly statusCommand?: string;
  /**
   * Called by `CrossRegionDr` on the source. Do not call this yourself. Calling it again with the same target changes nothing.
   *
   * @throws ReplicaInSameRegion when the target is the Region of the source
   * @throws GlobalDatastoreNotNamed when the id is not given, and AWS documents no prefix for the Region of the source
   * @throws InvalidGlobalDatastore when the id that is given is that of another one
   * @throws AlreadyReplicated when it is replicated to another Region
   */
  replicateTo(target: CacheReplicationTarget): CacheReplicaSource;
}
