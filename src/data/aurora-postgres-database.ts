import { Token } from 'aws-cdk-lib';
import * as rds from 'aws-cdk-lib/aws-rds';
import type { Construct } from 'constructs';
import { ClinicalTier } from '../core';
import { Problems } from '../core/private/fail';
import { DatabaseCapacity } from './database-capacity';
import type { DatabaseBindOptions, DatabaseConfig, IDatabase } from './database-ref';
import { AuroraCluster } from './private/aurora-cluster';
import { AuroraReplica } from './private/aurora-replica';
import type { AuroraSettings } from './private/aurora-settings';
import { LONGEST_DATABASE_SYSTEM_NAME, requireSystemName } from './private/physical-names';

/** Properties of Aurora PostgreSQL. */
export interface AuroraPostgresProps {
  /**
   * Name of the database inside the cluster: letters, digits and underscores, at most 63, starting with a letter. Changing
   * it replaces the cluster.
   */
  readonly databaseName: string;
  /**
   * Version of the engine. Both Regions of a replicated database must run the same one. Minor upgrades happen by themselves
   * in the maintenance window, except in a global database, whose members are upgraded by changing this: the recovery
   * Region first, then the first Region.
   *
   * @default AuroraPostgresEngineVersion.VER_16_11
   * @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-global-database-upgrade.html
   */
  readonly engineVersion?: rds.AuroraPostgresEngineVersion;
  /**
   * Size and number of the instances. This is what the database costs; see README.md.
   *
   * @default - by tier: serverless with one reader and 8 to 64 ACU (2 to 32 for OPERATIONAL); for NON_PRODUCTION 0 to 4
   * without a reader
   */
  readonly capacity?: DatabaseCapacity;
  /**
   * Port. Not the well-known 5432, which scanners try first and AWS Security Hub reports (RDS.23).
   *
   * @default 5433
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
}

/** Least minor versions that run Aurora Serverless v2. https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Concepts.Aurora_Fea_Regions_DB-eng.Feature.ServerlessV2.html */
const LEAST_MINOR: Record<number, number> = { 14: 3, 15: 2, 16: 1 };
/** Oldest major version in standard support. https://docs.aws.amazon.com/AmazonRDS/latest/AuroraPostgreSQLReleaseNotes/aurorapostgresql-release-calendar.html */
const OLDEST_MAJOR = 14;
const RESERVED_NAMES = ['rdsadmin', 'template0', 'template1'];

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
    requireDatabaseName(problems, props.databaseName);
    requireEngine(problems, props.engineVersion ?? defaultVersion());
    requireWhole(problems, 'port', props.port ?? 5433, 1150, 65535);
    requireWhole(problems, 'quietHour', props.quietHour ?? 8, 0, 23);
    problems.throwIfAny();
  }

  /**
   * Called by the system; do not call this yourself.
   *
   * @throws InvalidSystemName when physical names cannot be made of the system's name
   * @throws TooFewZones when the subnets are in one zone
   * @throws DatabaseInPublicSubnet when a subnet is public
   * @throws CapacityTooSmall when care depends on the database and it has no reader, or may pause
   */
  public bind(scope: Construct, options: DatabaseBindOptions): DatabaseConfig {
    requireSystemName(scope, options.systemName, LONGEST_DATABASE_SYSTEM_NAME);
    const settings: AuroraSettings = {
      databaseName: this.props.databaseName,
      engineVersion: this.props.engineVersion ?? defaultVersion(),
      capacity: this.props.capacity ?? defaultCapacity(options.objectives.tier),
      port: this.props.port ?? 5433,
      quietHour: this.props.quietHour ?? 8,
    };
    if (options.objectives.careDependsOnIt) {
      requireCapacityForCare(scope, settings.capacity);
    }
    return options.replicaOf
      ? new AuroraReplica(scope, settings, options, options.replicaOf).describe()
      : new AuroraCluster(scope, settings, options).describe(this.props.globalDatabase ?? false);
  }
}

/** Eight units are what AWS recommends for a member of a global database; a sandbox stays cheap. */
function defaultCapacity(tier: ClinicalTier): DatabaseCapacity {
  switch (tier) {
    case ClinicalTier.NON_PRODUCTION:
      return DatabaseCapacity.serverlessV2({ minAcu: 0, maxAcu: 4, readers: 0 });
    case ClinicalTier.OPERATIONAL:
      return DatabaseCapacity.serverlessV2({ minAcu: 2, maxAcu: 32 });
    default:
      return DatabaseCapacity.serverlessV2({ minAcu: 8, maxAcu: 64 });
  }
}

function requireCapacityForCare(scope: Construct, capacity: DatabaseCapacity): void {
  const problems = new Problems(scope, 'CapacityTooSmall');
  problems.require(
    capacity.readers >= 1,
    `care depends on this database, so it needs at least one reader to fail over to, got readers ${capacity.readers}`,
  );
  problems.require(
    capacity.minAcu !== 0,
    'care depends on this database, so it must not pause, got minAcu 0; use at least 0.5',
  );
  problems.throwIfAny();
}

function requireDatabaseName(problems: Problems, name: string): void {
  problems.require(
    !Token.isUnresolved(name) && /^[A-Za-z]\w{0,62}$/.test(name) && !RESERVED_NAMES.includes(name.toLowerCase()),
    `databaseName must be letters, digits and underscores, at most 63, starting with a letter, and none of ${RESERVED_NAMES.join(', ')}, got ${JSON.stringify(name)}`,
  );
}

function requireEngine(problems: Problems, version: rds.AuroraPostgresEngineVersion): void {
  const full = version.auroraPostgresFullVersion;
  const [major, minor] = full.split('.').map(Number);
  problems.require(
    major >= OLDEST_MAJOR && (minor ?? 0) >= (LEAST_MINOR[major] ?? 0),
    `engineVersion must be 14.3, 15.2, 16.1 or newer, got ${full}: older ones are out of standard support or lack Serverless v2`,
  );
}

function requireWhole(problems: Problems, name: string, value: number, least: number, most: number): void {
  problems.require(
    Number.isInteger(value) && !Token.isUnresolved(value) && value >= least && value <= most,
    `${name} must be a whole number from ${least} to ${most}, known at synthesis, got ${value}`,
  );
}

/** Read when it is needed: the class it belongs to takes longer to load than this whole library. */
function defaultVersion(): rds.AuroraPostgresEngineVersion {
  return rds.AuroraPostgresEngineVersion.VER_16_11;
}
