import { ArnFormat, Duration, Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { FailureScope, RecoveryAutomation, RecoveryCall, type RecoveryStep } from '../../core';
import type { StoreRecovery } from '../store-recovery';
import { BACKUP_RETENTION_DAYS } from './database-schedule';

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

/** What it takes to write in the other Region. */
export function replicaPromotion(identifier: string): RecoveryStep[] {
  return [
    {
      description: `Promotion of the read replica ${identifier}, which restarts it`,
      duration: Duration.minutes(15),
      automation: RecoveryAutomation.ONE_COMMAND,
      source: `judgement: a budget of 15 minutes for what ${GUIDE}/USER_ReadRepl.Promote.html calls a few minutes or longer`,
    },
  ];
}

/** Makes the replica in this Region a database of its own. Asked of this Region, and not to be undone. */
export function promoteCall(scope: Construct, identifier: string): RecoveryCall {
  return new RecoveryCall({
    description: 'Makes the replica in this Region a database of its own; what was not yet replicated is lost',
    service: 'rds',
    api: 'PromoteReadReplica',
    region: Stack.of(scope).region,
    inputs: { DBInstanceIdentifier: identifier, BackupRetentionPeriod: BACKUP_RETENTION_DAYS },
    permissions: [{ actions: ['rds:PromoteReadReplica'], resources: [instanceArn(scope, identifier)] }],
  });
}

/** ARN of an instance: made of names, so that the other Region can use it. */
export function instanceArn(scope: Construct, identifier: string): string {
  return Stack.of(scope).formatArn({
    service: 'rds',
    resource: 'db',
    resourceName: identifier,
    arnFormat: ArnFormat.COLON_RESOURCE_NAME,
  });
}
