import { Stack, Token } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as rds from 'aws-cdk-lib/aws-rds';
import type { Construct } from 'constructs';
import type { Licence } from '../core';
import { acknowledge } from '../core/private/acknowledgements';
import { Problems } from '../core/private/fail';
import { ManagedPolicyRole } from '../core/private/managed-policy-role';
import type { DatabaseBindOptions, DatabaseConfig, IDatabase } from './database-ref';
import { SQL_SERVER_GP3 } from './private/gp3-performance';
import { LONGEST_DATABASE_SYSTEM_NAME, requireSystemName } from './private/physical-names';
import { sqlServerEngine } from './private/rds-engine';
import { RdsInstance } from './private/rds-instance';
import { RdsReplica } from './private/rds-replica';
import { commonSettings, type RdsExtras, type RdsSettings, refuseReplica, requireCommon } from './private/rds-settings';
import type { RdsDatabaseProps } from './rds-database-props';

/** The editions of SQL Server that Amazon RDS keeps a standby of in every version. Express has none; Web may not serve a clinic. */
export enum SqlServerEdition {
  /** Standard Edition. */
  STANDARD = 'STANDARD',
  /** Enterprise Edition. */
  ENTERPRISE = 'ENTERPRISE',
}

/** Properties of Microsoft SQL Server on Amazon RDS. */
export interface RdsSqlServerProps extends RdsDatabaseProps {
  /**
   * Edition. Its licence is in the price of the instance, and of the standby.
   *
   * @default SqlServerEdition.STANDARD
   */
  readonly edition?: SqlServerEdition;
  /**
   * Version of the engine: SQL Server 2019 or newer.
   *
   * @default SqlServerEngineVersion.VER_16_00_4236_2_V1 - SQL Server 2022
   */
  readonly engineVersion?: rds.SqlServerEngineVersion;
  /**
   * Name of the database that applications connect to. Amazon RDS makes none for SQL Server: the application's installer does,
   * and RDS takes it over to the standby by itself.
   *
   * @default 'master'
   */
  readonly databaseName?: string;
  /**
   * Server collation, for example `SQL_Latin1_General_CP1_CS_AS`. It cannot be changed later.
   *
   * @default 'SQL_Latin1_General_CP1_CI_AS'
   * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Appendix.SQLServer.CommonDBATasks.Collation.html
   */
  readonly collation?: string;
  /**
   * Time zone of the server, for example `Eastern Standard Time`. It cannot be changed later.
   *
   * @default - UTC
   * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/SQLServer.Concepts.General.TimeZone.html
   */
  readonly timezone?: string;
  /**
   * Directory of AWS Managed Microsoft AD to join, for example `d-90670a8d36`, so that people and services log on with Windows
   * authentication. A recovery Region needs a directory of its own, or a replicated one.
   *
   * @default - SQL Server authentication only
   * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_SQLServerWinAuth.html
   */
  readonly directoryId?: string;
  /**
   * Lets it follow into another Region as a read replica, and says how the hospital keeps logins the same in both, for example `DBA-14: every
   * login is made in both Regions with one SID; people sign in by the directory`. Amazon RDS replicates databases and their users. Logins,
   * server roles and jobs are in the replica as they were when it was made: later ones, and passwords changed later, are not. `CrossRegionDr`
   * gives the promoted replica the password of the system's own secret, and of no other login.
   *
   * It takes Enterprise Edition up to SQL Server 2022, and instances of four vCPUs or more. The password is then in a secret of the system,
   * rotated every 30 days, instead of managed by Amazon RDS. The replica costs as much as an instance without a standby, licence included. It
   * waits in one zone and without backups, which Amazon RDS gives no replica of SQL Server, and nobody is sure to sign in before it is promoted: so it
   * takes a pilot light.
   *
   * @default - it follows into no other Region, and is recovered from copies of its backups
   * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/SQLServer.ReadReplicas.ObjectSynchronization.html
   */
  readonly acknowledgeLoginsNotReplicated?: string;
}

const NO_REPLICA =
  'a read replica of SQL Server takes Enterprise Edition, and does not get logins or passwords that change later; say with acknowledgeLoginsNotReplicated how the hospital keeps them the same, recover from copies of backups, or run SQL Server on Amazon EC2 with a distributed availability group';
const LICENSING = 'https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/SQLServer.Concepts.General.Licensing.html';

/**
 * Microsoft SQL Server on Amazon RDS, with a standby in another zone that nobody reads from: for laboratory, imaging and reporting
 * systems whose vendor wants it. Amazon RDS keeps and rotates the password, every seven days, unless a replica is to follow it.
 */
export class RdsSqlServerDatabase implements IDatabase {
  private readonly props: RdsSqlServerProps;

  /** @throws InvalidDatabase naming everything that is wrong */
  public constructor(props: RdsSqlServerProps) {
    this.props = props;
    const problems = new Problems(undefined, 'InvalidDatabase');
    requireCommon(problems, props, SQL_SERVER_GP3);
    requireEngine(problems, props.engineVersion ?? defaultVersion());
    requireFreePort(problems, props.port);
    requireReplicable(problems, props);
    problems.require(
      props.databaseName === undefined ||
        Token.isUnresolved(props.databaseName) ||
        /^[^\s;[\]{}"']{1,128}$/.test(props.databaseName),
      `databaseName must be 1 to 128 characters without spaces, quotes, brackets or semicolons, got ${JSON.stringify(props.databaseName)}`,
    );
    problems.require(
      props.directoryId === undefined ||
        Token.isUnresolved(props.directoryId) ||
        /^d-[0-9a-f]{10}$/.test(props.directoryId),
      `directoryId must be d- and ten hexadecimal digits, got ${JSON.stringify(props.directoryId)}`,
    );
    problems.throwIfAny();
  }

  /**
   * Called by the system; do not call this yourself.
   *
   * @throws InvalidSystemName when physical names cannot be made of the system's name
   * @throws TooFewZones when the subnets are in one zone
   * @throws DatabaseInPublicSubnet when a subnet is public
   * @throws DatabaseCannotReplicate when it is to be a replica
   */
  public bind(scope: Construct, options: DatabaseBindOptions): DatabaseConfig {
    requireSystemName(scope, options.systemName, LONGEST_DATABASE_SYSTEM_NAME);
    const enterprise = this.props.edition === SqlServerEdition.ENTERPRISE;
    const { engineVersion = defaultVersion(), acknowledgeLoginsNotReplicated: loginsKeptBy } = this.props;
    const settings: RdsSettings = {
      ...commonSettings(this.props, sqlServerEngine(engineVersion, enterprise, loginsKeptBy !== undefined)),
      databaseName: this.props.databaseName ?? 'master',
      makesDatabase: false, // CloudFormation and Amazon RDS refuse a name for this engine
      extras: this.extras(scope),
      licences: [licence(enterprise)],
      loginsKeptBy,
      replicationAlternative: loginsKeptBy === undefined ? NO_REPLICA : undefined,
    };
    if (options.replicaOf && loginsKeptBy !== undefined) {
      return new RdsReplica(scope, settings, options, options.replicaOf).describe();
    }
    refuseReplica(scope, settings, options);
    return new RdsInstance(scope, settings, options).describe();
  }

  private extras(scope: Construct): RdsExtras {
    const { collation, timezone, directoryId } = this.props;
    return {
      licenseModel: rds.LicenseModel.LICENSE_INCLUDED,
      characterSetName: collation,
      timezone,
      ...(directoryId ? { domain: directoryId, domainRole: directoryRole(scope) } : {}),
    };
  }
}

function licence(enterprise: boolean): Licence {
  return {
    product: `Microsoft SQL Server ${enterprise ? 'Enterprise' : 'Standard'} Edition`,
    model: 'license-included',
    copies:
      'The price of a Multi-AZ DB instance includes the licence of its standby, which cannot be read, and that of a read replica its own; no licence of yours may be brought',
    source: LICENSING,
  };
}

/** https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_SQLServerWinAuth.SettingUp.html */
function directoryRole(scope: Construct): iam.Role {
  const policy = 'service-role/AmazonRDSDirectoryServiceAccess';
  const conditions = { StringEquals: { 'aws:SourceAccount': Stack.of(scope).account } };
  const role = new ManagedPolicyRole(scope, 'DirectoryRole', {
    description: 'Lets Amazon RDS join the directory',
    assumedBy: new iam.CompositePrincipal(
      new iam.ServicePrincipal('rds.amazonaws.com', { conditions }),
      new iam.ServicePrincipal('directoryservice.rds.amazonaws.com', { conditions }),
    ),
    managedPolicies: [iam.ManagedPolicy.fromAwsManagedPolicyName(policy)],
  });
  acknowledge(role, 'awsManagedServicePolicy', [`Policy::arn:<AWS::Partition>:iam::aws:policy/${policy}`]);
  return role;
}

/** https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBInstance.html */
function requireFreePort(problems: Problems, port: number | undefined): void {
  const taken = [1234, 1434, 3260, 3343, 3389, 47001];
  problems.require(
    port === undefined || !(taken.includes(port) || (port >= 49152 && port <= 49156)),
    `port must not be one that Amazon RDS for SQL Server keeps for itself (${taken.join(', ')}, 49152 to 49156), got ${port}`,
  );
}

/** https://learn.microsoft.com/lifecycle/products/sql-server-2017: extended support ends in October 2027, RDS offers it no longer for new ones. */
function requireEngine(problems: Problems, version: rds.SqlServerEngineVersion): void {
  const full = version.sqlServerFullVersion;
  problems.require(
    Number(full.split('.')[0]) >= 15,
    `engineVersion must be SQL Server 2019 (15) or newer, got ${full}: an instance made now should not start on an engine near its end`,
  );
}

/** https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/SQLServer.ReadReplicas.html */
function requireReplicable(problems: Problems, props: RdsSqlServerProps): void {
  const { acknowledgeLoginsNotReplicated: logins, edition, engineVersion = defaultVersion() } = props;
  const instanceType = props.instanceType.toString();
  if (logins === undefined) {
    return;
  }
  problems.require(
    logins.trim() !== '',
    'acknowledgeLoginsNotReplicated is empty; name the procedure that keeps logins the same in both Regions: whoever promotes the replica reads it',
  );
  problems.require(
    edition === SqlServerEdition.ENTERPRISE,
    `a read replica takes edition ENTERPRISE, got ${edition ?? SqlServerEdition.STANDARD}; leave out acknowledgeLoginsNotReplicated, and recover from copies of backups`,
  );
  problems.require(
    Number(engineVersion.sqlServerFullVersion.split('.')[0]) <= 16,
    `a read replica takes SQL Server 2022 (16) or older, got ${engineVersion.sqlServerFullVersion}`,
  );
  problems.require(
    Token.isUnresolved(instanceType) || !/\.(nano|micro|small|medium|large)$/.test(instanceType),
    `a read replica takes instances of four vCPUs or more, such as r6i.xlarge, got ${instanceType}`,
  );
}

/** Read when it is needed: the class it belongs to takes longer to load than this whole library. */
function defaultVersion(): rds.SqlServerEngineVersion {
  return rds.SqlServerEngineVersion.VER_16_00_4236_2_V1;
}
