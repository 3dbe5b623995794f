import type { Duration } from 'aws-cdk-lib';
import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import { Problems } from '../core/private/fail';

/** Options of an RDS Proxy. */
export interface DatabaseProxyOptions {
  /**
   * How many of the connections that the database allows the proxy may open, in percent, 1 to 100. What is left is for migrations, rotation
   * and people.
   *
   * @default 90
   */
  readonly maxConnectionsPercent?: number;
  /**
   * How long a client waits for a connection while all are busy, or while the database fails over, 0 to 300 seconds. In a standby Region nobody
   * writes, so an application that tries the writer there first waits for this long.
   *
   * @default - 120 seconds, as the service decides
   */
  readonly borrowTimeout?: Duration;
  /**
   * How long a client may be silent until the proxy closes its connection, 1 minute to 8 hours.
   *
   * @default - 30 minutes, as the service decides
   */
  readonly idleClientTimeout?: Duration;
  /**
   * Where the proxy is, in two zones or more. **Amazon RDS has no proxies in some zones, such as `use1-az3`**: which of your account's zones
   * that is, `aws ec2 describe-availability-zones` says. Choose subnets without it; by name or type if the system also lives in another Region.
   *
   * @default - the subnets of the database
   * @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/rds-proxy.html
   */
  readonly subnets?: ec2.SubnetSelection;
}

/** Options of an RDS Proxy that IAM lets clients through. */
export interface DatabaseProxyIamOptions extends DatabaseProxyOptions {
  /**
   * The users of the database that the application connects as, 1 to 10. Make them yourself, and give them to IAM: `GRANT rds_iam TO app` in
   * PostgreSQL, `IDENTIFIED WITH AWSAuthenticationPlugin AS 'RDS'` in MySQL.
   *
   * @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/UsingWithRDS.IAMDBAuth.DBAccounts.html
   */
  readonly databaseUsers: string[];
}

/**
 * An Amazon RDS Proxy before a database: it keeps a pool of connections and hands them out, over TLS only.
 *
 * When the database fails over, connections of clients stay open and wait, instead of finding out by themselves; statements in flight still fail.
 * The budget for the failover stays what it is without. It takes some milliseconds of each statement, shares nothing between clients that use
 * session state or prepared statements (it pins them), and listens on the engine's own port: 5432 or 3306, whatever the database's is.
 *
 * Costs by the vCPU or ACU of the database, by the hour, and an interface endpoint for writing and one for reading.
 *
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/rds-proxy.html
 */
export class DatabaseProxy {
  /**
   * Clients give the user name and the password of the database's secret, which the proxy reads and follows when it is rotated. One Region
   * only: a proxy takes a secret by its whole ARN, which another Region cannot know.
   *
   * AWS has said both that clients of a database which IAM may also let in, as it may here, must use IAM, and that they must use passwords: try it
   * before you rely on it.
   *
   * @throws InvalidDatabaseProxy naming every value out of range
   */
  public static passwords(options: DatabaseProxyOptions = {}): DatabaseProxy {
    validate(options);
    return new DatabaseProxy(options);
  }

  /**
   * Clients give a token of IAM, and so does the proxy: no password at all. The application needs a driver that makes tokens, such as the AWS
   * Advanced JDBC Wrapper; its role gets the right to connect as the named users. Works in both Regions of an Aurora global database.
   *
   * @throws InvalidDatabaseProxy naming every mistake
   */
  public static iam(options: DatabaseProxyIamOptions): DatabaseProxy {
    validate(options, options.databaseUsers);
    return new DatabaseProxy(options, options.databaseUsers);
  }

  private constructor(
    /** @internal */
    public readonly _options: DatabaseProxyOptions,
    /** @internal The users of the database that IAM lets in; undefined where passwords do. */
    public readonly _databaseUsers?: string[],
  ) {}
}

function validate(
  { maxConnectionsPercent = 90, borrowTimeout, idleClientTimeout }: DatabaseProxyOptions,
  users?: string[],
): void {
  const problems = new Problems(undefined, 'InvalidDatabaseProxy');
  problems.require(
    Number.isInteger(maxConnectionsPercent) && maxConnectionsPercent >= 1 && maxConnectionsPercent <= 100,
    `maxConnectionsPercent must be 1 to 100, got ${maxConnectionsPercent}`,
  );
  for (const [name, value, least, most] of [
    ['borrowTimeout', borrowTimeout, 0, 300],
    ['idleClientTimeout', idleClientTimeout, 60, 28_800],
  ] as const) {
    const seconds = value?.isUnresolved() ? undefined : value?.toSeconds({ integral: false });
    problems.require(
      seconds === undefined || (Number.isInteger(seconds) && seconds >= least && seconds <= most),
      `${name} must be ${least} to ${most} whole seconds, got ${seconds}`,
    );
  }
  if (users) {
    problems.require(
      users.length >= 1 && users.length <= 10 && new Set(users).size === users.length,
      `databaseUsers must be 1 to 10 different names, got ${JSON.stringify(users)}`,
    );
    for (const user of users) {
      problems.require(
        /^[A-Za-z_][A-Za-z0-9_]{0,31}$/.test(user),
        `a database user must be 1 to 32 letters, digits and underscores, not starting with a digit, got ${JSON.stringify(user)}`,
      );
    }
  }
  problems.throwIfAny();
}
