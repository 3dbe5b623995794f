import { FailureScope } from '../../../core/failure-scope';
import { numberOf, reasonOf } from '../../model';
import { counted, defineRule, failed, PASS, undecided } from '../rule';

/** A database cluster keeps automated backups for a week. */
export const clusterBackupRetention = defineRule({
  id: 'RES-DB-006',
  title: 'a database cluster keeps automated backups for a week',
  severity: 'error',
  scope: FailureScope.CORRUPTION,
  why: 'point-in-time recovery goes back only as far as automated backups are kept, and the default is one day',
  fix: 'set BackupRetentionPeriod to 35, or at least to 7',
  docs: 'https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Aurora.Managing.Backups.html',
  alsoKnownAs: [
    'Trivy:RDS Cluster and RDS instance should have backup retention longer than default 1 day',
    'cfn-lint/cloudformation-validate:I3013',
    'ResilienceHub:Amazon Relational Database Service and Amazon Aurora/Backup',
    'SecurityHub:DocumentDB.2',
    'Prowler:documentdb_cluster_backup_enabled',
    'cdk-nag:AwsSolutions-DOC4',
    'Checkov:CKV_AWS_360',
    'ControlTower:CT.DOCUMENTDB.PR.2',
    'SecurityHub:Neptune.5',
    'Config:NEPTUNE_CLUSTER_BACKUP_RETENTION_CHECK',
    'Prowler:neptune_cluster_backup_enabled',
    'cdk-nag:AwsSolutions-N3',
    'Checkov:CKV_AWS_361',
    'ControlTower:CT.NEPTUNE.PR.5',
  ],
  resourceTypes: ['AWS::RDS::DBCluster', 'AWS::DocDB::DBCluster', 'AWS::Neptune::DBCluster'],
  evaluate(cluster) {
    const value = cluster.property('BackupRetentionPeriod');
    const location = 'Properties.BackupRetentionPeriod';
    const reason = reasonOf(value);
    if (reason !== undefined) {
      return undecided(reason, location);
    }
    const number = numberOf(value) ?? 1;
    return number >= 7 ? PASS : failed(`keeps automated backups for ${counted(number, 'day')}`, location);
  },
});
