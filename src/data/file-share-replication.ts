import type { Duration } from 'aws-cdk-lib';
import type * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';
import type { DataProtection, RecoveryStep } from '../core';

/** What the receiving side of a file share is made with, before anything is replicated. */
export interface FileShareLandingOptions {
  /** The key of its Region. */
  readonly encryptionKey: kms.IKey;
  /** What becomes of the files when the stack is removed. */
  readonly dataProtection: DataProtection;
}

/** The receiving side of a file share, in its own Region. */
export interface LandedFileShare {
  /** Id of its file system. */
  readonly fileSystemId: string;
  /** The key that encrypts it. */
  readonly encryptionKey: kms.IKey;
}

/** Where a file share is replicated to. */
export interface FileShareReplicationTarget {
  /** The recovery Region. */
  readonly region: string;
  /** Id of the file system there, written out: nothing is looked up in the other Region. */
  readonly fileSystemId: string;
  /** How far the copy may be behind before somebody is told. */
  readonly rpo: Duration;
  /**
   * Whether users are in the recovery Region, so that nothing is expected to be replicated there.
   *
   * @default false
   */
  readonly serving?: boolean;
}

/** What people type around a failover. Each asks the Regions it names, and `promote` and `inspect` the recovery Region alone. */
export interface FileShareReplicationCommands {
  /** Prints the state of the copy, and until when it is complete. Needs no other Region. */
  readonly inspect: string;
  /** Makes the copy writable; what was not yet replicated is lost. Needs no other Region. */
  readonly promote: string;
  /** With both Regions there: overwrites the files of the first Region with those of the recovery Region, and goes on doing so. */
  readonly mirrorBack: string;
  /** Makes the files of the first Region writable again, once they have caught up and nobody writes. */
  readonly returnHere: string;
  /** Replicates to the recovery Region again, as the template says: what is only there is overwritten. */
  readonly resume: string;
}

/** How a file share follows into another Region. */
export interface IFileShareReplication {
  /** How far the copy may be behind when the Region is lost, as a budget. */
  readonly recoveryPoint: Duration;
  /**
   * Where the figure comes from: an AWS page, or the word `judgement` with a reason.
   *
   * @default - not stated
   */
  readonly recoveryPointSource?: string;
  /** What it takes until the copy can be written to. */
  readonly promotion: RecoveryStep[];
  /**
   * Alarms that `replicateTo` made, without actions. Empty before it is called. `CrossRegionDr` adds the actions.
   *
   * @default - none
   */
  readonly alarms?: cloudwatch.Alarm[];
  /**
   * Called by `CrossRegionDr`: makes the receiving side, which may be read at most until it is promoted. Do not call this yourself.
   *
   * @param scope a scope of its own in a stack of the recovery Region
   * @param options what it is made with
   */
  land(scope: Construct, options: FileShareLandingOptions): LandedFileShare;
  /**
   * Called by `CrossRegionDr` on the source. Do not call this yourself. Calling it again with the same target changes nothing.
   *
   * @throws InvalidFileReplication when the target is in the same Region, or not given by an id that is written out
   * @throws AlreadyReplicated when it is replicated to another one
   */
  replicateTo(target: FileShareReplicationTarget): FileShareReplicationCommands;
}
