import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import type { DatabaseProps } from './database-props';
import type { RdsStorage } from './rds-storage';

/** Properties of a database on Amazon RDS, whichever its engine. */
export interface RdsDatabaseProps extends DatabaseProps {
  /** Instance type. The standby has the same: after a failover it carries the load. */
  readonly instanceType: ec2.InstanceType;
  /** The disks. */
  readonly storage: RdsStorage;
  /**
   * More connections than this raise an alarm. Take it from the sum of the applications' pools: the engine's own limit follows
   * from memory and is not known here.
   *
   * @default - no alarm on connections
   */
  readonly expectedConnections?: number;
  /**
   * Have `CrossRegionDr` let Amazon RDS replicate automated backups, snapshots and transaction logs, to the recovery Region, under the landing's
   * key: what is restored there is minutes old instead of hours, and may be of any second of 35 days. For an instance, not for a Multi-AZ DB
   * cluster. It costs the transfer and the storage there. It goes on without the instance only until they expire, and stops where this is taken out.
   *
   * @default false - in the recovery Region there are the copies that AWS Backup makes
   * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_ReplicateBackups.html
   */
  readonly replicateBackups?: boolean;
}
