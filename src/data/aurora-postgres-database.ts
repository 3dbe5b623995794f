import type { Duration } from 'aws-cdk-lib';
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
   * Region first, then the first Region. A deployment with another major version upgrades the cluster at once, and its rollback does not
   * take that back.
   *
   * @default AuroraPostgresEngineVersion.VER_16_11
   * @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-global-database-upgrade.html
   */
  readonly engineVersion?: rds.AuroraPostgresEngineVersion;
  /**
   * Stop writing rather than lose more than this with the first Region: `rds.global_db_rpo`, a bound instead of a budget. Whole seconds, 20 or
   * more, and no longer than the RPO for REGION. It is set in the first Region once the database is replicated, and in the first Region only:
   * set in both, a failover would meet it with no copy left, and stop writing there as well.
   *
   * **While the copy lags by more than this, or its Region is lost, nobody can write in the first Region**, until it catches up or somebody runs
   * the output `ResumeWrites`. A warning, `writesStopWithoutCopy`, asks who accepts that. Add it when the copy follows already, in an update of
   * its own: a first deployment has no copy yet to wait for.
   *
   * @default - writing goes on however far the copy is behind; an alarm tells
   * @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-global-database-disaster-recovery.html
   */
  readonly enforcedRpo?: Duration;
}

/** Least minor versions that run Aurora Serverless v2. https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Concepts.Aurora_Fea_Regions_DB-eng.Feature.ServerlessV2.html */
const LEAST_MINOR: Record<number, number> = { 14: 3, 15: 2, 16: 1 };
/** Least minor versions that forward writes to another Region. */
const LEAST_FORWARDING_MINOR: Record<number, number> = { 14: 9, 15: 4 };
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
    requireEnforceable(problems, props.enforcedRpo);
    requireForwarding(problems, props);
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
   * @throws ProxyForwardsNothing when writes are to be forwarded past a proxy
   */
  public bind(scope: Construct, options: DatabaseBindOptions): DatabaseConfig {
    const engine = postgresEngine(this.props.engineVersion ?? defaultVersion());
    const { enforcedRpo } = this.props;
    return bindAurora(scope, this.props, { engine, defaultPort: 5433, enforcedRpo }, options);
  }
}

/** https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-global-database-disaster-recovery.html */
function requireEnforceable(problems: Problems, rpo: Duration | undefined): void {
  if (!rpo) {
    return;
  }
  const known = !rpo.isUnresolved();
  const seconds = known ? rpo.toSeconds({ integral: false }) : Number.NaN;
  problems.require(
    Number.isInteger(seconds) && seconds >= 20 && seconds <= 2_147_483_647,
    `enforcedRpo must be whole seconds known at synthesis, 20 or more, got ${known ? rpo.toHumanString() : 'a token'}`,
  );
}

/** https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-global-database-write-forwarding-apg.html */
function requireForwarding(problems: Problems, { writeForwarding, engineVersion }: AuroraPostgresProps): void {
  const full = (engineVersion ?? defaultVersion()).auroraPostgresFullVersion;
  const [major, minor] = full.split('.').map(Number);
  problems.require(
    !writeForwarding || minor >= (LEAST_FORWARDING_MINOR[major] ?? 0),
    `writeForwarding needs Aurora PostgreSQL 14.9, 15.4, 16 or newer, got ${full}`,
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

/** Read when it is needed: the class it belongs to takes longer to load than this whole library. */
function defaultVersion(): rds.AuroraPostgresEngineVersion {
  return rds.AuroraPostgresEngineVersion.VER_16_11;
}
