import { FailureScope } from '../../../core/failure-scope';
import { numberOf, reasonOf } from '../../model';
import { counted, defineRule, failed, NOT_APPLICABLE, PASS, undecided } from '../rule';

/** A database instance keeps automated backups for a week. */
export const rdsInstanceBackups = defineRule({
  id: 'RES-DB-005',
  title: 'a database instance keeps automated backups for a week',
  severity: 'error',
  scope: FailureScope.CORRUPTION,
  why: 'point-in-time recovery goes back only as far as automated backups are kept',
  fix: 'set BackupRetentionPeriod to 35, or at least to 7',
  docs: 'https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_PIT.html',
  alsoKnownAs: [
    'SecurityHub:RDS.11',
    'Config:DB_INSTANCE_BACKUP_ENABLED',
    'Prowler:rds_instance_backup_enabled',
    'GuardRegistry:DB_INSTANCE_BACKUP_ENABLED',
    'cdk-nag:HIPAA.Security-RDSInstanceBackupEnabled',
    'cdk-nag:AwsSolutions-RDS13',
    'Trivy:RDS Cluster and RDS instance should have backup retention longer than default 1 day',
    'cfn-lint/cloudformation-validate:I3013',
    'TrustedAdvisor:Amazon RDS Backups',
    'TrustedAdvisor:Amazon RDS resource automated backups is turned off',
    'Powerpipe-WA-Reliability:rds_db_instance_backup_enabled',
    'ControlTower:CT.RDS.PR.8',
  ],
  resourceTypes: ['AWS::RDS::DBInstance'],
  evaluate(instance) {
    const partOfAnother = ['DBClusterIdentifier', 'SourceDBInstanceIdentifier'].some(
      (property) => instance.property(property).kind !== 'absent',
    );
    if (partOfAnother) {
      return NOT_APPLICABLE;
    }
    const value = instance.property('BackupRetentionPeriod');
    const location = 'Properties.BackupRetentionPeriod';
    const reason = reasonOf(value);
    if (reason !== undefined) {
      return undecided(reason, location);
    }
    const number = numberOf(value) ?? 1;
    return number >= 7 ? PASS : failed(`keeps automated backups for ${counted(number, 'day')}`, location);
  },
});
