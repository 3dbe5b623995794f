import { Duration, Stack } from 'aws-cdk-lib';
import * as backup from 'aws-cdk-lib/aws-backup';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { DataProtection } from '../core';
import { acknowledge } from '../core/private/acknowledgements';
import { Problems } from '../core/private/fail';
import type { ClinicalBackup } from './clinical-backup';

/** Properties of a BackupAudit. */
export interface BackupAuditProps {
  /** The system's name: the framework's and the reports' names are made of it. */
  readonly systemName: string;
  /** The backups whose policy is what is asked for. */
  readonly backup: ClinicalBackup;
  /**
   * How long reports are kept: evidence that auditors ask for.
   *
   * @default Duration.days(2557) - seven years
   */
  readonly retention?: Duration;
  /**
   * What becomes of the reports when the construct is removed.
   *
   * @default DataProtection.retain()
   */
  readonly dataProtection?: DataProtection;
}

/** What is reported every day: https://docs.aws.amazon.com/aws-backup/latest/devguide/working-with-audit-reports.html */
const JOB_REPORTS = { Backups: 'BACKUP_JOB_REPORT', Copies: 'COPY_JOB_REPORT', Restores: 'RESTORE_JOB_REPORT' };

/**
 * AWS Backup Audit Manager: a framework that asks, every day, whether the backups are what their policy says, and reports of what was
 * backed up, copied and restored, in a bucket that keeps them.
 *
 * The framework evaluates through AWS Config, whose recorder must be on (`SecurityBaseline`); it costs an evaluation of AWS Config for
 * each control and resource. Its controls look at every plan and vault of the account in this Region, not at this system's alone:
 * one `BackupAudit` an account and Region is enough.
 *
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/aws-backup-audit-manager.html
 */
export class BackupAudit extends Construct {
  /** What is asked. */
  public readonly framework: backup.CfnFramework;
  /** What is written: compliance with the framework, and the jobs. */
  public readonly reports: backup.CfnReportPlan[];
  /** Where it is written. */
  public readonly bucket: s3.Bucket;

  /** @throws InvalidBackupAudit when names cannot be made of the system's name */
  public constructor(scope: Construct, id: string, props: BackupAuditProps) {
    super(scope, id);
    const problems = new Problems(this, 'InvalidBackupAudit');
    problems.require(
      /^[a-z][a-z0-9-]*$/.test(props.systemName),
      `systemName must be lower-case letters, digits and hyphens, and start with a letter, got "${props.systemName}"`,
    );
    problems.throwIfAny();
    const name = props.systemName.replace(/-/g, '_'); // no hyphens in these names
    this.bucket = this.makeBucket(props);
    this.framework = new backup.CfnFramework(this, 'Framework', {
      frameworkName: `${name}_backups`,
      frameworkDescription: `Whether backups are what the policy of ${props.systemName} says`,
      frameworkControls: this.controls(props.backup),
    });
    // Amazon S3 refuses a policy that names a role which does not exist, and an account's first framework makes the role:
    // https://docs.aws.amazon.com/aws-backup/latest/devguide/using-service-linked-roles-AWSServiceRoleForBackupReports.html
    this.bucket.policy?.node.addDependency(this.framework);
    this.reports = [
      ...Object.entries(JOB_REPORTS).map(([each, template]) => this.report(each, name, { ReportTemplate: template })),
      this.report('Compliance', name, {
        ReportTemplate: 'CONTROL_COMPLIANCE_REPORT',
        FrameworkArns: [this.framework.attrFrameworkArn],
      }),
    ];
  }

  /** https://docs.aws.amazon.com/aws-backup/latest/devguide/controls-and-remediation.html */
  private controls({ policy }: ClinicalBackup): backup.CfnFramework.FrameworkControlProperty[] {
    const hours = Math.min(...policy.snapshotRules.map(({ every }) => Math.ceil(every.toHours({ integral: false }))));
    const days = policy.shortestRetention.toDays();
    const parameters = (values: Record<string, string | number>) =>
      Object.entries(values).map(([parameterName, value]) => ({ parameterName, parameterValue: String(value) }));
    return [
      { controlName: 'BACKUP_RECOVERY_POINT_ENCRYPTED' },
      { controlName: 'BACKUP_RECOVERY_POINT_MANUAL_DELETION_DISABLED' },
      {
        controlName: 'BACKUP_RECOVERY_POINT_MINIMUM_RETENTION_CHECK',
        controlInputParameters: parameters({ requiredRetentionDays: days }),
      },
      {
        controlName: 'BACKUP_PLAN_MIN_FREQUENCY_AND_MIN_RETENTION_CHECK',
        controlInputParameters: parameters({
          ...frequency(hours),
          requiredRetentionDays: days,
        }),
      },
    ];
  }

  private report(id: string, name: string, reportSetting: Record<string, unknown>): backup.CfnReportPlan {
    const plan = new backup.CfnReportPlan(this, id, {
      reportPlanName: `${name}_${id.toLowerCase()}`,
      // not typed, so spelled as CloudFormation does
      reportDeliveryChannel: {
        S3BucketName: this.bucket.bucketName,
        S3KeyPrefix: id.toLowerCase(),
        Formats: ['CSV', 'JSON'],
      },
      reportSetting,
    });
    plan.node.addDependency(this.bucket.policy ?? this.bucket);
    return plan;
  }

  private makeBucket({ systemName, retention, dataProtection = DataProtection.retain() }: BackupAuditProps): s3.Bucket {
    const bucket = new s3.Bucket(this, 'Reports', {
      encryption: s3.BucketEncryption.S3_MANAGED, // AWS Backup delivers reports under a service-linked role, which no customer key names
      blockPublicAccess: s3.BlockPublicAccess.BLOCK_ALL,
      enforceSSL: true,
      minimumTLSVersion: 1.2,
      versioned: true,
      lifecycleRules: [
        { expiration: retention ?? Duration.days(2557), noncurrentVersionExpiration: Duration.days(90) },
      ],
      removalPolicy: dataProtection.removalPolicy,
    });
    const role = 'aws-service-role/reports.backup.amazonaws.com/AWSServiceRoleForBackupReports';
    bucket.addToResourcePolicy(
      new iam.PolicyStatement({
        sid: `ReportsOf${systemName.replace(/-/g, '')}`,
        actions: ['s3:PutObject'],
        principals: [
          new iam.ArnPrincipal(
            Stack.of(this).formatArn({ service: 'iam', region: '', resource: 'role', resourceName: role }),
          ),
        ],
        resources: [bucket.arnForObjects('*')],
        conditions: { StringEquals: { 's3:x-amz-acl': 'bucket-owner-full-control' } },
      }),
    );
    acknowledge(bucket, 'backupReports');
    return bucket;
  }
}

/**
 * How often the most frequent rule runs, as the control takes it: up to 24 hours or 31 days. A continuous backup is made by a rule
 * that runs once a day. https://docs.aws.amazon.com/config/latest/developerguide/backup-plan-min-frequency-and-min-retention-check.html
 */
function frequency(hours: number): Record<string, string | number> {
  if (hours <= 24) {
    return { requiredFrequencyUnit: 'hours', requiredFrequencyValue: hours };
  }
  const days = Number.isFinite(hours) ? Math.min(31, Math.ceil(hours / 24)) : 1;
  return { requiredFrequencyUnit: 'days', requiredFrequencyValue: days };
}
