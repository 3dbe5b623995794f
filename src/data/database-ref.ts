import type { Duration } from 'aws-cdk-lib';
import type * as backup from 'aws-cdk-lib/aws-backup';
import type * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import type * as dsql from 'aws-cdk-lib/aws-dsql';
import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as rds from 'aws-cdk-lib/aws-rds';
import type * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import type * as sns from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import type { DataProtection, Licence, RecoveryCall, RecoveryStep, ResilienceObjectives } from '../core';
import type { IBackupReplication } from './backup-replication';
import type { HeadlessReplica } from './headless-replica';
import type { StoreRecovery } from './store-recovery';
import type { StoreRestoration } from './store-restoration';

/** What a database is told when it is bound to a system. */
export interface DatabaseBindOptions {
  /** The system's name; physical names start with it. */
  readonly systemName: string;
  /** The VPC to run in. */
  readonly vpc: ec2.IVpc;
  /** Subnets without a route to the internet. */
  readonly subnets: ec2.SubnetSelection;
  /** What the database must achieve. */
  readonly objectives: ResilienceObjectives;
  /** What becomes of the data when the system is removed. */
  readonly dataProtection: DataProtection;
  /**
   * Make a replica of a database in another Region.
   *
   * @default - an independent database
   */
  readonly replicaOf?: DatabaseReplicaSource;
  /**
   * Make it from a recovery point instead of empty: the ARN of one in this Region. For good: without it, or with another one, the next
   * deployment replaces what was restored.
   *
   * @default - it starts empty
   */
  readonly restoredFrom?: string;
  /**
   * The moment to restore to, in UTC, where `restoredFrom` names replicated backups.
   *
   * @default - the newest that they restore to; a snapshot has a moment of its own
   */
  readonly restoreTime?: string;
  /**
   * Who is told of failovers, failures and maintenance. The database makes the topic's policy, and that of its key, let Amazon
   * RDS publish; to a topic that was imported, whose policies it cannot change, nothing is sent.
   *
   * @default - nobody
   */
  readonly notifications?: sns.ITopic;
}

/** The Region a database is replicated to. Names only: nothing here is looked up in either Region. */
export interface DatabaseReplicationTarget {
  /** The recovery Region. */
  readonly region: string;
  /** ARN (of the key, or of an alias) of the customer key that encrypts the replicated credentials there. */
  readonly encryptionKeyArn: string;
}

/** What a replica must know of its source. Names only. */
export interface DatabaseReplicaSource {
  /** The Region of the source. */
  readonly region: string;
  /** Identifier that source and replica share, for example of an Aurora global database, or by which the replica knows its source. */
  readonly globalIdentifier: string;
  /**
   * Name of the credentials' secret: the same in both Regions.
   *
   * @default - there is none: people and applications sign in by IAM
   */
  readonly secretName?: string;
  /**
   * The key that encrypts the replicated credentials in this Region: the key itself, because permissions on an alias
   * reach nothing. `replicateTo` can only return an import by ARN here; replace it by the key you made.
   */
  readonly encryptionKey: kms.IKey;
  /**
   * Keep the replica without instances while users are in the other Region. Only asked of a database whose replication has a `headlessStart`.
   *
   * @default false
   */
  readonly headless?: boolean;
  /**
   * Whether users are in this Region, so that the replica was promoted, and a headless one has the instances of its definition.
   *
   * @default false
   */
  readonly serving?: boolean;
}

/** The clusters of an Aurora global database, by name: a plan that moves the writer knows both. */
export interface GlobalDatabaseMembers {
  /** Identifier of the global database. */
  readonly globalIdentifier: string;
  /** ARNs of its clusters: the first Region's, then the recovery Region's. */
  readonly clusterArns: string[];
}

/** How a database follows into another Region. */
export interface IDatabaseReplication {
  /** How far the copy may be behind when the Region is lost, as a budget. */
  readonly recoveryPoint: Duration;
  /**
   * Where the figure comes from: an AWS page, or the word `judgement` with a reason.
   *
   * @default - not stated
   */
  readonly recoveryPointSource?: string;
  /** What it takes to write in the other Region after this one is lost. */
  readonly promotion: RecoveryStep[];
  /**
   * Whether both Regions take writes all the time and agree on their order, so that nothing is promoted and nobody returns.
   *
   * @default false
   */
  readonly writesInBoth?: boolean;
  /**
   * Whether the template knows both sides. If not, nothing is replicated yet, and nothing that needs the database may be deployed.
   *
   * @default true
   */
  readonly linked?: boolean;
  /**
   * Alarms that `replicateTo` made, without actions. Empty before it is called. `CrossRegionDr` adds the actions.
   *
   * @default - none
   */
  readonly alarms?: cloudwatch.Alarm[];
  /**
   * After `replicateTo`: the members, where this is an Aurora global database.
   *
   * @default - it is none
   */
  readonly members?: GlobalDatabaseMembers;
  /**
   * After `replicateTo`: ARNs, made of names, of the DB instance and of its read replica, where promotion makes that a database of its own.
   *
   * @default - it is no read replica
   */
  readonly instanceArns?: string[];
  /**
   * After `replicateTo`: the command that makes the source take writes again, once it has caught up after a failover. Loses
   * nothing.
   *
   * @default - none
   */
  readonly returnCommand?: string;
  /**
   * After `replicateTo`: where promotion is for good, the commands that put a replica of what was promoted in the source's place. The last one
   * promotes it.
   *
   * @default - `returnCommand` returns, or nothing does
   */
  readonly returnByReplica?: string[];
  /**
   * After `replicateTo`: the command to type after the last of `returnByReplica`, where a replica does not learn of a changed password and has no
   * standby: it waits for the promotion, and gives it both.
   *
   * @default - there is nothing to complete
   */
  readonly returnCompletion?: string;
  /**
   * After `replicateTo`: the command that makes the source take writes again when the other Region is lost while it writes there. It asks
   * nothing of that Region. What was not yet replicated back is lost.
   *
   * @default - none
   */
  readonly reclaimCommand?: string;
  /**
   * After `replicateTo`: the command that lets the source take writes again where it stopped because its copy lags or is lost. Nothing bounds the
   * loss from then on.
   *
   * @default - it never stops for that
   */
  readonly resumeWritesCommand?: string;
  /**
   * Whether the copy may let nobody in before it is promoted, because it knows the passwords of the moment it was made. Compute then starts after
   * the promotion, and nothing is read before: it takes a pilot light.
   *
   * @default false
   */
  readonly signInAfterPromotion?: boolean;
  /**
   * What does not follow with the copy, and how the hospital keeps it the same in both Regions: the runbook says it.
   *
   * @default - everything follows
   */
  readonly unreplicated?: string;
  /**
   * Whether the copy takes writes before it is promoted, and sends them to the source: as long as that lives, and no longer.
   *
   * @default false
   */
  readonly forwardsWrites?: boolean;
  /**
   * What it takes until a copy that is kept without instances has one.
   *
   * @default - its copy cannot be kept without; `headlessAlternative` may say why
   */
  readonly headlessStart?: RecoveryStep[];
  /**
   * Where its copy cannot be kept without instances: why, and what to do.
   *
   * @default - nothing is known
   */
  readonly headlessAlternative?: string;
  /**
   * Called by `CrossRegionDr` on the source: adds to it what replication needs. Do not call this yourself. Calling it
   * again with the same target changes nothing.
   */
  replicateTo(target: DatabaseReplicationTarget): DatabaseReplicaSource;
}

/** Where to connect. */
export interface DatabaseEndpoints {
  /** Host that takes writes, in this Region. On a replica it answers after promotion. */
  readonly writer: string;
  /** Host that takes reads, in this Region. */
  readonly reader: string;
  /** Port. */
  readonly port: string;
  /** Name of the database. */
  readonly databaseName: string;
}

/** A bound database. */
export interface DatabaseConfig {
  /** Where to connect. */
  readonly endpoints: DatabaseEndpoints;
  /**
   * The credentials: a JSON secret with `username` and `password`.
   *
   * @default - none: whoever `iamConnectArns` lets in connects
   */
  readonly credentials?: secretsmanager.ISecret;
  /**
   * Name of the credentials' secret, the same in every Region, where it is rotated: whoever was given its value at start has to be
   * started again.
   *
   * @default - the credentials are not rotated
   */
  readonly rotatedSecretName?: string;
  /** The key that encrypts data and credentials. */
  readonly encryptionKey: kms.IKey;
  /** Who may connect. */
  readonly connections: ec2.Connections;
  /**
   * The users of the database, or the database, by ARN, that the application's role must be allowed to connect as, or to.
   *
   * @default - it connects with the credentials
   */
  readonly iamConnectArns?: string[];
  /**
   * The action of IAM that connects to `iamConnectArns`.
   *
   * @default rds-db:connect
   */
  readonly iamConnectAction?: string;
  /**
   * The action of IAM that connects to `iamConnectArns` as an administrator.
   *
   * @default - IAM lets no administrator in
   */
  readonly iamAdministerAction?: string;
  /**
   * The proxy before it, which `endpoints` and `connections` lead to. An L1, because the L2 takes no member of a global database.
   *
   * @default - none
   */
  readonly proxy?: rds.CfnDBProxy;
  /** What AWS Backup must contain. */
  readonly backupResources: backup.BackupResource[];
  /**
   * ARNs among them that AWS Backup must leave out for now: of a replica that it cannot take snapshots of before it is promoted.
   *
   * @default - none
   */
  readonly backupExclusions?: string[];
  /**
   * Whether AWS Backup takes snapshots only, as it does of file shares, and nothing restores to a moment: then `fileBackup` is its policy.
   *
   * @default false
   */
  readonly onlySnapshots?: boolean;
  /** Alarms on the database, without actions. */
  readonly alarms: cloudwatch.Alarm[];
  /** What the dashboard shows of it. */
  readonly widgets: cloudwatch.IWidget[];
  /**
   * What it brings to recovery inside its Region.
   *
   * @default - nothing is claimed
   */
  readonly recovery?: StoreRecovery[];
  /**
   * How it follows into another Region.
   *
   * @default - it cannot; `replicationAlternative` may say what could
   */
  readonly replication?: IDatabaseReplication;
  /**
   * Where it cannot follow into another Region: why, and what would. Ends the error of whoever asks for it.
   *
   * @default - nothing is known
   */
  readonly replicationAlternative?: string;
  /**
   * How its backups follow into another Region by themselves.
   *
   * @default - they do not; AWS Backup may copy them
   */
  readonly backupReplication?: IBackupReplication;
  /**
   * How it is restored from a copy of a recovery point in another Region.
   *
   * @default - it cannot be
   */
  readonly restoration?: StoreRestoration;
  /**
   * Licences that limit how its copies may be used.
   *
   * @default - none
   */
  readonly licences?: Licence[];
  /**
   * On a replica: seconds it is behind its source, measured in the replica's own Region.
   *
   * @default - this is not a replica
   */
  readonly replicationLag?: cloudwatch.IMetric;
  /**
   * On a replica: the command that makes it take writes when its source is lost. It asks nothing of the lost Region.
   *
   * @default - this is not a replica
   */
  readonly promoteCommand?: string;
  /**
   * On a replica: the last resort where `promoteCommand` is refused. It takes writes by itself from then on, and no command makes it a copy again.
   *
   * @default - there is none
   */
  readonly detachCommand?: string;
  /**
   * On a replica: the same as data, for whoever makes the call for people.
   *
   * @default - people type the command
   */
  readonly promoteCall?: RecoveryCall;
  /**
   * On a replica that is kept without instances: how it gets one, and loses it again.
   *
   * @default - it has instances, or is no replica
   */
  readonly headless?: HeadlessReplica;
  /**
   * On a replica that does not learn of a changed password: the command that waits for its promotion, and gives it the one that the secret of
   * this Region holds. It takes `jq`, which AWS CloudShell has.
   *
   * @default - passwords follow
   */
  readonly passwordCommand?: string;
  /**
   * On a replica that has no standby: the command that gives it one once it was promoted.
   *
   * @default - it has one
   */
  readonly standbyCommand?: string;
  /**
   * The Aurora cluster, where this is one that this library made in its first Region.
   *
   * @default - not an Aurora cluster, or a replica
   */
  readonly cluster?: rds.DatabaseCluster;
  /**
   * The cluster of Amazon Aurora DSQL. An L1, because no L2 of aws-cdk-lib makes one.
   *
   * @default - not on Amazon Aurora DSQL
   */
  readonly dsqlCluster?: dsql.CfnCluster;
  /**
   * The DB instance, where this is one that this library made in its first Region.
   *
   * @default - not a DB instance, or a replica
   */
  readonly instance?: rds.DatabaseInstance;
  /**
   * The Multi-AZ DB cluster with two readable standbys. An L1, because no L2 makes one.
   *
   * @default - not a Multi-AZ DB cluster
   */
  readonly multiAzCluster?: rds.CfnDBCluster;
  /**
   * The read replica in another Region. An L1, as the cluster of an Aurora replica is.
   *
   * @default - not a read replica
   */
  readonly readReplica?: rds.CfnDBInstance;
  /**
   * The Aurora cluster of a replica. An L1, because the L2 cannot be a member of a global database.
   *
   * @default - not a replica
   */
  readonly replicaCluster?: rds.CfnDBCluster;
}

/** A database a system can use. Made by `Database`, or your own. */
export interface IDatabase {
  /**
   * Called by the system; do not call this yourself.
   *
   * @param scope a scope of its own, which nothing else is made in
   * @param options what the database is told
   */
  bind(scope: Construct, options: DatabaseBindOptions): DatabaseConfig;
}
