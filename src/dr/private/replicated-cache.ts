import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import type { MultiAzClinicalApp } from '../../app';
import { type DrStrategy, DrStrategyName, FailureScope } from '../../core';
import { Problems } from '../../core/private/fail';
import type { CacheReplicaSource } from '../../data';
import type { CrossRegionDr } from '../cross-region-dr';

/** Why a cache that follows cannot be had under a strategy. Its copy only reads until somebody promotes it. */
export function cacheRefusals({ strategyName }: DrStrategy, { cache }: MultiAzClinicalApp): string[] {
  if (!cache?.replication || strategyName === DrStrategyName.PILOT_LIGHT) {
    return [];
  }
  const instead = 'leave globalDatastore out, so that the cache there starts empty and people sign in anew';
  return strategyName === DrStrategyName.BACKUP_AND_RESTORE
    ? [`the cache follows into the other Region, where ${strategyName} keeps nothing running; ${instead}`]
    : [
        `the copy of the cache in a standby takes no writes until somebody promotes it, so readers who come there before could not sign in; ${instead}, or use DrStrategy.pilotLight()`,
      ];
}

/**
 * Let the cache follow into the recovery Region, if it is one that does. Only plain names cross the Regions.
 *
 * @throws InvalidReplicatedCache where an id is given to a cache that does not follow, or users would arrive before it is promoted
 */
export function replicateCache(
  dr: CrossRegionDr,
  globalDatastoreId: string | undefined,
): CacheReplicaSource | undefined {
  const { primary, failover, recoveryRegion: region } = dr;
  const replication = primary.cache?.replication;
  const problems = new Problems(dr, 'InvalidReplicatedCache');
  problems.require(
    replication !== undefined || globalDatastoreId === undefined,
    `globalDatastoreId is ${globalDatastoreId}, but the system has no cache that follows; leave it out, or give Cache.valkey() globalDatastore: true`,
  );
  problems.require(
    replication === undefined || failover.executeCommand === undefined,
    'the plan of the failover sends users before anybody has promoted the cache, which they could not sign in to; use Failover.dns() or Failover.manual(), or leave globalDatastore out',
  );
  problems.throwIfAny();
  const { rpo } = primary.objectives.forScope(FailureScope.REGION);
  return replication?.replicateTo({ region, rpo, globalDatastoreId });
}

/**
 * An alarm in the recovery Region on its own copy. Silence means that it is none: an alarm, unless this Region is meant to serve users now. That the
 * copy's Region is the one that publishes the metric is a judgement: AWS says it is of the secondary Region, and not where it is.
 */
export function alarmOnCacheLag(dr: CrossRegionDr): void {
  const { primary, recoveryRegion, activeRegion, _recovery: recovery } = dr;
  const lag = recovery?.cache?.replicationLag;
  if (!lag) {
    return;
  }
  const { rpo } = primary.objectives.forScope(FailureScope.REGION);
  const { BREACHING, MISSING } = cloudwatch.TreatMissingData;
  recovery._addAlarm(
    new cloudwatch.Alarm(dr, 'CacheReplicationLag', {
      alarmDescription: `${primary.systemName}: the copy of the cache in ${recoveryRegion} is further behind than the RPO of ${rpo.toHumanString()}, or is no copy`,
      metric: lag,
      threshold: rpo.toSeconds(),
      comparisonOperator: cloudwatch.ComparisonOperator.GREATER_THAN_THRESHOLD,
      evaluationPeriods: 3,
      treatMissingData: activeRegion === recoveryRegion ? MISSING : BREACHING,
    }),
  );
}
