import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import type * as iam from 'aws-cdk-lib/aws-iam';
import * as rds from 'aws-cdk-lib/aws-rds';
import type { Construct } from 'constructs';
import type { Licence } from '../../core';
import { fail, type Problems } from '../../core/private/fail';
import type { DatabaseProxy } from '../database-proxy';
import type { DatabaseBindOptions } from '../database-ref';
import type { RdsDatabaseProps } from '../rds-database-props';
import type { RdsStorage } from '../rds-storage';
import { DEFAULT_QUIET_HOUR, requirePlace, requireWhole } from './database-checks';
import type { FoundationSettings } from './database-foundation';
import { type Gp3Performance, requireGp3Performance } from './gp3-performance';
import type { RdsEngine } from './rds-engine';

/** What a database on Amazon RDS is, whichever Region it runs in. */
export interface RdsSettings {
  readonly engine: RdsEngine;
  readonly instanceType: ec2.InstanceType;
  readonly storage: RdsStorage;
  readonly port: number;
  readonly quietHour: number;
  readonly expectedConnections?: number;
  /** Whether automated backups follow to the recovery Region. */
  readonly replicateBackups?: boolean;
  /** Name applications connect to. */
  readonly databaseName: string;
  /** Whether Amazon RDS makes that database. */
  readonly makesDatabase: boolean;
  /** What the application connects to instead; none for most. */
  readonly proxy?: DatabaseProxy;
  /** What only one engine has. */
  readonly extras?: RdsExtras;
  /** What the licence says; none for open source. */
  readonly licences?: Licence[];
  /** How the hospital keeps logins the same in both Regions, where they do not follow. */
  readonly loginsKeptBy?: string;
  /** Where it cannot follow into another Region: why, and what would. */
  readonly replicationAlternative?: string;
}

/** Properties that only some engines have. */
export interface RdsExtras {
  readonly licenseModel?: rds.LicenseModel;
  readonly characterSetName?: string;
  readonly timezone?: string;
  readonly domain?: string;
  readonly domainRole?: iam.IRole;
}

/** What every engine takes from the properties all share. */
export function commonSettings(
  props: RdsDatabaseProps,
  engine: RdsEngine,
): Pick<
  RdsSettings,
  'engine' | 'instanceType' | 'storage' | 'port' | 'quietHour' | 'expectedConnections' | 'replicateBackups'
> {
  const { instanceType, storage, expectedConnections, replicateBackups } = props;
  return {
    engine,
    instanceType,
    storage,
    expectedConnections,
    replicateBackups,
    port: props.port ?? engine.defaultPort,
    quietHour: props.quietHour ?? DEFAULT_QUIET_HOUR,
  };
}

/** What the foundation must know. */
export function foundationOf(
  { engine, port }: RdsSettings,
  kind: FoundationSettings['kind'],
  logs = engine.logs,
): FoundationSettings {
  return { port, engine: engine.instanceEngine, parameters: engine.parameters, logs, kind };
}

/** What is wrong with the properties all share. */
export function requireCommon(problems: Problems, props: RdsDatabaseProps, gp3: Gp3Performance): void {
  requireGp3Performance(problems, props.storage, gp3);
  requirePlace(problems, props.port, props.quietHour);
  requireWhole(problems, 'expectedConnections', props.expectedConnections, 1, 1_000_000);
}

/** The certificate authority, named, so that no default of the account decides. https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/UsingWithRDS.SSL.html */
export function certificateAuthority(): rds.CaCertificate {
  return rds.CaCertificate.RDS_CA_RSA2048_G1;
}

/** Stop where a replica is asked for of a database that has none. */
export function refuseReplica(scope: Construct, settings: RdsSettings, { replicaOf }: DatabaseBindOptions): void {
  if (replicaOf) {
    fail(
      scope,
      'DatabaseCannotReplicate',
      `this database cannot be a replica of ${replicaOf.globalIdentifier}: ${settings.replicationAlternative}`,
    );
  }
}
