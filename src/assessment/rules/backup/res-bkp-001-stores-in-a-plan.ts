import { FailureScope } from '../../../core/failure-scope';
import { counted, defineRule, failed, NOT_APPLICABLE, PASS, undecided } from '../rule';
import { coverageOf } from './coverage';
import { DWELL_DAYS, holdsNothingOfItsOwn, ownDays, STORE_TYPES } from './stores';

/** What holds records is selected by a backup plan. */
export const storesInAPlan = defineRule({
  id: 'RES-BKP-001',
  title: 'what holds records is selected by a backup plan',
  severity: 'error',
  scope: FailureScope.DELETION,
  why: 'what a store keeps of itself goes with the store, or with whoever holds it',
  fix: 'select the store in an AWS::Backup::BackupSelection: clusters by the ARN of the cluster, not of a db',
  docs: 'https://docs.aws.amazon.com/aws-backup/latest/devguide/assigning-resources.html',
  alsoKnownAs: [
    'SecurityHub:RDS.26',
    'Config:RDS_IN_BACKUP_PLAN',
    'Config:RDS_RESOURCES_PROTECTED_BY_BACKUP_PLAN',
    'Prowler:rds_instance_protected_by_backup_plan',
    'cdk-nag:HIPAA.Security-RDSInBackupPlan',
    'TrustedAdvisor:Amazon RDS Not In AWS Backup Plan',
    'ResilienceHub:Amazon Relational Database Service and Amazon Aurora/Backup',
    'Config:AURORA_RESOURCES_PROTECTED_BY_BACKUP_PLAN',
    'Prowler:rds_cluster_protected_by_backup_plan',
    'Powerpipe-WA-Reliability:rds_db_cluster_aurora_protected_by_backup_plan',
    'SecurityHub:DynamoDB.4',
    'Config:DYNAMODB_IN_BACKUP_PLAN',
    'Config:DYNAMODB_RESOURCES_PROTECTED_BY_BACKUP_PLAN',
    'Prowler:dynamodb_table_protected_by_backup_plan',
    'GuardRegistry:DYNAMODB_IN_BACKUP_PLAN',
    'cdk-nag:HIPAA.Security-DynamoDBInBackupPlan',
    'TrustedAdvisor:Amazon DynamoDB Table Not Included in Backup Plan',
    'ResilienceHub:Amazon DynamoDB/Scheduled backup',
    'Powerpipe-WA-Reliability:dynamodb_table_in_backup_plan',
    'Powerpipe-WA-Reliability:dynamodb_table_protected_by_backup_plan',
    'SecurityHub:EC2.28',
    'Config:EBS_IN_BACKUP_PLAN',
    'Config:EBS_RESOURCES_PROTECTED_BY_BACKUP_PLAN',
    'Prowler:ec2_ebs_volume_protected_by_backup_plan',
    'cdk-nag:HIPAA.Security-EC2EBSInBackupPlan',
    'TrustedAdvisor:Amazon EBS Not Included in AWS Backup Plan',
    'ResilienceHub:Amazon EBS/Scheduled backup',
    'SecurityHub:EFS.2',
    'Config:EFS_IN_BACKUP_PLAN',
    'Config:EFS_RESOURCES_PROTECTED_BY_BACKUP_PLAN',
    'GuardRegistry:EFS_RESOURCES_PROTECTED_BY_BACKUP_PLAN',
    'cdk-nag:HIPAA.Security-EFSInBackupPlan',
    'TrustedAdvisor:Amazon EFS not in AWS Backup plan',
    'ResilienceHub:Amazon Elastic File System/Filesystem Backup',
    'Config:FSX_RESOURCES_PROTECTED_BY_BACKUP_PLAN',
    'GuardRegistry:FSX_RESOURCES_PROTECTED_BY_BACKUP_PLAN',
    'ResilienceHub:Amazon FSx for Windows File Server/Filesystem Backup',
    'Powerpipe-WA-Reliability:fsx_file_system_protected_by_backup_plan',
    'Config:S3_RESOURCES_PROTECTED_BY_BACKUP_PLAN',
    'ResilienceHub:Amazon Simple Storage Service/Scheduled backup',
    'Prowler:backup_vaults_exist',
    'Prowler:backup_plans_exist',
  ],
  resourceTypes: STORE_TYPES,
  evaluate(store, { assembly, careDependsOn }) {
    if (holdsNothingOfItsOwn(store, assembly)) {
      return NOT_APPLICABLE;
    }
    const { selected, undecided: reason } = coverageOf(store, assembly);
    const own = ownDays(store);
    const needed = careDependsOn(store) ? DWELL_DAYS.care : DWELL_DAYS.other;
    if (selected || (typeof own === 'number' && own >= needed)) {
      return PASS;
    }
    if (reason !== undefined || typeof own === 'string') {
      return undecided(reason ?? String(own));
    }
    return failed(
      own === 0 ? 'no plan selects it' : `no plan selects it, and it keeps ${counted(own, 'day')} by itself`,
    );
  },
});
