import { Duration } from 'aws-cdk-lib';
import type * as rds from 'aws-cdk-lib/aws-rds';
import type { Construct } from 'constructs';
import { fail } from '../../core/private/fail';
import { knownRegion } from '../../core/private/tokens';
import type { IBackupReplication } from '../backup-replication';
import type { DatabaseReplicationTarget } from '../database-ref';
import { BACKUP_RETENTION_DAYS } from './database-schedule';
import { requireSameTarget } from './one-recovery-region';
import { databaseIdentifierOf } from './physical-names';
import { instanceArn } from './rds-recovery';

/**
 * Automated backups of a DB instance in another Region: Amazon RDS copies snapshots and transaction logs there as soon as they are ready. The
 * instance says where to, and under which key of that Region; the recovery Region needs nothing but the key.
 */
export class RdsBackupReplication implements IBackupReplication {
  public readonly recoveryPoint = Duration.minutes(30);
  public readonly recoveryPointSource =
    'judgement: the longest of the 5 to 30 minutes that AWS names, without a guarantee; compare LatestTime (https://docs.aws.amazon.com/prescriptive-guidance/latest/dr-standard-edition-amazon-rds/rds-pitr-snapshot.html)';
  public listCommand?: string;
  public replicateBackCommand?: string;
  private target?: DatabaseReplicationTarget;

  public constructor(
    private readonly scope: Construct,
    private readonly systemName: string,
    private readonly instance: rds.CfnDBInstance,
  ) {}

  public replicateBackupsTo(target: DatabaseReplicationTarget): void {
    if (this.target) {
      requireSameTarget(this.scope, 'backups of the database are', described(this.target), described(target));
      return;
    }
    const region = knownRegion(this.scope, 'backups of its database are replicated to another Region');
    if (target.region === region) {
      fail(this.scope, 'BackupsInSameRegion', `backups cannot be replicated to their own Region, got ${region}`);
    }
    this.target = target;
    this.instance.automaticBackupReplicationRegion = target.region;
    this.instance.automaticBackupReplicationKmsKeyId = target.encryptionKeyArn;
    this.instance.automaticBackupReplicationRetentionPeriod = BACKUP_RETENTION_DAYS;
    const [here, there] = [region, target.region].map((of) => databaseIdentifierOf(this.systemName, of));
    const query = `DBInstanceAutomatedBackups[?DBInstanceIdentifier=='${here}'].[DBInstanceAutomatedBackupsArn,Status,RestoreWindow.LatestTime]`;
    this.listCommand = `aws rds describe-db-instance-automated-backups --region ${target.region} --query "${query}" --output table`;
    const key = `$(aws rds describe-db-instances --region ${region} --db-instance-identifier ${here} --query 'DBInstances[0].KmsKeyId' --output text)`;
    this.replicateBackCommand = `aws rds start-db-instance-automated-backups-replication --region ${region} --source-region ${target.region} --source-db-instance-arn ${instanceArn(this.scope, there, target.region)} --kms-key-id "${key}" --backup-retention-period ${BACKUP_RETENTION_DAYS}`;
  }
}

function described(target: DatabaseReplicationTarget): string {
  return `${target.region} with ${target.encryptionKeyArn}`;
}
