import { Stack, Token } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { MultiAzClinicalApp } from '../../app';
import { DrStrategy, DrStrategyName } from '../../core';
import { Problems } from '../../core/private/fail';
import { partitionOf } from '../../core/private/tokens';
import type { IFileShare } from '../../data';
import type { CrossRegionDr } from '../cross-region-dr';
import { activeActiveRefusals, isActiveActive } from './active-active';
import { type DeclaredReplications, requireDeclared } from './declared-files';
import { headlessRefusals } from './headless-database';
import { cacheRefusals } from './replicated-cache';
import { restorationRefusals } from './restoration';
import { refusalsOf } from './strategy-choice';

/** What is to be recovered where. */
export interface RecoveryPlan {
  readonly primary: MultiAzClinicalApp;
  readonly primaryRegion: string;
  readonly recoveryRegion: string;
  readonly activeRegion: string;
  /** As asked for; left out, one is derived later. */
  readonly strategy?: DrStrategy;
  /** Whether somebody measured a restore, so that backup and restore can be had. */
  readonly restoreMeasured: boolean;
  /** Whether stores of the recovery Region are named that were restored. */
  readonly restored: boolean;
  /** Replications of file shares that the hospital runs. */
  readonly declared: DeclaredReplications;
  /** File shares that are defined anew in the recovery Region. */
  readonly overriddenFiles: { readonly [name: string]: IFileShare };
}

/** What decides whether its stores can follow. */
type StorePlan = Pick<RecoveryPlan, 'primary' | 'recoveryRegion' | 'declared'>;

/** @throws InvalidCrossRegionDr with everything that stands in the way of recovery in the other Region */
export function requireRecoverable(scope: Construct, plan: RecoveryPlan): void {
  const problems = new Problems(scope, 'InvalidCrossRegionDr');
  requirePlaces(problems, scope, plan);
  requireStrategy(problems, plan);
  for (const refusal of plan.strategy || !plan.restoreMeasured ? storeRefusals(plan.strategy, plan) : noWay(plan)) {
    problems.require(false, refusal);
  }
  requireDeclared(problems, plan.primary.files, plan.declared);
  requireOverrides(problems, plan);
  requireWaysIn(problems, plan);
  problems.throwIfAny();
}

/** Why stores can neither follow nor be restored, where either would do. */
function noWay(plan: RecoveryPlan): string[] {
  const restored = storeRefusals(DrStrategy.backupAndRestore(), plan);
  const live = storeRefusals(undefined, plan);
  return restored.length > 0 && live.length > 0 ? [...new Set([...restored, ...live])] : [];
}

/** Two Regions of one partition and one account. */
function requirePlaces(problems: Problems, scope: Construct, plan: RecoveryPlan): void {
  const { primary, primaryRegion, recoveryRegion } = plan;
  problems.require(
    primaryRegion !== recoveryRegion,
    `the recovery Region must differ from the primary's, got ${recoveryRegion} for both; create this construct in a stack of another Region`,
  );
  problems.require(
    partitionOf(primaryRegion) === partitionOf(recoveryRegion),
    `${primaryRegion} and ${recoveryRegion} are in different AWS partitions, between which nothing replicates`,
  );
  const accounts = [Stack.of(primary).account, Stack.of(scope).account];
  problems.require(
    accounts.some((account) => Token.isUnresolved(account)) || accounts[0] === accounts[1],
    `primary and recovery must be in one account, because an Aurora global database is; got ${accounts.join(' and ')}`,
  );
}

function requireStrategy(problems: Problems, plan: RecoveryPlan): void {
  const { strategy, primary, primaryRegion, recoveryRegion, activeRegion } = plan;
  const restores = strategy?.strategyName === DrStrategyName.BACKUP_AND_RESTORE;
  problems.require(
    !restores || plan.restoreMeasured,
    'BACKUP_AND_RESTORE takes as long as a restore does, which no template tells; measure it in a restore test, and give measuredRestore',
  );
  problems.require(
    !plan.restored || restores || (strategy === undefined && plan.restoreMeasured),
    'restored names recovery points, but the strategy keeps the data live in the recovery Region; leave it out, or use DrStrategy.backupAndRestore()',
  );
  problems.require(
    [primaryRegion, recoveryRegion].includes(activeRegion),
    `activeRegion must be ${primaryRegion} or ${recoveryRegion}, got ${activeRegion}`,
  );
  for (const refusal of strategy
    ? [...refusalsOf(strategy, primary.compute), ...headlessRefusals(strategy, primary)]
    : []) {
    problems.require(false, refusal);
  }
}

/** Why stores cannot follow to the other Region, or be restored there. */
export function storeRefusals(strategy: DrStrategy | undefined, plan: StorePlan): string[] {
  if (strategy && isActiveActive(strategy)) {
    return activeActiveRefusals(plan.primary);
  }
  const documents =
    plan.primary.documents && plan.primary.documents.replication === undefined
      ? ['the documents cannot be replicated to another Region; use a store that can, such as DocumentStore.s3()']
      : [];
  const cache = strategy ? cacheRefusals(strategy, plan.primary) : [];
  return strategy?.strategyName === DrStrategyName.BACKUP_AND_RESTORE
    ? [...restorationRefusals(plan.primary), ...documents, ...cache]
    : [...signInRefusals(strategy, plan), ...replicationRefusals(plan), ...documents, ...cache];
}

/** A standby whose users could be let in today, and not after the next rotation, is none. */
function signInRefusals(strategy: DrStrategy | undefined, { primary }: StorePlan): string[] {
  return strategy && strategy.capacityPercent > 0 && primary.database?.replication?.signInAfterPromotion
    ? [
        `${strategy.strategyName} would run the application on a copy of the database that does not learn of a changed password before it is promoted, so that nobody signs in after the first rotation; use DrStrategy.pilotLight()`,
      ]
    : [];
}

function replicationRefusals({ primary, recoveryRegion, declared }: StorePlan): string[] {
  const refusals: string[] = [];
  if (primary.database && primary.database.replication === undefined) {
    refusals.push(
      `the database cannot be replicated to another Region: ${primary.database.replicationAlternative ?? 'use one that can, such as Database.auroraPostgres()'}`,
    );
  }
  if ((primary.compute.backupResources ?? []).length > 0) {
    refusals.push(
      'the compute keeps data on disks of its own, which nothing here replicates; recover it with DrStrategy.backupAndRestore(), or let its engine replicate them, and give the other Region a system of its own',
    );
  }
  const files = Object.entries(primary.files).flatMap(([name, { replication }]) =>
    replication || declared[name] ? [] : [name],
  );
  if (files.length > 0) {
    refusals.push(
      `the file shares ${files.join(', ')} would be missing in ${recoveryRegion}: no template replicates Amazon FSx, nor a share that does not say how; say with declaredReplications how the hospital does, use FileShare.efs(), keep what the system must have there in the database or in documents, or recover it with DrStrategy.backupAndRestore()`,
    );
  }
  const tables = Object.entries(primary.tables).flatMap(([name, { replication }]) => (replication ? [] : [name]));
  if (tables.length > 0) {
    refusals.push(
      `the tables ${tables.join(', ')} would be missing in ${recoveryRegion}, because their store cannot add a replica there; use one that can, such as TableStore.dynamoDb(), or DrStrategy.backupAndRestore()`,
    );
  }
  return refusals;
}

function requireOverrides(problems: Problems, { primary, strategy, overriddenFiles }: RecoveryPlan): void {
  const restores = strategy?.strategyName === DrStrategyName.BACKUP_AND_RESTORE;
  for (const name of Object.keys(overriddenFiles)) {
    problems.require(
      primary.files[name] !== undefined,
      `recovery: { files } names a file share ${name}, which the system does not have`,
    );
    problems.require(
      restores || !primary.files[name]?.replication,
      `recovery: { files } defines ${name} anew, but it is replicated by itself, to a copy like its source; leave it out`,
    );
  }
}

function requireWaysIn(problems: Problems, { primary }: RecoveryPlan): void {
  problems.require(
    !primary.compute.shiftedRequests,
    'its deployments move requests between two target groups, of which one is empty or being tried: to Route 53 that is an unhealthy load balancer, so a deployment could send users to the other Region; use Deployments.rolling()',
  );
  for (const { routing } of primary.ingress) {
    problems.require(
      !routing || !Token.isUnresolved(routing.hostedZone.hostedZoneId),
      'the hosted zone is made in a stack of the primary Region, which the recovery Region must not depend on; give it by id, with HostedZone.fromHostedZoneAttributes',
    );
  }
}

/**
 * Users who are sent away by a name have to find it in the other Region: a failover record without its second one is answered as long as
 * there is nothing else, however unhealthy. Before anything was restored there is nobody to ask.
 *
 * https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/health-checks-how-route-53-chooses-records.html
 *
 * @throws NameOnlyInPrimary naming each name that nothing answers to in the recovery Region
 */
export function requireNamesThere(dr: CrossRegionDr): void {
  const { failover, primary, _recovery: recovery, recoveryRegion, strategy } = dr;
  if (!recovery || !failover.leaveCommand || isActiveActive(strategy)) {
    return; // nobody is sent by a record, or both Regions have to be alike anyway
  }
  const problems = new Problems(dr, 'NameOnlyInPrimary');
  const theirs = routedNames(recovery);
  for (const name of routedNames(primary)) {
    problems.require(
      theirs.some((other) => mayBeOne(name.address, other.address) && mayBeOne(name.zoneId, other.zoneId)),
      `users would be sent away from ${name.address} of zone ${name.zoneId}, and nothing in ${recoveryRegion} answers to it, got ${theirs.map(({ address, zoneId }) => `${address} of zone ${zoneId}`).join(', ') || 'no name in a hosted zone'}; leave recovery: { ingress } out, give it the same domainName and hostedZone, or use Failover.manual()`,
    );
  }
  problems.throwIfAny();
}

function routedNames({ ingress }: MultiAzClinicalApp): { readonly address: string; readonly zoneId: string }[] {
  return ingress.flatMap(({ routing, entryPoint }) =>
    routing ? [{ address: entryPoint.address, zoneId: routing.hostedZone.hostedZoneId }] : [],
  );
}

/** What is only known at deployment may be anything. */
function mayBeOne(name: string, other: string): boolean {
  return name === other || Token.isUnresolved(name) || Token.isUnresolved(other);
}
