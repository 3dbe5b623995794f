import type * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import type * as elasticache from 'aws-cdk-lib/aws-elasticache';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import type { Construct } from 'constructs';
import type { DataProtection, RecoveryCall } from '../core';
import type { CacheReplicaSource, ICacheReplication } from './cache-replication';
import type { StoreRecovery } from './store-recovery';

/** What a cache is told when it is bound to a system. */
export interface CacheBindOptions {
  /** The system's name; physical names start with it. */
  readonly systemName: string;
  /** The VPC to run in. */
  readonly vpc: ec2.IVpc;
  /** Subnets without a route to the internet. */
  readonly subnets: ec2.SubnetSelection;
  /** What becomes of keys and logs when the system is removed. The cache itself goes with its stack. */
  readonly dataProtection: DataProtection;
  /**
   * Make it the copy of a cache in another Region.
   *
   * @default - a cache of its own
   */
  readonly replicaOf?: CacheReplicaSource;
}

/** Where to connect. */
export interface CacheEndpoints {
  /** Host that takes writes, in this Region. On a copy it takes them after promotion, and reads before. */
  readonly primary: string;
  /** Host that takes reads: a replica, which may be a moment behind. */
  readonly reader: string;
  /** Port. TLS only. */
  readonly port: string;
}

/** A bound cache. */
export interface CacheConfig {
  /** Where to connect. */
  readonly endpoints: CacheEndpoints;
  /** The credentials: a JSON secret with `password`. */
  readonly credentials: secretsmanager.ISecret;
  /** The key that encrypts the cache and its credentials. */
  readonly encryptionKey: kms.IKey;
  /** Who may connect. */
  readonly connections: ec2.Connections;
  /** Alarms on the cache, without actions. */
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
   * @default - it does not: the cache there starts empty
   */
  readonly replication?: ICacheReplication;
  /**
   * On a copy: seconds it is behind its source, measured in its own Region.
   *
   * @default - this is not a copy
   */
  readonly replicationLag?: cloudwatch.IMetric;
  /**
   * On a copy: the call that makes it take writes. It asks nothing of the other Region.
   *
   * @default - this is not a copy
   */
  readonly promoteCall?: RecoveryCall;
  /**
   * On a copy: the last resort where `promoteCall` is refused, and what comes before it is deleted. It is a cache of its own from then on.
   *
   * @default - this is not a copy
   */
  readonly detachCommand?: string;
  /**
   * The replication group, where this is one that this library made. An L1, because no stable L2 makes one.
   *
   * @default - not a replication group
   */
  readonly replicationGroup?: elasticache.CfnReplicationGroup;
}

/**
 * A cache a system can use: for sessions, locks and what can be computed again. Never the only copy of a record: replication is
 * asynchronous, and another Region starts with an empty one unless it follows. Made by `Cache`, or your own.
 */
export interface ICache {
  /**
   * Called by the system; do not call this yourself.
   *
   * @param scope a scope of its own, which nothing else is made in
   * @param options what the cache is told
   */
  bind(scope: Construct, options: CacheBindOptions): CacheConfig;
}
