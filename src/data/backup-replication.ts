import type { Duration } from 'aws-cdk-lib';
import type { DatabaseReplicationTarget } from './database-ref';

/** How the backups of a database follow into another Region by themselves: snapshots, and what was written since. */
export interface IBackupReplication {
  /** How far what can be restored there may be behind, as a budget. */
  readonly recoveryPoint: Duration;
  /** Where the figure comes from: an AWS page, or the word `judgement` with a reason. */
  readonly recoveryPointSource: string;
  /**
   * After `replicateBackupsTo`: the command that prints the ARN of the replicated backups, their state, and the newest moment they restore to. It
   * asks the other Region only.
   *
   * @default - not known before
   */
  readonly listCommand?: string;
  /**
   * After `replicateBackupsTo`: the command that lets backups of what was restored there follow back to this Region, once that answers again.
   *
   * @default - not known before
   */
  readonly replicateBackCommand?: string;
  /**
   * Called by `CrossRegionDr` on the source: adds to it what replication needs. Do not call this yourself. Calling it again with the same
   * target changes nothing.
   */
  replicateBackupsTo(target: DatabaseReplicationTarget): void;
}
