import { Token } from 'aws-cdk-lib';
import type { Problems } from '../../core/private/fail';
import type { RdsStorage } from '../rds-storage';

/** What an engine lets be asked of general-purpose storage. */
export interface Gp3Performance {
  /** The size in GiB from which operations can be asked for: where Amazon RDS stripes four volumes. */
  readonly from: number;
  /** The fewest operations a second that can be asked for. */
  readonly least: number;
  /** The most. */
  readonly most: number;
}

/** https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/CHAP_Storage.html#gp3-storage */
export const OPEN_SOURCE_GP3: Gp3Performance = { from: 400, least: 12_000, most: 64_000 };
/** Striped earlier than others. */
export const ORACLE_GP3: Gp3Performance = { from: 200, least: 12_000, most: 64_000 };
/** Never striped. */
export const SQL_SERVER_GP3: Gp3Performance = { from: 20, least: 3000, most: 16_000 };

/** The most operations for each GiB, whichever the engine. */
const MOST_FOR_EACH_GIBIBYTE = 500;

/** Note operations that Amazon RDS refuses with this engine. Below the size it refuses any, also those the size includes. */
export function requireGp3Performance(
  problems: Problems,
  { storageType, size, iops }: RdsStorage,
  { from, least, most }: Gp3Performance,
): void {
  if (storageType !== 'gp3' || iops === undefined || Token.isUnresolved(iops)) {
    return;
  }
  const gibibytes = size.toGibibytes();
  problems.require(
    gibibytes >= from,
    `iops of gp3 cannot be chosen below ${from} GiB with this engine, got ${iops} for ${gibibytes} GiB; leave them out, enlarge size, or use io2`,
  );
  problems.require(
    iops >= least && iops <= most,
    `iops of gp3 must be ${least} to ${most} with this engine, got ${iops}`,
  );
  problems.require(
    iops <= gibibytes * MOST_FOR_EACH_GIBIBYTE,
    `iops of gp3 must be at most ${MOST_FOR_EACH_GIBIBYTE} for each GiB of size, got ${iops} for ${gibibytes} GiB`,
  );
}
