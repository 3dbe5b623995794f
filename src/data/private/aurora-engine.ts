import * as rds from 'aws-cdk-lib/aws-rds';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';

/** A metric that is the engine's own, and when it is a reason to act. */
export interface EngineLimit {
  readonly id: string;
  readonly metricName: string;
  readonly threshold: number;
  readonly description: string;
}

/** What differs between the engines that Aurora is compatible with. Everything else is shared. */
export interface AuroraEngine {
  /** The engine's name in CloudFormation. */
  readonly name: string;
  /** The full version, as CloudFormation takes it. */
  readonly version: string;
  /** Logs that go to CloudWatch, each with the id of its log group. */
  readonly logs: { readonly [log: string]: string };
  /** Cluster parameters. */
  readonly parameters: { readonly [name: string]: string };
  /**
   * Cluster parameters that let a copy forward writes. A session waits for what it wrote itself, and not for others: a copy that waited for
   * all would not be read either while the other Region is gone.
   */
  readonly forwarding: { readonly [name: string]: string };
  /** Whether an idle serverless cluster of this version can pause at 0 ACU. */
  readonly pauses: boolean;
  /** The one limit of the engine that stops or slows all writes. */
  readonly limit: EngineLimit;
  /** The function that rotates the password. */
  readonly rotation: secretsmanager.SecretRotationApplication;
  /** The engine as CDK knows it. */
  readonly clusterEngine: rds.IClusterEngine;
}

/**
 * Statements are not logged by duration, because their text carries patients' data into the log.
 * https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/AuroraPostgreSQL.Reference.ParameterGroups.html
 */
export function postgresEngine(version: rds.AuroraPostgresEngineVersion): AuroraEngine {
  const [major, minor] = versionNumbers(version.auroraPostgresFullVersion);
  return {
    name: 'aurora-postgresql',
    version: version.auroraPostgresFullVersion,
    logs: { postgresql: 'Log' },
    parameters: {
      'rds.force_ssl': '1',
      log_connections: '1',
      log_disconnections: '1',
      log_lock_waits: '1',
      log_statement: 'ddl',
    },
    forwarding: { 'apg_write_forward.consistency_mode': 'session' },
    pauses: minor >= (LEAST_PAUSING_POSTGRES[major] ?? 0),
    limit: {
      id: 'TransactionIdAlarm',
      metricName: 'MaximumUsedTransactionIDs',
      threshold: 1_000_000_000, // PostgreSQL stops taking writes near 2.1 thousand million; this leaves weeks to act
      description: 'Vacuum falls behind; PostgreSQL refuses writes at about 2.1 thousand million transactions',
    },
    rotation: secretsmanager.SecretRotationApplication.POSTGRES_ROTATION_SINGLE_USER,
    clusterEngine: rds.DatabaseClusterEngine.auroraPostgres({ version }),
  };
}

/**
 * The audit log names who connected and who changed tables or rights. Queries are in none of the logs: their text carries patients'
 * data. The general and the slow query log, which would hold them, are off; they are exported so that whoever turns one on finds it
 * in a log group that is encrypted.
 *
 * https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/AuroraMySQL.Auditing.html
 */
export function mysqlEngine(version: rds.AuroraMysqlEngineVersion): AuroraEngine {
  const [major, minor] = auroraMysqlNumbers(version);
  return {
    name: 'aurora-mysql',
    version: version.auroraMysqlFullVersion,
    logs: { audit: 'AuditLog', error: 'ErrorLog', general: 'GeneralLog', slowquery: 'SlowQueryLog' },
    parameters: {
      require_secure_transport: 'ON',
      character_set_server: 'utf8mb4', // every script, and the symbols of medication names
      collation_server: 'utf8mb4_0900_ai_ci',
      server_audit_logging: '1',
      server_audit_events: 'CONNECT,QUERY_DCL,QUERY_DDL',
      general_log: '0',
      slow_query_log: '0',
      log_output: 'FILE',
    },
    forwarding: { aurora_replica_read_consistency: 'SESSION' }, // without it Aurora MySQL forwards nothing
    pauses: major > 3 || minor >= 8,
    limit: {
      id: 'HistoryListAlarm',
      metricName: 'RollbackSegmentHistoryListLength',
      threshold: 1_000_000,
      description:
        'Purging falls behind, usually behind one long transaction; every query slows down and a shutdown takes longer',
    },
    rotation: secretsmanager.SecretRotationApplication.MYSQL_ROTATION_SINGLE_USER,
    clusterEngine: rds.DatabaseClusterEngine.auroraMysql({ version }),
  };
}

/** Minor versions that can pause. https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-serverless-v2-auto-pause.html */
const LEAST_PAUSING_POSTGRES: Record<number, number> = { 14: 12, 15: 7, 16: 3 };

/** `3.10` of `8.0.mysql_aurora.3.10.4`; not numbers where it is written otherwise. */
export function auroraMysqlNumbers(version: rds.AuroraMysqlEngineVersion): [number, number] {
  return versionNumbers(version.auroraMysqlFullVersion.split('mysql_aurora.')[1] ?? '');
}

function versionNumbers(version: string): [number, number] {
  const [major, minor] = version.split('.').map(Number);
  return [major, minor ?? 0];
}
