import * as rds from 'aws-cdk-lib/aws-rds';
import type { Construct } from 'constructs';
import { Problems } from '../core/private/fail';
import type { DatabaseProxy } from './database-proxy';
import type { DatabaseBindOptions, DatabaseConfig, IDatabase } from './database-ref';
import { RESERVED_MYSQL_NAMES, requireDatabaseName } from './private/database-checks';
import { OPEN_SOURCE_GP3 } from './private/gp3-performance';
import { bindRds, requireMultiAzCluster } from './private/rds-binding';
import { rdsMysqlEngine } from './private/rds-engine';
import { requireCommon } from './private/rds-settings';
import type { RdsDatabaseProps } from './rds-database-props';

/** Properties of MySQL on Amazon RDS. */
export interface RdsMysqlProps extends RdsDatabaseProps {
  /**
   * Name of the database: letters, digits and underscores, at most 63, starting with a letter. It cannot be changed later: the
   * deployment is refused.
   */
  readonly databaseName: string;
  /**
   * Version of the engine. Both Regions of a replicated database must run the same major version. Minor upgrades happen by
   * themselves in the maintenance window.
   *
   * @default MysqlEngineVersion.VER_8_4_8
   */
  readonly engineVersion?: rds.MysqlEngineVersion;
  /**
   * A Multi-AZ DB cluster: two standbys, which can be read, in three zones, and failover typically below 35 seconds, for the
   * price of three instances of a class with local disks (m6gd, r6gd, …). It has no audit log, does not grow by itself, and can
   * follow into no other Region: neither a replica nor a copy of its snapshots.
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
 * MySQL on Amazon RDS, over two or three zones, of a size that does not change by itself: for applications whose vendor certifies
 * the community's MySQL.
 */
export class RdsMysqlDatabase implements IDatabase {
  private readonly props: RdsMysqlProps;

  /** @throws InvalidDatabase naming everything that is wrong */
  public constructor(props: RdsMysqlProps) {
    this.props = props;
    const problems = new Problems(undefined, 'InvalidDatabase');
    requireDatabaseName(problems, props.databaseName, RESERVED_MYSQL_NAMES);
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
    const engine = rdsMysqlEngine(this.props.engineVersion ?? defaultVersion());
    return bindRds(scope, this.props, engine, options);
  }
}

/** https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/MySQL.Concepts.VersionMgmt.html */
function requireEngine(problems: Problems, version: rds.MysqlEngineVersion): void {
  const full = version.mysqlFullVersion;
  problems.require(
    Number(full.split('.')[0]) >= 8,
    `engineVersion must be MySQL 8.0 or newer, got ${full}: older ones are out of standard support`,
  );
}

/** Read when it is needed: the class it belongs to takes longer to load than this whole library. */
function defaultVersion(): rds.MysqlEngineVersion {
  return rds.MysqlEngineVersion.VER_8_4_8;
}
