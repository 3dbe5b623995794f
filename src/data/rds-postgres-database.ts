import * as rds from 'aws-cdk-lib/aws-rds';
import type { Construct } from 'constructs';
import { Problems } from '../core/private/fail';
import type { DatabaseProxy } from './database-proxy';
import type { DatabaseBindOptions, DatabaseConfig, IDatabase } from './database-ref';
import { RESERVED_POSTGRES_NAMES, requireDatabaseName } from './private/database-checks';
import { OPEN_SOURCE_GP3 } from './private/gp3-performance';
import { bindRds, requireMultiAzCluster } from './private/rds-binding';
import { rdsPostgresEngine } from './private/rds-engine';
import { requireCommon } from './private/rds-settings';
import type { RdsDatabaseProps } from './rds-database-props';

/** Properties of PostgreSQL on Amazon RDS. */
export interface RdsPostgresProps extends RdsDatabaseProps {
  /**
   * Name of the database: letters, digits and underscores, at most 63, starting with a letter. It cannot be changed later: the
   * deployment is refused.
   */
  readonly databaseName: string;
  /**
   * Version of the engine. Both Regions of a replicated database must run the same major version. Minor upgrades happen by
   * themselves in the maintenance window.
   *
   * @default PostgresEngineVersion.VER_17_9
   */
  readonly engineVersion?: rds.PostgresEngineVersion;
  /**
   * A Multi-AZ DB cluster: two standbys, which can be read, in three zones, and failover typically below 35 seconds, for the
   * price of three instances of a class with local disks (m6gd, r6gd, …). It does not grow by itself, and can follow into no
   * other Region: neither a replica nor a copy of its snapshots.
   *
   * @default false - one standby, which cannot be read, and failover in 60 to 120 seconds
   * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/multi-az-db-clusters-concepts.html
   */
  readonly multiAzCluster?: boolean;
  /**
   * A proxy before the database, which the application connects to instead. With one, a DB instance can follow into no other Region.
   *
   * @default - none: the application connects to the database
   */
  readonly proxy?: DatabaseProxy;
}

/**
 * PostgreSQL on Amazon RDS, over two or three zones, of a size that does not change by itself: for applications whose vendor
 * certifies the community's PostgreSQL.
 */
export class RdsPostgresDatabase implements IDatabase {
  private readonly props: RdsPostgresProps;

  /** @throws InvalidDatabase naming everything that is wrong */
  public constructor(props: RdsPostgresProps) {
    this.props = props;
    const problems = new Problems(undefined, 'InvalidDatabase');
    requireDatabaseName(problems, props.databaseName, RESERVED_POSTGRES_NAMES);
    requireEngine(problems, props.engineVersion ?? defaultVersion());
    requireCommon(problems, props, OPEN_SOURCE_GP3);
    requireMultiAzCluster(problems, props);
    problems.throwIfAny();
  }

  /**
   * Called by the system; do not call this yourself.
   *
   * @throws InvalidSystemName when physical names cannot be made of the system's name
   * @throws TooFewZones when the subnets are in one zone, or in two for a Multi-AZ DB cluster
   * @throws DatabaseInPublicSubnet when a subnet is public
   */
  public bind(scope: Construct, options: DatabaseBindOptions): DatabaseConfig {
    const engine = rdsPostgresEngine(this.props.engineVersion ?? defaultVersion());
    return bindRds(scope, this.props, engine, options);
  }
}

/** https://docs.aws.amazon.com/AmazonRDS/latest/PostgreSQLReleaseNotes/postgresql-release-calendar.html */
function requireEngine(problems: Problems, version: rds.PostgresEngineVersion): void {
  const full = version.postgresFullVersion;
  problems.require(
    Number(full.split('.')[0]) >= 14,
    `engineVersion must be PostgreSQL 14 or newer, got ${full}: older ones are out of standard support`,
  );
}

/** Read when it is needed: the class it belongs to takes longer to load than this whole library. */
function defaultVersion(): rds.PostgresEngineVersion {
  return rds.PostgresEngineVersion.VER_17_9;
}
