import { type Duration, Stack } from 'aws-cdk-lib';
import * as cloudtrail from 'aws-cdk-lib/aws-cloudtrail';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { DataProtection } from '../core/data-protection';
import { fail } from '../core/private/fail';
import { ManagedPolicyRole } from '../core/private/managed-policy-role';
import type { AccessLogBucket } from './access-log-bucket';
import { allowLogGroup } from './private/log-group-key';
import { recordBucket } from './private/record-bucket';
import { checkRecordRetention, DEFAULT_RECORD_RETENTION } from './private/record-retention';
import { keepOn } from './private/singleton';
import type { RecordLock } from './record-lock';

/** What to choose about the audit trail. */
export interface AuditTrailOptions {
  /**
   * Name of the trail and, behind `/aws/cloudtrail/`, of its log group; unique in account and Region. A new name makes a
   * second trail and a second log group, and retained data protection keeps the first, which goes on recording and costing.
   *
   * @default 'security-baseline'
   */
  readonly trailName?: string;
  /**
   * Buckets whose objects hold patient data, in any Region of the account: every read and write of an object is recorded.
   * Billed per event.
   *
   * @default - no data events
   */
  readonly phiBuckets?: s3.IBucket[];
  /**
   * Keep records from being deleted before their time. At most as long as the retention.
   *
   * @default - not locked
   */
  readonly recordLock?: RecordLock;
  /**
   * How long the copy in CloudWatch Logs is kept, for searches and alarms. The records themselves are in S3.
   *
   * @default RetentionDays.ONE_YEAR
   */
  readonly logGroupRetention?: logs.RetentionDays;
}

/** Properties of an AuditTrail. */
export interface AuditTrailProps extends AuditTrailOptions {
  /** The key that encrypts records and log group; a symmetric key of this Region. */
  readonly encryptionKey: kms.IKey;
  /** Where access to the records is logged. */
  readonly accessLogs: AccessLogBucket;
  /**
   * How long records are kept. Whole days.
   *
   * @default Duration.days(2557)
   */
  readonly retention?: Duration;
  /**
   * Whether trail and records outlive the stack.
   *
   * @default DataProtection.retain()
   */
  readonly dataProtection?: DataProtection;
}

/**
 * AWS CloudTrail over every Region of the account: who did what. Make one; a second trail of the same management events is
 * billed.
 *
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-create-and-update-a-trail.html
 */
export class AuditTrail extends Construct {
  /** The trail. */
  public readonly trail: cloudtrail.CfnTrail;
  /** Where records are kept. */
  public readonly bucket: s3.Bucket;
  /** Where records can be searched. */
  public readonly logGroup: logs.LogGroup;
  /** The role CloudTrail writes to the log group with. */
  public readonly logRole: iam.Role;
  private readonly trailName: string;

  /**
   * @throws InvalidRetention when the retention is not one or more whole days
   * @throws LockExceedsRetention when records would be locked for longer than they are kept
   * @throws LockOutlivesStack when locked records are to be destroyed with the stack
   */
  public constructor(scope: Construct, id: string, props: AuditTrailProps) {
    super(scope, id);
    const dataProtection = props.dataProtection ?? DataProtection.retain();
    const retention = props.retention ?? DEFAULT_RECORD_RETENTION;
    this.validate(retention, dataProtection, props.recordLock);
    this.trailName = props.trailName ?? 'security-baseline';
    this.bucket = recordBucket(this, 'Bucket', {
      encryptionKey: props.encryptionKey,
      accessLogs: props.accessLogs,
      accessLogPrefix: 'trail/',
      retention,
      dataProtection,
      lock: props.recordLock,
    });
    this.allowDelivery(props.encryptionKey);
    this.logGroup = this.createLogGroup(props, dataProtection);
    this.logRole = new ManagedPolicyRole(this, 'LogRole', {
      assumedBy: new iam.ServicePrincipal('cloudtrail.amazonaws.com', {
        conditions: { StringEquals: { 'aws:SourceArn': this.trailArn } },
      }),
      description: 'Lets CloudTrail write to its log group',
    });
    const grant = this.logGroup.grantWrite(this.logRole);
    this.trail = new cloudtrail.CfnTrail(this, 'Trail', {
      trailName: this.trailName,
      isLogging: true,
      isMultiRegionTrail: true,
      includeGlobalServiceEvents: true,
      enableLogFileValidation: true,
      s3BucketName: this.bucket.bucketName,
      kmsKeyId: props.encryptionKey.keyArn,
      cloudWatchLogsLogGroupArn: this.logGroup.logGroupArn,
      cloudWatchLogsRoleArn: this.logRole.roleArn,
      advancedEventSelectors: eventSelectors(props.phiBuckets ?? []),
    });
    grant.applyBefore(this.trail);
    if (this.bucket.policy) {
      this.trail.node.addDependency(this.bucket.policy); // CloudTrail tries the bucket when the trail is made
      keepOn(this.bucket.policy, dataProtection);
    }
    keepOn(this.logRole, dataProtection);
    keepOn(this.trail, dataProtection);
  }

  private validate(retention: Duration, dataProtection: DataProtection, lock: RecordLock | undefined): void {
    checkRecordRetention(this, retention, dataProtection);
    if (lock && !dataProtection.retained) {
      fail(
        this,
        'LockOutlivesStack',
        'locked records cannot be destroyed with the stack; leave recordLock out, or retain them',
      );
    }
    if (lock && lock.period.toDays() > retention.toDays()) {
      fail(
        this,
        'LockExceedsRetention',
        `records are locked for ${lock.period.toDays()} days but kept for ${retention.toDays()}; keep them at least as long`,
      );
    }
  }

  /** Known before the trail is made, so that policies can name the trail which depends on them. */
  private get trailArn(): string {
    return Stack.of(this).formatArn({ service: 'cloudtrail', resource: 'trail', resourceName: this.trailName });
  }

  private createLogGroup(props: AuditTrailProps, dataProtection: DataProtection): logs.LogGroup {
    const logGroupName = `/aws/cloudtrail/${this.trailName}`;
    allowLogGroup(this, props.encryptionKey, logGroupName);
    return new logs.LogGroup(this, 'LogGroup', {
      logGroupName,
      encryptionKey: props.encryptionKey,
      retention: props.logGroupRetention ?? logs.RetentionDays.ONE_YEAR,
      removalPolicy: dataProtection.removalPolicy,
    });
  }

  /**
   * https://docs.aws.amazon.com/awscloudtrail/latest/userguide/create-s3-bucket-policy-for-cloudtrail.html and
   * https://docs.aws.amazon.com/awscloudtrail/latest/userguide/create-kms-key-policy-for-cloudtrail.html
   */
  private allowDelivery(key: kms.IKey): void {
    const stack = Stack.of(this);
    const principals = [new iam.ServicePrincipal('cloudtrail.amazonaws.com')];
    const ofThisTrail = { 'aws:SourceArn': this.trailArn };
    this.bucket.addToResourcePolicy(
      new iam.PolicyStatement({
        actions: ['s3:GetBucketAcl'],
        principals,
        resources: [this.bucket.bucketArn],
        conditions: { StringEquals: ofThisTrail },
      }),
    );
    this.bucket.addToResourcePolicy(
      new iam.PolicyStatement({
        actions: ['s3:PutObject'],
        principals,
        resources: [this.bucket.arnForObjects(`AWSLogs/${stack.account}/*`)],
        conditions: { StringEquals: { ...ofThisTrail, 's3:x-amz-acl': 'bucket-owner-full-control' } },
      }),
    );
    const trails = stack.formatArn({ service: 'cloudtrail', region: '*', resource: 'trail', resourceName: '*' });
    key.addToResourcePolicy(
      new iam.PolicyStatement({
        actions: ['kms:GenerateDataKey*'],
        principals,
        resources: ['*'], // in a key policy: this key
        conditions: {
          StringEquals: ofThisTrail,
          StringLike: { 'kms:EncryptionContext:aws:cloudtrail:arn': trails },
        },
      }),
    );
    key.addToResourcePolicy(
      new iam.PolicyStatement({
        actions: ['kms:DescribeKey', 'kms:Decrypt'], // Decrypt: the bucket uses an S3 Bucket Key
        principals,
        resources: ['*'], // in a key policy: this key
        conditions: { StringEquals: ofThisTrail },
      }),
    );
  }
}

/** Selectors replace CloudTrail's default, so management events must be named as soon as data events are. */
function eventSelectors(phiBuckets: s3.IBucket[]): cloudtrail.CfnTrail.AdvancedEventSelectorProperty[] | undefined {
  if (phiBuckets.length === 0) {
    return undefined;
  }
  return [
    { name: 'Management events', fieldSelectors: [{ field: 'eventCategory', equalTo: ['Management'] }] },
    {
      name: 'Objects that hold patient data',
      fieldSelectors: [
        { field: 'eventCategory', equalTo: ['Data'] },
        { field: 'resources.type', equalTo: ['AWS::S3::Object'] },
        { field: 'resources.ARN', startsWith: phiBuckets.map((bucket) => `${bucket.bucketArn}/`) },
      ],
    },
  ];
}
