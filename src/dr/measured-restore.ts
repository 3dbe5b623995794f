import type { Duration } from 'aws-cdk-lib';

/** What a restore test and a rehearsal measured: no template tells how long data takes to come back. */
export interface MeasuredRestore {
  /** From the start of the restore until the slowest store can be used. Take it from a restore test with all of the data. */
  readonly restoreTime: Duration;
  /** Where the figures come from, for example `restore test RT-31 of 2026-10-14`. */
  readonly source: string;
  /**
   * What else deploying the recovery side takes: network, compute, load balancers.
   *
   * @default Duration.hours(1) - judgement
   */
  readonly deployTime?: Duration;
  /**
   * From the moment a backup is due until its copy is in the recovery Region. Take it from the jobs of AWS Backup: it grows with the data.
   *
   * @default - the start window of the backup and an hour, judgement
   */
  readonly copyTime?: Duration;
}
