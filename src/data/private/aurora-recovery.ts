import { ArnFormat, Duration, Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { FailureScope, RecoveryAutomation, RecoveryCall, type RecoveryStep } from '../../core';
import type { DatabaseCapacity } from '../database-capacity';
import type { StoreRecovery } from '../store-recovery';
import { databaseIdentifierOf } from './physical-names';

const GUIDE = 'https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide';
const HIGH_AVAILABILITY = `${GUIDE}/Concepts.AuroraHighAvailability.html`;
const DISASTER_RECOVERY = `${GUIDE}/aurora-global-database-disaster-recovery.html`;
const none = Duration.seconds(0);

/** How far the copy may be behind: AWS says seconds, typically below one. */
export const GLOBAL_RECOVERY_POINT = Duration.seconds(60);
/** Where that figure comes from. */
export const GLOBAL_RECOVERY_POINT_SOURCE = `judgement: a budget of one minute for what ${DISASTER_RECOVERY} calls seconds`;

/** Where a bound comes from that the database itself keeps. */
export const ENFORCED_RECOVERY_POINT_SOURCE = `enforced by rds.global_db_rpo while the first Region writes: ${DISASTER_RECOVERY}`;

/** What it takes to write in the other Region. */
export function globalPromotion(globalIdentifier: string): RecoveryStep[] {
  return [
    {
      description: `Managed failover of the Aurora global database ${globalIdentifier}`,
      duration: Duration.seconds(900),
      automation: RecoveryAutomation.ONE_COMMAND,
      source: `judgement: a budget of 15 minutes for what ${DISASTER_RECOVERY} calls the order of minutes`,
    },
  ];
}

/** What a cluster does by itself inside its Region. */
export function regionalRecovery(capacity: DatabaseCapacity): StoreRecovery[] {
  const hasReader = capacity.readers > 0;
  const failover = hasReader ? 'Aurora failover to a reader' : 'Aurora makes a new writer';
  return [
    {
      scope: FailureScope.COMPONENT,
      mechanism: failover,
      recoveryTime: Duration.seconds(hasReader ? 60 : 600),
      recoveryPoint: none,
      source: HIGH_AVAILABILITY,
    },
    {
      scope: FailureScope.AVAILABILITY_ZONE,
      mechanism: failover,
      recoveryTime: hasReader ? Duration.seconds(60) : undefined, // without a reader somebody must act
      recoveryPoint: none,
      source: HIGH_AVAILABILITY,
    },
    ...volumeRecovery(),
  ];
}

/** What its volume can do without an instance. */
export function volumeRecovery(): StoreRecovery[] {
  return [FailureScope.DELETION, FailureScope.CORRUPTION].map((scope) => ({
    scope,
    mechanism: 'Aurora point-in-time restore to a new cluster',
    recoveryPoint: Duration.minutes(5),
    source: `${GUIDE}/USER_PIT.html`,
  }));
}

/** Makes the cluster in this Region the writer when the other Region is lost. Asked of this Region. */
export function failoverCall(
  scope: Construct,
  globalIdentifier: string,
  systemName: string,
  sourceRegion: string,
): RecoveryCall {
  const stack = Stack.of(scope);
  const target = clusterArn(scope, systemName, stack.region);
  const global = stack.formatArn({
    service: 'rds',
    region: '',
    resource: 'global-cluster',
    resourceName: globalIdentifier,
    arnFormat: ArnFormat.COLON_RESOURCE_NAME,
  });
  return new RecoveryCall({
    description: 'Makes the database write in this Region; what was not yet replicated is lost',
    service: 'rds',
    api: 'FailoverGlobalCluster',
    region: stack.region,
    inputs: {
      GlobalClusterIdentifier: globalIdentifier,
      TargetDbClusterIdentifier: target,
      AllowDataLoss: true,
    },
    permissions: [
      {
        actions: ['rds:FailoverGlobalCluster'],
        resources: [global, target, clusterArn(scope, systemName, sourceRegion)],
      },
    ],
  });
}

/**
 * Takes the cluster in this Region out of the global database, which makes it take writes by itself: what AWS calls a manual failover. It works
 * where the managed one is refused, and nothing takes the cluster in again.
 */
export function detachCommand(scope: Construct, globalIdentifier: string, systemName: string): string {
  const { region } = Stack.of(scope);
  return `aws rds remove-from-global-cluster --region ${region} --global-cluster-identifier ${globalIdentifier} --db-cluster-identifier ${clusterArn(scope, systemName, region)}`;
}

/** Makes the cluster in this Region the writer again, losing nothing. Asked of the Region that writes now. */
export function switchoverCommand(
  scope: Construct,
  writingRegion: string,
  globalIdentifier: string,
  systemName: string,
): string {
  const target = clusterArn(scope, systemName, Stack.of(scope).region);
  return `aws rds switchover-global-cluster --region ${writingRegion} --global-cluster-identifier ${globalIdentifier} --target-db-cluster-identifier ${target}`;
}

/**
 * Lets the cluster in this Region commit again where `rds.global_db_rpo` has stopped it. The name of the parameter group is asked for, because
 * no Region may know it of the other by a reference.
 */
export function resumeWritesCommand(scope: Construct, systemName: string): string {
  const { region } = Stack.of(scope);
  const group = `aws rds describe-db-clusters --region ${region} --db-cluster-identifier ${databaseIdentifierOf(systemName, region)} --query 'DBClusters[0].DBClusterParameterGroup' --output text`;
  return `aws rds reset-db-cluster-parameter-group --region ${region} --db-cluster-parameter-group-name "$(${group})" --parameters ParameterName=rds.global_db_rpo,ApplyMethod=immediate`;
}

/** ARN of a system's cluster in a Region, made of names. */
export function clusterArn(scope: Construct, systemName: string, region: string): string {
  return Stack.of(scope).formatArn({
    service: 'rds',
    region,
    resource: 'cluster',
    resourceName: databaseIdentifierOf(systemName, region),
    arnFormat: ArnFormat.COLON_RESOURCE_NAME,
  });
}
