import type { DatabaseCapacity } from './database-capacity';
import type { DatabaseProxy } from './database-proxy';

/** Properties of an Aurora cluster, whichever engine it is compatible with. */
export interface AuroraDatabaseProps {
  /**
   * Name of the database inside the cluster: letters, digits and underscores, at most 63, starting with a letter. Changing
   * it replaces the cluster.
   */
  readonly databaseName: string;
  /**
   * Size and number of the instances. This is what the database costs; see README.md.
   *
   * @default - by tier: serverless with one reader and 8 to 64 ACU (2 to 32 for OPERATIONAL); for NON_PRODUCTION 0 to 4
   * without a reader
   */
  readonly capacity?: DatabaseCapacity;
  /**
   * Port, 1150 to 65535. Not the engine's well-known one, which scanners try first and AWS Security Hub reports (RDS.23).
   *
   * @default - one above the engine's own: 5433 for PostgreSQL, 3307 for MySQL
   */
  readonly port?: number;
  /**
   * Hour of the day, in UTC, 0 to 23, when least happens: automated backup starts then, and weekly maintenance two hours
   * later. Keep both more than an hour after the schedules of the backup policy (`BackupPolicy` starts at 04:00, 05:00 and,
   * twice a day, 17:00): AWS Backup's jobs may fail there.
   *
   * @default 8 - night in America
   */
  readonly quietHour?: number;
  /**
   * Make the cluster the only member of an Aurora global database from the start, at no charge, so that a recovery Region
   * can be added later. A cluster that exists outside a global database cannot join one through CloudFormation:
   * `CrossRegionDr` works on a new database, or on one that was made with this.
   *
   * @default false - until `CrossRegionDr` asks for it
   */
  readonly globalDatabase?: boolean;
  /**
   * A proxy before the database, which the application connects to instead.
   *
   * @default - none: the application connects to the database
   */
  readonly proxy?: DatabaseProxy;
}
