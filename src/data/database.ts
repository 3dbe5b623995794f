import { AuroraDsqlDatabase, type AuroraDsqlProps } from './aurora-dsql-database';
import { AuroraMysqlDatabase, type AuroraMysqlProps } from './aurora-mysql-database';
import { AuroraPostgresDatabase, type AuroraPostgresProps } from './aurora-postgres-database';
import type { IDatabase } from './database-ref';
import { RdsMysqlDatabase, type RdsMysqlProps } from './rds-mysql-database';
import { RdsOracleDatabase, type RdsOracleProps } from './rds-oracle-database';
import { RdsPostgresDatabase, type RdsPostgresProps } from './rds-postgres-database';
import { RdsSqlServerDatabase, type RdsSqlServerProps } from './rds-sql-server-database';

/** The databases a system can use. Your own: implement `IDatabase`. */
export class Database {
  /**
   * Aurora PostgreSQL over several zones, encrypted, backed up for 35 days, with credentials that rotate; able to follow
   * into another Region as an Aurora global database.
   *
   * @throws InvalidDatabase naming everything that is wrong
   */
  public static auroraPostgres(props: AuroraPostgresProps): IDatabase {
    return new AuroraPostgresDatabase(props);
  }

  /**
   * Aurora MySQL over several zones, encrypted, audited, backed up for 35 days, with credentials that rotate; able to follow
   * into another Region as an Aurora global database.
   *
   * @throws InvalidDatabase naming everything that is wrong
   */
  public static auroraMysql(props: AuroraMysqlProps): IDatabase {
    return new AuroraMysqlDatabase(props);
  }

  /**
   * Amazon Aurora DSQL, for applications that were written for its subset of PostgreSQL: over three zones of one Region, or in two Regions
   * that both take writes, with a witness in a third. Without a password, backed up by full snapshots.
   *
   * @throws InvalidDatabase naming everything that is wrong
   */
  public static auroraDsql(props: AuroraDsqlProps = {}): IDatabase {
    return new AuroraDsqlDatabase(props);
  }

  /**
   * PostgreSQL on Amazon RDS with a standby in another zone, or two readable ones, of a fixed size; able to follow into another
   * Region as a read replica.
   *
   * @throws InvalidDatabase naming everything that is wrong
   */
  public static rdsPostgres(props: RdsPostgresProps): IDatabase {
    return new RdsPostgresDatabase(props);
  }

  /**
   * MySQL on Amazon RDS with a standby in another zone, or two readable ones, of a fixed size; able to follow into another
   * Region as a read replica.
   *
   * @throws InvalidDatabase naming everything that is wrong
   */
  public static rdsMysql(props: RdsMysqlProps): IDatabase {
    return new RdsMysqlDatabase(props);
  }

  /**
   * Microsoft SQL Server on Amazon RDS, Standard or Enterprise, with a standby in another zone. It cannot follow into another
   * Region.
   *
   * @throws InvalidDatabase naming everything that is wrong
   */
  public static rdsSqlServer(props: RdsSqlServerProps): IDatabase {
    return new RdsSqlServerDatabase(props);
  }

  /**
   * Oracle Database on Amazon RDS, with a standby in another zone. It cannot follow into another Region.
   *
   * @throws InvalidDatabase naming everything that is wrong
   */
  public static rdsOracle(props: RdsOracleProps): IDatabase {
    return new RdsOracleDatabase(props);
  }

  private constructor() {}
}
