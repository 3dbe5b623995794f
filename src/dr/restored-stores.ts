/**
 * Which recovery points the stores of the recovery Region are made from: ARNs of the copies in the vault there. Once given, they stay:
 * a deployment without them, or with others, replaces what was restored, and what was written since is gone.
 */
export interface RestoredStores {
  /**
   * Of the database: a snapshot of Amazon RDS, its replicated automated backups (`auto-backup:…`), or a cluster snapshot of Aurora.
   *
   * @default - the system has no database
   */
  readonly database?: string;
  /**
   * The moment to restore the database to, in UTC, for example `2026-11-27T21:45:00Z`, where `database` names replicated backups. It stays, as
   * the ARN does.
   *
   * @default - the newest moment that they restore to
   */
  readonly databaseTime?: string;
  /**
   * Of each file share, by its name.
   *
   * @default - the system has no file shares
   */
  readonly files?: { [name: string]: string };
  /**
   * Of each table, by its name. Restore it before the deployment, under its own name and with the landing's key: the deployment takes it
   * over (`cdk deploy --import-existing-resources`).
   *
   * @default - the system has no tables
   */
  readonly tables?: { [name: string]: string };
  /**
   * Of each disk of a pair, by member and device, as `first /dev/sdf`: the id of the snapshot in the image that AWS Backup copied,
   * `snap-…`. Both members may be given snapshots of one, where the engine mirrors anew.
   *
   * @default - the compute keeps no data on disks
   */
  readonly disks?: { [name: string]: string };
}
