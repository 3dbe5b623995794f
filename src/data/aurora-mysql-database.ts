import type { Duration } from 'aws-cdk-lib';
import * as rds from 'aws-cdk-lib/aws-rds';
import type { Construct } from 'constructs';
import { Problems } from '../core/private/fail';
import type { AuroraDatabaseProps } from './aurora-database-props';
import type { DatabaseBindOptions, DatabaseConfig, IDatabase } from './database-ref';
import { bindAurora } from './private/aurora-binding';
import { auroraMysqlNumbers, mysqlEngine } from './private/aurora-engine';
import { RESERVED_MYSQL_NAMES, requireDatabaseName, requirePlace } from './private/database-checks';

/** Properties of Aurora MySQL. */
export interface AuroraMysqlProps extends AuroraDatabaseProps {
  /**
   * Version of the engine: version 3, which is compatible with MySQL 8.0. Both Regions of a replicated database must run the
   * same one. Minor upgrades happen by themselves in the maintenance window, except in a global database, whose members are
   * upgraded by changing this: the recovery Region first, then the first Region. A deployment with another major version upgrades the
   * cluster at once, and its rollback does not take that back.
   *
   * @default AuroraMysqlEngineVersion.VER_3_10_4
   * @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-global-database-upgrade.html
   */
  readonly engineVersion?: rds.AuroraMysqlEngineVersion;
  /**
   * How far the cluster can be rewound in place, without a restore: 1 second to 72 hours. Charged by the changes it keeps.
   * Only a cluster that was made with it can have it, and one that has it cannot follow into another Region.
   *
   * @default - it cannot be rewound; a bad change is undone by a point-in-time restore
   * @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/AuroraMySQL.Managing.Backtrack.html
   */
  readonly backtrackWindow?: Duration;
}

/**
 * Aurora MySQL: instances in different zones, forced TLS, utf8mb4, an audit log without patients' data, encryption with a
 * customer key, IAM authentication, 35 days of continuous backup, deletion protection, credentials that rotate every 30 days.
 *
 * Everything is made in the scope given to `bind`. In another Region the same definition, bound with `replicaOf`, makes a
 * member of the same global database.
 */
export class AuroraMysqlDatabase implements IDatabase {
  private readonly props: AuroraMysqlProps;

  /** @throws InvalidDatabase naming everything that is wrong */
  public constructor(props: AuroraMysqlProps) {
    this.props = props;
    const problems = new Problems(undefined, 'InvalidDatabase');
    requireDatabaseName(problems, props.databaseName, RESERVED_MYSQL_NAMES);
    requireEngine(problems, props.engineVersion ?? defaultVersion());
    requirePlace(problems, props.port, props.quietHour);
    requireBacktrack(problems, props);
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
    const engine = mysqlEngine(this.props.engineVersion ?? defaultVersion());
    const { backtrackWindow } = this.props;
    return bindAurora(scope, this.props, { engine, defaultPort: 3307, backtrackWindow }, options);
  }
}

/** https://docs.aws.amazon.com/AmazonRDS/latest/AuroraMySQLReleaseNotes/AuroraMySQL.release-calendars.html */
function requireEngine(problems: Problems, version: rds.AuroraMysqlEngineVersion): void {
  const [major, minor] = auroraMysqlNumbers(version);
  problems.require(
    major > 3 || (major === 3 && minor >= 4),
    `engineVersion must be Aurora MySQL 3.04 or newer, got ${version.auroraMysqlFullVersion}: older ones are out of standard support`,
  );
}

function requireBacktrack(problems: Problems, { backtrackWindow, globalDatabase }: AuroraMysqlProps): void {
  if (!backtrackWindow) {
    return;
  }
  const known = !backtrackWindow.isUnresolved();
  const seconds = known ? backtrackWindow.toSeconds({ integral: false }) : Number.NaN;
  problems.require(
    seconds >= 1 && seconds <= 259_200,
    `backtrackWindow must be 1 second to 72 hours known at synthesis, got ${known ? backtrackWindow.toHumanString() : 'a token'}`,
  );
  problems.require(
    globalDatabase !== true,
    'backtrackWindow and globalDatabase exclude each other: a global database cannot be rewound; leave one out',
  );
}

/** Read when it is needed: the class it belongs to takes longer to load than this whole library. */
function defaultVersion(): rds.AuroraMysqlEngineVersion {
  return rds.AuroraMysqlEngineVersion.VER_3_10_4;
}
