import { AuroraMysqlDatabase, type AuroraMysqlProps } from './aurora-mysql-database';
import { AuroraPostgresDatabase, type AuroraPostgresProps } from './aurora-postgres-database';
import type { IDatabase } from './database-ref';

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

  private constructor() {}
}
