import type { Duration } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { ClinicalTier } from '../../core';
import { fail, Problems } from '../../core/private/fail';
import type { AuroraDatabaseProps } from '../aurora-database-props';
import { DatabaseCapacity } from '../database-capacity';
import type { DatabaseBindOptions, DatabaseConfig } from '../database-ref';
import { AuroraCluster } from './aurora-cluster';
import type { AuroraEngine } from './aurora-engine';
import { AuroraReplica } from './aurora-replica';
import type { AuroraSettings } from './aurora-settings';
import { DEFAULT_QUIET_HOUR } from './database-checks';
import { LONGEST_DATABASE_SYSTEM_NAME, requireSystemName } from './physical-names';

/** What an engine adds to the properties all share. */
export interface AuroraBinding {
  readonly engine: AuroraEngine;
  readonly defaultPort: number;
  readonly backtrackWindow?: Duration;
  readonly enforcedRpo?: Duration;
}

/** Make a cluster, or a replica of one: the same settings on either side. */
export function bindAurora(
  scope: Construct,
  props: AuroraDatabaseProps,
  { engine, defaultPort, backtrackWindow, enforcedRpo }: AuroraBinding,
  options: DatabaseBindOptions,
): DatabaseConfig {
  requireSystemName(scope, options.systemName, LONGEST_DATABASE_SYSTEM_NAME);
  const settings: AuroraSettings = {
    databaseName: props.databaseName,
    engine,
    capacity: props.capacity ?? defaultCapacity(options.objectives.tier, engine.pauses && !props.proxy),
    port: props.port ?? defaultPort,
    quietHour: props.quietHour ?? DEFAULT_QUIET_HOUR,
    backtrackWindow,
    enforcedRpo,
    writeForwarding: props.writeForwarding,
    proxy: props.proxy,
  };
  requireEnginePauses(scope, settings);
  requireForwardingReachable(scope, settings);
  if (options.objectives.careDependsOnIt) {
    requireCapacityForCare(scope, settings.capacity);
  }
  return options.replicaOf
    ? new AuroraReplica(scope, settings, options, options.replicaOf).describe()
    : new AuroraCluster(scope, settings, options).describe(props.globalDatabase ?? false);
}

/** Eight units are what AWS recommends for a member of a global database; a sandbox stays cheap. */
function defaultCapacity(tier: ClinicalTier, pauses: boolean): DatabaseCapacity {
  switch (tier) {
    case ClinicalTier.NON_PRODUCTION:
      return DatabaseCapacity.serverlessV2({ minAcu: pauses ? 0 : 0.5, maxAcu: 4, readers: 0 });
    case ClinicalTier.OPERATIONAL:
      return DatabaseCapacity.serverlessV2({ minAcu: 2, maxAcu: 32 });
    default:
      return DatabaseCapacity.serverlessV2({ minAcu: 8, maxAcu: 64 });
  }
}

/** https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-serverless-v2-auto-pause.html */
function requireEnginePauses(scope: Construct, { engine, capacity, proxy }: AuroraSettings): void {
  const problems = new Problems(scope, 'EngineCannotPause');
  problems.require(
    engine.pauses || capacity.minAcu !== 0,
    `${engine.name} ${engine.version} cannot pause, got minAcu 0; use at least 0.5, or a newer engineVersion`,
  );
  problems.require(
    !proxy || capacity.minAcu !== 0,
    'a proxy keeps a connection to every instance, which then never pauses, got minAcu 0; use at least 0.5, or leave out proxy',
  );
  problems.throwIfAny();
}

/** A proxy takes no SESSION consistency, and its connections take from those that forwarding needs: https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/rds-proxy-gdb.html */
function requireForwardingReachable(scope: Construct, { writeForwarding, proxy }: AuroraSettings): void {
  if (writeForwarding && proxy) {
    fail(
      scope,
      'ProxyForwardsNothing',
      'writes are forwarded with the consistency of a session, which Amazon RDS Proxy does not support; leave out proxy, or writeForwarding',
    );
  }
}

function requireCapacityForCare(scope: Construct, capacity: DatabaseCapacity): void {
  const problems = new Problems(scope, 'CapacityTooSmall');
  problems.require(
    capacity.readers >= 1,
    `care depends on this database, so it needs at least one reader to fail over to, got readers ${capacity.readers}`,
  );
  problems.require(
    capacity.minAcu !== 0,
    'care depends on this database, so it must not pause, got minAcu 0; use at least 0.5',
  );
  problems.throwIfAny();
}
