import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import * as backup from 'aws-cdk-lib/aws-backup';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';

const JOB_REPORTS = { backups: 'BACKUP_JOB_REPORT', copies: 'COPY_JOB_REPORT', restores: 'RESTORE_JOB_REPORT' };

/** Asks every day whether the backups are what was decided, and writes down the jobs. */
export function auditBackups(scope: Construct, systemName: string): void {
  const name = systemName.replaceAll('-', '_');
  const bucket = reportBucket(scope, systemName);
  const framework = new backup.CfnFramework(scope, 'BackupFramework', {
    frameworkName: `${name}_backups`,
    frameworkDescription: `Whether backups are what the policy of ${systemName} says`,
    frameworkControls: [
      { controlName: 'BACKUP_RECOVERY_POINT_ENCRYPTED' },
      { controlName: 'BACKUP_RECOVERY_POINT_MANUAL_DELETION_DISABLED' },
      {
        controlName: 'BACKUP_RECOVERY_POINT_MINIMUM_RETENTION_CHECK',
        controlInputParameters: [{ parameterName: 'requiredRetentionDays', parameterValue: '35' }],
      },
      {
        controlName: 'BACKUP_PLAN_MIN_FREQUENCY_AND_MIN_RETENTION_CHECK',
        controlInputParameters: [
          { parameterName: 'requiredFrequencyUnit', parameterValue: 'hours' },
          { parameterName: 'requiredFrequencyValue', parameterValue: '12' },
          { parameterName: 'requiredRetentionDays', parameterValue: '35' },
        ],
      },
    ],
  });
  bucket.policy?.node.addDependency(framework);
  const report = (kind: string, reportSetting: Record<string, unknown>) => {
    const plan = new backup.CfnReportPlan(scope, `Report-${kind}`, {
      reportPlanName: `${name}_${kind}`,
      reportDeliveryChannel: { S3BucketName: bucket.bucketName, S3KeyPrefix: kind, Formats: ['CSV', 'JSON'] },
      reportSetting,
    });
    plan.node.addDependency(bucket.policy ?? bucket);
  };
  for (const [kind, ReportTemplate] of Object.entries(JOB_REPORTS)) {
    report(kind, { ReportTemplate });
  }
  report('compliance', { ReportTemplate: 'CONTROL_COMPLIANCE_REPORT', FrameworkArns: [framework.attrFrameworkArn] });
}

function reportBucket(scope: Construct, systemName: string): s3.Bucket {
  const bucket = new s3.Bucket(scope, 'BackupReports', {
    encryption: s3.BucketEncryption.S3_MANAGED,
    blockPublicAccess: s3.BlockPublicAccess.BLOCK_ALL,
    enforceSSL: true,
    minimumTLSVersion: 1.2,
    versioned: true,
    lifecycleRules: [{ expiration: Duration.days(2557), noncurrentVersionExpiration: Duration.days(90) }],
    removalPolicy: RemovalPolicy.RETAIN,
  });
  const { partition, account } = Stack.of(scope);
  const role = 'role/aws-service-role/reports.backup.amazonaws.com/AWSServiceRoleForBackupReports';
  bucket.addToResourcePolicy(
    new iam.PolicyStatement({
      sid: `ReportsOf${systemName.replaceAll('-', '')}`,
      actions: ['s3:PutObject'],
      principals: [new iam.ArnPrincipal(`arn:${partition}:iam::${account}:${role}`)],
      resources: [bucket.arnForObjects('*')],
      conditions: { StringEquals: { 's3:x-amz-acl': 'bucket-owner-full-control' } },
    }),
  );
  return bucket;
}
