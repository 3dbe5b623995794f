import { type Duration, Stack } from 'aws-cdk-lib';
import * as guardduty from 'aws-cdk-lib/aws-guardduty';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { DataProtection } from '../core/data-protection';
import type { AccessLogBucket } from './access-log-bucket';
import { recordBucket } from './private/record-bucket';
import { checkRecordRetention, DEFAULT_RECORD_RETENTION } from './private/record-retention';
import { keepOn } from './private/singleton';

/** Properties of a FindingArchive. */
export interface FindingArchiveProps {
  /** The detector whose findings are kept. It has at most one archive. */
  readonly detectorId: string;
  /** The key that encrypts the findings; a symmetric key of this Region. GuardDuty is added to its policy. */
  readonly encryptionKey: kms.IKey;
  /** Where access to the findings is logged. */
  readonly accessLogs: AccessLogBucket;
  /**
   * How long findings are kept. Whole days.
   *
   * @default Duration.days(2557)
   */
  readonly retention?: Duration;
  /**
   * Whether the archive outlives the stack.
   *
   * @default DataProtection.retain()
   */
  readonly dataProtection?: DataProtection;
}

/**
 * Keeps the findings of GuardDuty, which forgets them after 90 days, in a bucket. New findings arrive within five minutes,
 * findings that recur as often as the detector publishes them. Costs the storage of a few kilobytes a finding.
 *
 * @see https://docs.aws.amazon.com/guardduty/latest/ug/guardduty_exportfindings.html
 */
export class FindingArchive extends Construct {
  /** Where findings are kept. */
  public readonly bucket: s3.Bucket;
  /** What makes GuardDuty send them there. */
  public readonly destination: guardduty.CfnPublishingDestination;

  /**
   * @throws InvalidRetention when the retention is not one or more whole days
   */
  public constructor(scope: Construct, id: string, props: FindingArchiveProps) {
    super(scope, id);
    const { encryptionKey } = props;
    const dataProtection = props.dataProtection ?? DataProtection.retain();
    const retention = props.retention ?? DEFAULT_RECORD_RETENTION;
    checkRecordRetention(this, retention, dataProtection);
    this.bucket = recordBucket(this, 'Bucket', {
      encryptionKey,
      accessLogs: props.accessLogs,
      accessLogPrefix: 'guardduty/',
      retention,
      dataProtection,
    });
    this.allowExport(encryptionKey);
    this.destination = new guardduty.CfnPublishingDestination(this, 'Destination', {
      detectorId: props.detectorId,
      destinationType: 'S3',
      destinationProperties: { destinationArn: this.bucket.bucketArn, kmsKeyArn: encryptionKey.keyArn },
    });
    keepOn(this.destination, dataProtection);
    if (this.bucket.policy) {
      this.destination.node.addDependency(this.bucket.policy); // GuardDuty tries the bucket when the destination is made
      keepOn(this.bucket.policy, dataProtection);
    }
  }

  /** https://docs.aws.amazon.com/guardduty/latest/ug/guardduty_exportfindings.html, steps 2 and 3 */
  private allowExport(key: kms.IKey): void {
    const stack = Stack.of(this);
    const principals = [new iam.ServicePrincipal('guardduty.amazonaws.com')];
    // every detector of this account and Region, of which there is one: its id would tie the key to it
    const detectors = stack.formatArn({ service: 'guardduty', resource: 'detector', resourceName: '*' });
    const conditions = {
      StringEquals: { 'aws:SourceAccount': stack.account },
      ArnLike: { 'aws:SourceArn': detectors },
    };
    this.bucket.addToResourcePolicy(
      new iam.PolicyStatement({
        actions: ['s3:GetBucketLocation'],
        principals,
        resources: [this.bucket.bucketArn],
        conditions,
      }),
    );
    this.bucket.addToResourcePolicy(
      new iam.PolicyStatement({
        actions: ['s3:PutObject'],
        principals,
        resources: [this.bucket.arnForObjects('*')],
        conditions,
      }),
    );
    key.addToResourcePolicy(
      new iam.PolicyStatement({
        actions: ['kms:GenerateDataKey'],
        principals,
        resources: ['*'], // in a key policy: this key
        conditions,
      }),
    );
  }
}
