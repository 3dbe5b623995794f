/** Properties of every relational database. */
export interface DatabaseProps {
  /**
   * Port, 1150 to 65535. Not the engine's well-known one, which scanners try first and AWS Security Hub reports (RDS.23). Another
   * one later is refused for a DB instance; a cluster takes it at once, which is an outage until the applications know it.
   *
   * @default - one above the engine's own: 5433 PostgreSQL, 3307 MySQL, 1435 SQL Server, 1522 Oracle
   */
  readonly port?: number;
  /**
   * Hour of the day, in UTC, 0 to 23, when least happens: automated backup starts then, and weekly maintenance two hours later,
   * on Sundays (of the instances of an Aurora cluster each on another day). Keep both more than an hour after the schedules of the
   * backup policy (`BackupPolicy` starts at 04:00, 05:00 and, twice a day, 17:00): AWS Backup's jobs may fail there.
   *
   * @default 8 - night in America
   */
  readonly quietHour?: number;
}
