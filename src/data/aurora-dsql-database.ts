import { Size, Stack, Token } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { fail, Problems } from '../core/private/fail';
import { knownRegion, partitionOf } from '../core/private/tokens';
import type { DatabaseBindOptions, DatabaseConfig, IDatabase } from './database-ref';
import { DsqlCluster } from './private/dsql-cluster';
import { requirePeers } from './private/dsql-peers';
import { placeInstances } from './private/instance-placement';
import { LONGEST_DATABASE_SYSTEM_NAME, requireSystemName } from './private/physical-names';

/** One database in two Regions, with a witness in a third. */
export interface DsqlMultiRegion {
  /**
   * The Region that keeps a limited window of encrypted transaction logs and no data to read, so that writes go on while any one of the
   * three Regions is gone. In one group with the other two: the Americas, Europe or Asia-Pacific.
   */
  readonly witnessRegion: string;
  /**
   * ARNs of both clusters, as the outputs `DsqlClusterArn` of their stacks say them. Written out, because Amazon Aurora DSQL makes ids up, and no
   * stack asks one in another Region. They stay, in either Region's template, for good.
   *
   * @default - not known yet: of the system only the two stacks of its clusters (`…-Database`) can be deployed
   */
  readonly clusterArns?: string[];
}

/** Properties of Amazon Aurora DSQL. */
export interface AuroraDsqlProps {
  /**
   * Keep the database in two Regions, both of which take writes. Choose before there is data: a cluster of one Region never becomes one of
   * two. The system needs a `CrossRegionDr`.
   *
   * @default - in one Region, over three Availability Zones
   */
  readonly multiRegion?: DsqlMultiRegion;
  /**
   * How large AWS lets the cluster become, by the account's quota: an alarm goes off at 80 % of it. Beyond it writes fail (`DISK_FULL`).
   *
   * @default Size.tebibytes(10) - the quota that nobody has raised
   * @see https://docs.aws.amazon.com/aurora-dsql/latest/userguide/CHAP_quotas.html
   */
  readonly storageQuota?: Size;
}

/**
 * Amazon Aurora DSQL: a serverless, distributed database that speaks a subset of PostgreSQL. Every write is in three Availability Zones before it is
 * answered, or, with `multiRegion`, in two of three Regions; there is no instance, failover, password or maintenance window.
 *
 * **For applications that were written for it.** It has no triggers, PL/pgSQL, extensions, temporary tables, `SAVEPOINT` or `TRUNCATE`; a transaction
 * changes at most 3,000 rows and 10 MiB and lasts at most five minutes, a connection at most an hour, and a transaction that meets another one
 * is aborted when it commits: the application tries again. HAPI FHIR, OpenMRS, OpenEMR and other software made for a whole PostgreSQL or MySQL do not
 * run on it unchanged.
 *
 * Clients come in through an interface endpoint of AWS PrivateLink in the system's subnets, over TLS, and sign in by IAM: the application's role may
 * `dsql:DbConnect`, and an administrator links it to a database role with `AWS IAM GRANT`, once in each Region, whose roles are two. From
 * outside of VPCs nobody connects, whatever IAM says.
 *
 * AWS Backup makes full snapshots, which are restored to a new cluster; there is no restore to a moment. Opt in to Aurora DSQL in AWS Backup, in
 * every Region. Charged are transactions (DPU), storage, each in both Regions with `multiRegion`, and the interface endpoint by the hour and zone.
 *
 * @see https://docs.aws.amazon.com/aurora-dsql/latest/userguide/working-with-postgresql-compatibility-unsupported-features.html
 * @see https://docs.aws.amazon.com/aurora-dsql/latest/userguide/disaster-recovery-resiliency.html
 */
export class AuroraDsqlDatabase implements IDatabase {
  private readonly props: AuroraDsqlProps;

  /** @throws InvalidDatabase naming everything that is wrong */
  public constructor(props: AuroraDsqlProps = {}) {
    this.props = props;
    const problems = new Problems(undefined, 'InvalidDatabase');
    const quota = props.storageQuota?.toBytes();
    problems.require(quota === undefined || quota > 0, `storageQuota must be more than nothing, got ${quota} bytes`);
    if (props.multiRegion) {
      requirePeers(problems, props.multiRegion);
    }
    problems.throwIfAny();
  }

  /**
   * Called by the system; do not call this yourself.
   *
   * @throws InvalidSystemName when physical names cannot be made of the system's name
   * @throws TooFewZones when the subnets are in one zone
   * @throws DatabaseInPublicSubnet when a subnet is public
   * @throws DsqlNotOffered in GovCloud (US) and China
   * @throws DsqlCannotBeRestored when it is to be made from a recovery point
   * @throws InvalidDsqlRegions when its Regions are in different groups, or are not those of `clusterArns`
   */
  public bind(scope: Construct, options: DatabaseBindOptions): DatabaseConfig {
    requireSystemName(scope, options.systemName, LONGEST_DATABASE_SYSTEM_NAME);
    const { multiRegion, storageQuota = Size.tebibytes(10) } = this.props;
    if (multiRegion) {
      knownRegion(scope, 'the clusters of its database are named by their Regions');
    }
    requireOffered(scope);
    if (options.restoredFrom) {
      fail(
        scope,
        'DsqlCannotBeRestored',
        `CloudFormation makes no cluster of Amazon Aurora DSQL from a recovery point, got ${options.restoredFrom}; restore it with AWS Backup to a new cluster, and move the records`,
      );
    }
    const { subnets } = placeInstances(scope, options.vpc, options.subnets);
    return new DsqlCluster(scope, { multiRegion, storageQuota, subnets }, options).describe();
  }
}

/** Verified of the commercial Regions only: https://docs.aws.amazon.com/general/latest/gr/dsql.html */
function requireOffered(scope: Construct): void {
  const { region } = Stack.of(scope);
  if (!Token.isUnresolved(region) && partitionOf(region) !== 'aws') {
    fail(
      scope,
      'DsqlNotOffered',
      `Amazon Aurora DSQL is in the commercial Regions of AWS, got ${region}; use Database.auroraPostgres()`,
    );
  }
}
