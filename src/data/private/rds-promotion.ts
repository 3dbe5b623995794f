import { Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { RecoveryCall } from '../../core';
import { BACKUP_RETENTION_DAYS, backupWindow } from './database-schedule';
import { instanceArn } from './rds-recovery';

/**
 * Makes the replica in this Region a database of its own. Asked of this Region, and not to be undone. Retention and window are said, because
 * Amazon RDS would keep backups for a day at a time of its choice, and CloudFormation sets nothing again whose template has not changed.
 *
 * https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_PromoteReadReplica.html
 */
export function promoteCall(scope: Construct, identifier: string, quietHour: number): RecoveryCall {
  return new RecoveryCall({
    description: 'Makes the replica in this Region a database of its own; what was not yet replicated is lost',
    service: 'rds',
    api: 'PromoteReadReplica',
    region: Stack.of(scope).region,
    inputs: {
      DBInstanceIdentifier: identifier,
      BackupRetentionPeriod: BACKUP_RETENTION_DAYS,
      PreferredBackupWindow: backupWindow(quietHour),
    },
    permissions: [{ actions: ['rds:PromoteReadReplica'], resources: [instanceArn(scope, identifier)] }],
  });
}

/**
 * Waits for the promotion, gives the database the password that the secret of this Region holds, where that does not follow with the
 * replica, and waits until it is taken: Amazon RDS sets it afterwards, and refuses other changes meanwhile. The password goes from one process
 * to the next: it is in no argument, no history of the shell, and in AWS CloudTrail as asterisks. A secret that cannot be read leaves it
 * empty, which Amazon RDS refuses.
 *
 * https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_ModifyDBInstance.html
 * https://docs.aws.amazon.com/cli/latest/userguide/cli-usage-parameters-file.html
 */
export function passwordCommand(scope: Construct, identifier: string, secretName: string): string {
  const { region } = Stack.of(scope);
  const at = `--region ${region} --db-instance-identifier ${identifier}`;
  const availableWithout = (what: string) =>
    `until aws rds describe-db-instances ${at} --query 'DBInstances[0].[DBInstanceStatus,${what}]' --output text | grep -qx 'available.None'; do sleep 15; done`;
  return [
    `${availableWithout('ReadReplicaSourceDBInstanceIdentifier')}; aws secretsmanager get-secret-value --region ${region} --secret-id ${secretName} --query SecretString --output text | jq -j .password | aws rds modify-db-instance ${at} --master-user-password file:///dev/stdin --query DBInstance.DBInstanceStatus`,
    availableWithout('PendingModifiedValues.MasterUserPassword'),
  ].join(' && ');
}

/** Gives the database the standby that it could not have as a replica. Its template says nothing of one, so that no deployment takes it away. */
export function standbyCommand(scope: Construct, identifier: string): string {
  return `aws rds modify-db-instance --region ${Stack.of(scope).region} --db-instance-identifier ${identifier} --multi-az --apply-immediately --query DBInstance.PendingModifiedValues`;
}
