import type { DatabaseCapacity } from './database-capacity';
import type { DatabaseProps } from './database-props';
import type { DatabaseProxy } from './database-proxy';

/** Properties of an Aurora cluster, whichever engine it is compatible with. */
export interface AuroraDatabaseProps extends DatabaseProps {
  /**
   * Name of the database inside the cluster: letters, digits and underscores, at most 63, starting with a letter. It cannot
   * be changed later: the deployment is refused.
   */
  readonly databaseName: string;
  /**
   * Size and number of the instances. This is what the database costs; see README.md.
   *
   * @default - by tier: serverless with one reader and 8 to 64 ACU (2 to 32 for OPERATIONAL); for NON_PRODUCTION 0 to 4
   * without a reader
   */
  readonly capacity?: DatabaseCapacity;
  /**
   * Make the cluster the only member of an Aurora global database from the start, at no charge, so that a recovery Region
   * can be added later. A cluster that exists outside a global database cannot join one through CloudFormation:
   * `CrossRegionDr` works on a new database, or on one that was made with this.
   *
   * @default false - until `CrossRegionDr` asks for it
   */
  readonly globalDatabase?: boolean;
  /**
   * Let users whom a failure of the application sent to the recovery Region write while the database of the first Region still lives: their
   * writes are forwarded there, and lost with it. Each cluster forwards while it is the copy, so a failover changes nothing. Applications connect
   * to `{database.reader}` for it, and are limited: no DDL, `SAVEPOINT`, `LOCK`, cursors, functions of your own, or `SERIALIZABLE`, among others.
   * A session sees what it wrote itself; it waits for that, and for nothing else. Instances that run already may wait for a restart to take the
   * parameter. `false` turns it off again; left out, it stays as it is. See README.md before you count on it.
   *
   * @default - nothing can be written in the recovery Region before its cluster is promoted
   * @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-global-database-write-forwarding.html
   */
  readonly writeForwarding?: boolean;
  /**
   * A proxy before the database, which the application connects to instead.
   *
   * @default - none: the application connects to the database
   */
  readonly proxy?: DatabaseProxy;
}
