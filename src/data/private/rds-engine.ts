import * as rds from 'aws-cdk-lib/aws-rds';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import type { EngineLimit } from './aurora-engine';

/** What differs between the engines of Amazon RDS. Everything else is shared. */
export interface RdsEngine {
  /** The engine's name in CloudFormation. */
  readonly name: string;
  /** The full version, as CloudFormation takes it. */
  readonly version: string;
  /** The engine as CDK knows it. */
  readonly instanceEngine: rds.IInstanceEngine;
  /** Logs that go to CloudWatch, each with the id of its log group. */
  readonly logs: { readonly [log: string]: string };
  /** Parameters, of an instance or of a cluster. */
  readonly parameters: { readonly [name: string]: string };
  /** Options; a Multi-AZ DB cluster has none. */
  readonly options: rds.OptionConfiguration[];
  /** Port, where none is asked for. */
  readonly defaultPort: number;
  /** Whether IAM can let applications in. */
  readonly iamAuthentication: boolean;
  /** The function that rotates the password; without one Amazon RDS manages it. */
  readonly rotation?: secretsmanager.SecretRotationApplication;
  /** A limit of the engine that stops all writes. */
  readonly limit?: EngineLimit;
  /** Whether a replica in another Region is made with a parameter group; without that it is given one afterwards. */
  readonly replicaTakesParameters?: boolean;
  /** Whether a replica is in one zone, without backups, and with the passwords of the moment it was made, until it is promoted. */
  readonly bareReplica?: boolean;
}

/** https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/PostgreSQL.Concepts.General.SSL.html */
export function rdsPostgresEngine(version: rds.PostgresEngineVersion): RdsEngine {
  return {
    name: 'postgres',
    version: version.postgresFullVersion,
    instanceEngine: rds.DatabaseInstanceEngine.postgres({ version }),
    logs: { postgresql: 'PostgresqlLog', upgrade: 'UpgradeLog' },
    // statements are not logged by duration, because their text carries patients' data into the log
    parameters: {
      'rds.force_ssl': '1',
      log_connections: '1',
      log_disconnections: '1',
      log_lock_waits: '1',
      log_statement: 'ddl',
    },
    options: [],
    defaultPort: 5433,
    iamAuthentication: true,
    rotation: secretsmanager.SecretRotationApplication.POSTGRES_ROTATION_SINGLE_USER,
    limit: {
      id: 'TransactionIdAlarm',
      metricName: 'MaximumUsedTransactionIDs',
      threshold: 1_000_000_000, // PostgreSQL stops taking writes near 2.1 thousand million; this leaves weeks to act
      description: 'Vacuum falls behind; PostgreSQL refuses writes at about 2.1 thousand million transactions',
    },
  };
}

/**
 * The general and the slow query log hold queries, and with them patients' data. They are off; they are exported so that whoever
 * turns one on finds it in a log group that is encrypted. The audit log names connections, rights and tables.
 *
 * https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Appendix.MySQL.Options.AuditPlugin.html
 */
export function rdsMysqlEngine(version: rds.MysqlEngineVersion): RdsEngine {
  return {
    name: 'mysql',
    version: version.mysqlFullVersion,
    instanceEngine: rds.DatabaseInstanceEngine.mysql({ version }),
    logs: { audit: 'AuditLog', error: 'ErrorLog', general: 'GeneralLog', slowquery: 'SlowQueryLog' },
    parameters: {
      require_secure_transport: '1',
      character_set_server: 'utf8mb4', // every script, and the symbols of medication names
      collation_server: 'utf8mb4_0900_ai_ci',
      general_log: '0',
      slow_query_log: '0',
      log_output: 'FILE',
    },
    options: [{ name: 'MARIADB_AUDIT_PLUGIN', settings: { SERVER_AUDIT_EVENTS: 'CONNECT,QUERY_DCL,QUERY_DDL' } }],
    defaultPort: 3307,
    iamAuthentication: true,
    rotation: secretsmanager.SecretRotationApplication.MYSQL_ROTATION_SINGLE_USER,
    replicaTakesParameters: true, // and of these engines MySQL alone, says CreateDBInstanceReadReplica
  };
}

/**
 * A password that Amazon RDS manages stays in its Region, so what has a replica there has a secret of its own, which is rotated.
 *
 * https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/SQLServer.Concepts.General.SSL.Using.html
 * https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/SQLServer.ReadReplicas.html
 */
export function sqlServerEngine(
  version: rds.SqlServerEngineVersion,
  enterprise: boolean,
  replicable: boolean,
): RdsEngine {
  return {
    name: enterprise ? 'sqlserver-ee' : 'sqlserver-se',
    version: version.sqlServerFullVersion,
    instanceEngine: enterprise
      ? rds.DatabaseInstanceEngine.sqlServerEe({ version })
      : rds.DatabaseInstanceEngine.sqlServerSe({ version }),
    logs: { agent: 'AgentLog', error: 'ErrorLog' },
    parameters: { 'rds.force_ssl': '1', 'rds.tls10': 'disabled', 'rds.tls11': 'disabled' },
    options: [],
    defaultPort: 1435, // 1434 is the SQL Server Browser's, which Amazon RDS refuses
    iamAuthentication: false, // Windows authentication instead
    rotation: replicable ? secretsmanager.SecretRotationApplication.SQLSERVER_ROTATION_SINGLE_USER : undefined,
    bareReplica: true,
  };
}

/**
 * Native network encryption, because every connection can be made to use it; TLS in RDS for Oracle is a second port beside the plain one.
 * Trace files can hold the text of a statement that failed.
 *
 * https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Appendix.Oracle.Options.NetworkEncryption.html
 */
export function oracleEngine(instanceEngine: rds.IInstanceEngine): RdsEngine {
  return {
    name: instanceEngine.engineType,
    version: instanceEngine.engineVersion?.fullVersion ?? '',
    instanceEngine,
    logs: { alert: 'AlertLog', audit: 'AuditLog', listener: 'ListenerLog', oemagent: 'OemAgentLog', trace: 'TraceLog' },
    parameters: { audit_trail: 'OS' }, // who did what, without the text of statements
    options: [
      {
        name: 'NATIVE_NETWORK_ENCRYPTION',
        settings: {
          'SQLNET.ENCRYPTION_SERVER': 'REQUIRED',
          'SQLNET.ENCRYPTION_TYPES_SERVER': 'AES256',
          'SQLNET.CRYPTO_CHECKSUM_SERVER': 'REQUIRED',
          'SQLNET.CRYPTO_CHECKSUM_TYPES_SERVER': 'SHA256',
          'SQLNET.ALLOW_WEAK_CRYPTO': 'FALSE',
        },
      },
    ],
    defaultPort: 1522,
    iamAuthentication: false,
  };
}
