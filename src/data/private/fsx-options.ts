import { Duration, type Size, Token } from 'aws-cdk-lib';
import { FailureScope } from '../../core';
import type { Problems } from '../../core/private/fail';
import type { StoreRecovery } from '../store-recovery';

/**
 * Sunday, 10:00 UTC: night in America. AWS Backup cannot back a file system up in its maintenance window and in the four hours
 * before, and `BackupPolicy` takes its kept snapshots at 05:00 and 17:00.
 * https://docs.aws.amazon.com/aws-backup/latest/devguide/plan-options-and-configuration.html
 */
export const MAINTENANCE_WINDOW = '7:10:00';

/** `d:HH:MM`, Monday is 1. */
export function requireWindow(problems: Problems, window: string | undefined): void {
  problems.require(
    window === undefined || Token.isUnresolved(window) || /^[1-7]:([01]\d|2[0-3]):[0-5]\d$/.test(window),
    `maintenanceWindow must be a day, 1 to 7 from Monday, and a time in UTC, such as ${MAINTENANCE_WINDOW}, got "${window}"`,
  );
}

/** Storage in whole GiB. */
export function requireCapacity(problems: Problems, capacity: Size, least: number, most: number): void {
  if (capacity.isUnresolved()) {
    return;
  }
  const gibibytes = capacity.toBytes() / 1024 ** 3;
  problems.require(
    Number.isInteger(gibibytes) && gibibytes >= least && gibibytes <= most,
    `storageCapacity must be ${least} to ${most} whole GiB, got ${gibibytes}`,
  );
}

/** One of the sizes Amazon FSx sells. */
export function requireThroughput(problems: Problems, throughput: number, sizes: number[]): void {
  problems.require(
    Token.isUnresolved(throughput) || sizes.includes(throughput),
    `throughputCapacity must be one of ${sizes.join(', ')} MB/s, got ${throughput}`,
  );
}

/** The standby file server in the other zone takes over by itself, with every acknowledged write. */
export function failover(kind: string, seconds: number, source: string): StoreRecovery[] {
  return [FailureScope.COMPONENT, FailureScope.AVAILABILITY_ZONE].map((scope) => ({
    scope,
    mechanism: `Amazon FSx for ${kind} fails over to its standby in another zone`,
    recoveryTime: Duration.seconds(seconds),
    recoveryPoint: Duration.seconds(0),
    source,
  }));
}
