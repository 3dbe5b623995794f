import * as rds from 'aws-cdk-lib/aws-rds';
import type { Construct } from 'constructs';
import type { Licence } from '../core';
import { Problems } from '../core/private/fail';
import type { DatabaseBindOptions, DatabaseConfig, IDatabase } from './database-ref';
import { ORACLE_GP3 } from './private/gp3-performance';
import { LONGEST_DATABASE_SYSTEM_NAME, requireSystemName } from './private/physical-names';
import { oracleEngine } from './private/rds-engine';
import { RdsInstance } from './private/rds-instance';
import { commonSettings, type RdsSettings, refuseReplica, requireCommon } from './private/rds-settings';
import type { RdsDatabaseProps } from './rds-database-props';

/** The editions of Oracle Database on Amazon RDS. */
export enum OracleEdition {
  /** Standard Edition 2: at most 16 vCPUs; with a licence of yours, or one in the price. */
  STANDARD_TWO = 'STANDARD_TWO',
  /** Enterprise Edition: with a licence of yours only. */
  ENTERPRISE = 'ENTERPRISE',
}

/** Properties of Oracle Database on Amazon RDS. */
export interface RdsOracleProps extends RdsDatabaseProps {
  /** Edition. */
  readonly edition: OracleEdition;
  /**
   * Whose licence it is. Of yours, the standby needs one as well. Enterprise Edition takes `BRING_YOUR_OWN_LICENSE` only.
   */
  readonly licenseModel: rds.LicenseModel;
  /**
   * Version of the engine: 19c or 21c.
   *
   * @default - OracleEngineVersion.VER_19: the newest 19c that Amazon RDS has when the instance is made
   */
  readonly engineVersion?: rds.OracleEngineVersion;
  /**
   * Name of the database, and of the service applications connect to: 1 to 8 letters and digits, starting with a letter.
   * It cannot be changed later.
   *
   * @default 'ORCL'
   */
  readonly databaseName?: string;
  /**
   * A container database with one pluggable database in it, as 21c demands; without it, one plain database as before 21c.
   *
   * @default false
   * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Oracle.Concepts.CDBs.html
   */
  readonly container?: boolean;
  /**
   * Database character set. It cannot be changed later.
   *
   * @default 'AL32UTF8'
   */
  readonly characterSetName?: string;
}

const LICENSING = 'https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Oracle.Concepts.Licensing.html';

/**
 * Oracle Database on Amazon RDS, with a standby in another zone that nobody reads from. Every connection is encrypted by Oracle's native
 * network encryption. Amazon RDS keeps and rotates the password, every seven days.
 */
export class RdsOracleDatabase implements IDatabase {
  private readonly props: RdsOracleProps;

  /** @throws InvalidDatabase naming everything that is wrong */
  public constructor(props: RdsOracleProps) {
    this.props = props;
    const version = (props.engineVersion ?? defaultVersion()).oracleMajorVersion;
    const name = props.databaseName ?? 'ORCL';
    const problems = new Problems(undefined, 'InvalidDatabase');
    requireCommon(problems, props, ORACLE_GP3);
    problems.require(
      /^[A-Za-z][A-Za-z0-9]{0,7}$/.test(name),
      `databaseName must be 1 to 8 letters and digits, starting with a letter, got ${JSON.stringify(name)}`,
    );
    problems.require(
      version === '19' || version === '21',
      `engineVersion must be Oracle Database 19c or 21c, got ${version}: others are out of support`,
    );
    problems.require(
      version !== '21' || props.container === true,
      'Oracle Database 21c is a container database only; set container: true, or use 19c',
    );
    problems.require(
      props.edition !== OracleEdition.ENTERPRISE || props.licenseModel === rds.LicenseModel.BRING_YOUR_OWN_LICENSE,
      `Enterprise Edition needs a licence of yours, got ${props.licenseModel}; use LicenseModel.BRING_YOUR_OWN_LICENSE, or STANDARD_TWO`,
    );
    problems.require(
      props.licenseModel !== rds.LicenseModel.GENERAL_PUBLIC_LICENSE,
      `licenseModel must be BRING_YOUR_OWN_LICENSE or LICENSE_INCLUDED, got ${props.licenseModel}`,
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
    const { licenseModel, characterSetName } = this.props;
    const settings: RdsSettings = {
      ...commonSettings(this.props, oracleEngine(this.instanceEngine())),
      databaseName: this.props.databaseName ?? 'ORCL',
      makesDatabase: true,
      extras: { licenseModel, characterSetName: characterSetName ?? 'AL32UTF8' },
      licences: [this.licence()],
      replicationAlternative:
        'a mounted replica of Oracle Enterprise Edition could follow, but not while Amazon RDS manages the password, and this library does not make one; recover from copies of backups, or run Oracle on Amazon EC2 with Data Guard',
    };
    refuseReplica(scope, settings, options);
    return new RdsInstance(scope, settings, options).describe();
  }

  private instanceEngine(): rds.IInstanceEngine {
    const { edition, container } = this.props;
    const version = this.props.engineVersion ?? defaultVersion();
    if (edition === OracleEdition.ENTERPRISE) {
      return container
        ? rds.DatabaseInstanceEngine.oracleEeCdb({ version })
        : rds.DatabaseInstanceEngine.oracleEe({ version });
    }
    return container
      ? rds.DatabaseInstanceEngine.oracleSe2Cdb({ version })
      : rds.DatabaseInstanceEngine.oracleSe2({ version });
  }

  private licence(): Licence {
    const { edition, licenseModel } = this.props;
    const own = licenseModel === rds.LicenseModel.BRING_YOUR_OWN_LICENSE;
    return {
      product: `Oracle Database ${edition === OracleEdition.ENTERPRISE ? 'Enterprise Edition' : 'Standard Edition 2'}`,
      model: licenseModel,
      copies: own
        ? 'A Multi-AZ deployment needs a licence for the instance and for its standby'
        : 'The price of a Multi-AZ DB instance includes the licence of its standby, which cannot be read',
      source: LICENSING,
    };
  }
}

/** Read when it is needed: the class it belongs to takes longer to load than this whole library. */
function defaultVersion(): rds.OracleEngineVersion {
  return rds.OracleEngineVersion.VER_19;
}
