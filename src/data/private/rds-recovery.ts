import { ArnFormat, Duration, Stack, Token } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { FailureScope, RecoveryAutomation, RecoveryCall, type RecoveryStep } from '../../core';
import type { RdsStorage } from '../rds-storage';
import type { StoreRecovery } from '../store-recovery';
import { BACKUP_RETENTION_DAYS, backupWindow, MONITORING_INTERVAL_SECONDS } from './database-schedule';
import type { RdsSettings } from './rds-settings';

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

/**
 * The way back where promotion is for good: the former source is put aside under another name, and a replica of what was promoted takes its
 * place and its name, which is how CloudFormation knows it. What stands around it is asked for at the terminal, because no Region knows the names
 * of the other. The last command promotes: it is typed when nobody writes any more and the replica has caught up.
 *
 * https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_ReadRepl.XRgn.html
 */
export function returnByReplica(
  scope: Construct,
  settings: RdsSettings,
  identifier: string,
  from: ReturnSource,
): string[] {
  const { region } = Stack.of(scope);
  const { engine, port, storage } = settings;
  const at = `--region ${region} --db-instance-identifier`;
  const aside = `${identifier}-0`;
  const asked = [
    'KmsKeyId',
    'DBSubnetGroup.DBSubnetGroupName',
    'VpcSecurityGroups[0].VpcSecurityGroupId',
    'DBParameterGroups[0].DBParameterGroupName',
    'MonitoringRoleArn',
    'OptionGroupMemberships[0].OptionGroupName',
  ].join(',');
  return [
    `read -r KEY SUBNETS GROUP PARAMETERS ROLE OPTIONS <<< "$(aws rds describe-db-instances ${at} ${identifier} --query 'DBInstances[0].[${asked}]' --output text)"`,
    `aws rds modify-db-instance ${at} ${identifier} --new-db-instance-identifier ${aside} --apply-immediately`,
    `sleep 120; aws rds wait db-instance-available ${at} ${aside}`,
    [
      `aws rds create-db-instance-read-replica ${at} ${identifier} --source-region ${from.region}`,
      `--source-db-instance-identifier ${instanceArn(scope, from.identifier, from.region)}`,
      '--kms-key-id "$KEY" --db-subnet-group-name "$SUBNETS" --vpc-security-group-ids "$GROUP"',
      `--db-parameter-group-name "$PARAMETERS" ${engine.options.length > 0 ? '--option-group-name "$OPTIONS" ' : ''}--port ${port}`,
      `--monitoring-interval ${MONITORING_INTERVAL_SECONDS} --monitoring-role-arn "$ROLE"`,
      `--enable-cloudwatch-logs-exports ${Object.keys(engine.logs).join(' ')} --enable-iam-database-authentication`,
      '--multi-az --no-publicly-accessible --copy-tags-to-snapshot --deletion-protection',
      ...storageOptions(storage),
    ].join(' '),
    `aws rds promote-read-replica ${at} ${identifier} --backup-retention-period ${BACKUP_RETENTION_DAYS} --preferred-backup-window ${backupWindow(settings.quietHour)}`,
  ];
}

/**
 * Said, because AWS's pages differ on what is inherited, and CloudFormation sets nothing again whose template has not changed: a database that
 * no longer grew would stop when it is full. gp3 takes no type without operations, and is the default.
 *
 * https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBInstanceReadReplica.html
 */
function storageOptions({ storageType, iops, _growsTo }: RdsStorage): string[] {
  return [
    ...(iops === undefined ? [] : [`--storage-type ${storageType} --iops ${Token.isUnresolved(iops) ? '…' : iops}`]),
    ...(_growsTo === undefined ? [] : [`--max-allocated-storage ${_growsTo}`]),
  ];
}

/** What a replica on the way back follows. */
export interface ReturnSource {
  readonly region: string;
  /** Name of the instance. */
  readonly identifier: string;
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
