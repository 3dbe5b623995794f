import { ArnFormat, Duration, Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { FailureScope, RecoveryAutomation, type RecoveryStep } from '../../core';
import type { StoreRecovery } from '../store-recovery';

const GUIDE = 'https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide';
const READ_REPLICAS = `${GUIDE}/USER_ReadRepl.XRgn.html`;

/** How far a copy in another Region may be behind. */
export const REPLICA_RECOVERY_POINT = Duration.minutes(5);
/** Where that figure comes from. */
export const REPLICA_RECOVERY_POINT_SOURCE = `judgement: replication is asynchronous, and ${READ_REPLICAS} names no figure; PostgreSQL reports up to five minutes for an idle source. An alarm watches the RPO`;

/** 60 to 120 seconds with one standby; typically below 35 with two readable ones. */
export function rdsRecovery(readableStandbys: boolean): StoreRecovery[] {
  const failover = {
    mechanism: readableStandbys ? 'RDS failover to a readable standby' : 'RDS failover to the standby',
    recoveryTime: Duration.seconds(readableStandbys ? 35 : 120),
    recoveryPoint: Duration.seconds(0),
    source: readableStandbys
      ? `${GUIDE}/multi-az-db-clusters-concepts-failover.html`
      : `${GUIDE}/Concepts.MultiAZ.Failover.html`,
  };
  return [
    { scope: FailureScope.COMPONENT, ...failover },
    { scope: FailureScope.AVAILABILITY_ZONE, ...failover },
    ...[FailureScope.DELETION, FailureScope.CORRUPTION].map((scope) => ({
      scope,
      mechanism: 'RDS point-in-time restore to a new database',
      recoveryPoint: Duration.minutes(5),
      source: `${GUIDE}/USER_PIT.html`,
    })),
  ];
}

/** What it takes to write in the other Region; of a bare replica, also to sign in there. */
export function replicaPromotion(identifier: string, bare = false): RecoveryStep[] {
  const promote = {
    description: `Promotion of the read replica ${identifier}, which restarts it`,
    duration: Duration.minutes(15),
    automation: RecoveryAutomation.ONE_COMMAND,
    source: `judgement: a budget of 15 minutes for what ${GUIDE}/USER_ReadRepl.Promote.html calls a few minutes or longer`,
  };
  const password = {
    description: `The password of the replicated secret is given to ${identifier}`,
    duration: Duration.minutes(5),
    automation: RecoveryAutomation.ONE_COMMAND,
    source:
      'judgement: a budget of 5 minutes for what https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_ModifyDBInstance.html applies as soon as possible',
  };
  return bare ? [promote, password] : [promote];
}

/** ARN of an instance: made of names, so that the other Region can use it. */
export function instanceArn(scope: Construct, identifier: string, region?: string): string {
  return Stack.of(scope).formatArn({
    service: 'rds',
    region,
    resource: 'db',
    resourceName: identifier,
    arnFormat: ArnFormat.COLON_RESOURCE_NAME,
  });
}
