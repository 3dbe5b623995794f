import * as rds from 'aws-cdk-lib/aws-rds';
import type { Construct } from 'constructs';
import { Problems } from '../core/private/fail';
import type { AuroraDatabaseProps } from './aurora-database-props';
import type { DatabaseBindOptions, DatabaseConfig, IDatabase } from './database-ref';
import { bindAurora } from './private/aurora-binding';
import { postgresEngine } from './private/aurora-engine';
import { RESERVED_POSTGRES_NAMES, requireDatabaseName, requirePlace } from './private/database-checks';

/** Properties of Aurora PostgreSQL. */
export interface AuroraPostgresProps extends AuroraDatabaseProps {
  /**
   * Version of the engine. Both Regions of a replicated database must run the same one. Minor upgrades happen by themselves
   * in the maintenance window, except in a global database, whose members are upgraded by changing this: the recovery
   * Region first, then the first Region.
   *
   * @default AuroraPostgresEngineVersion.VER_16_11
   * @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-global-database-upgrade.html
   */
  readonly engineVersion?: rds.AuroraPostgresEngineVersion;
}

/** Least minor versions that run Aurora Serverless v2. https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Concepts.Aurora_Fea_Regions_DB-eng.Feature.ServerlessV2.html */
const LEAST_MINOR: Record<number, number> = { 14: 3, 15: 2, 16: 1 };
/** Oldest major version in standard support. https://docs.aws.amazon.com/AmazonRDS/latest/AuroraPostgreSQLReleaseNotes/aurorapostgresql-release-calendar.html */
const OLDEST_MAJOR = 14;

/**
 * Aurora PostgreSQL: instances in different zones, forced TLS, encryption with a customer key, IAM authentication, 35 days
 * of continuous backup, deletion protection, credentials that rotate every 30 days.
 *
 * Everything is made in the scope given to `bind`. In another Region the same definition, bound with `replicaOf`, makes a
 * member of the same global database.
 */
export class AuroraPostgresDatabase implements IDatabase {
  private readonly props: AuroraPostgresProps;

  /** @throws InvalidDatabase naming everything that is wrong */
  public constructor(props: AuroraPostgresProps) {
    this.props = props;
    const problems = new Problems(undefined, 'InvalidDatabase');
    requireDatabaseName(problems, props.databaseName, RESERVED_POSTGRES_NAMES);
    requireEngine(problems, props.engineVersion ?? defaultVersion());
    requirePlace(problems, props.port, props.quietHour);
    problems.throwIfAny();
  }

  /**
   * Called by the system; do not call this yourself.
   *
   * @throws InvalidSystemName when physical names cannot be made of the system's name
   * @throws TooFewZones when the subnets are in one zone
   * @throws DatabaseInPublicSubnet when a subnet is public
   * @throws CapacityTooSmall when care depends on the database and it has no reader, or may pause
   * @throws EngineCannotPause when capacity may be 0 and the engine's version cannot pause
   */
  public bind(scope: Construct, options: DatabaseBindOptions): DatabaseConfig {
    const engine = postgresEngine(this.props.engineVersion ?? defaultVersion());
    return bindAurora(scope, this.props, { engine, defaultPort: 5433 }, options);
  }
}

function requireEngine(problems: Problems, version: rds.AuroraPostgresEngineVersion): void {
  const full = version.auroraPostgresFullVersion;
  const [major, minor] = full.split('.').map(Number);
  problems.require(
    major >= OLDEST_MAJOR && (minor ?? 0) >= (LEAST_MINOR[major] ?? 0),
    `engineVersion must be 14.3, 15.2, 16.1 or newer, got ${full}: older ones are out of standard support or lack Serverless v2`,
  );
}

/** Read when it is needed: the class it belongs to takes longer to load than this whole library. */
function defaultVersion(): rds.AuroraPostgresEngineVersion {
  return rds.AuroraPostgresEngineVersion.VER_16_11;
}
