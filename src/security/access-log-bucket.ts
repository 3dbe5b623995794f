import { Duration, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { DataProtection } from '../core/data-protection';
import { acknowledge } from '../core/private/acknowledgements';
import { DEFAULT_RECORD_RETENTION, requireWholeDays } from './private/record-retention';
import { keepOn } from './private/singleton';

/** Properties of an AccessLogBucket. */
export interface AccessLogBucketProps {
  /**
   * How long access logs are kept. Whole days.
   *
   * @default Duration.days(2557)
   */
  readonly retention?: Duration;
  /**
   * What becomes of the logs when the bucket is removed.
   *
   * @default DataProtection.retain()
   */
  readonly dataProtection?: DataProtection;
}

/**
 * Where S3 writes who asked for what in other buckets of the same account and Region.
 *
 * Encrypted by S3's own keys: S3 delivers no access logs to a bucket whose default encryption is a customer key.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/enable-server-access-logging.html
 */
export class AccessLogBucket extends Construct {
  /** The bucket. */
  public readonly bucket: s3.Bucket;

  /**
   * @throws InvalidRetention when the retention is not one or more whole days
   */
  public constructor(scope: Construct, id: string, props: AccessLogBucketProps = {}) {
    super(scope, id);
    const dataProtection = props.dataProtection ?? DataProtection.retain();
    const retention = props.retention ?? DEFAULT_RECORD_RETENTION;
    requireWholeDays(this, retention);
    this.bucket = new s3.Bucket(this, 'Bucket', {
      blockPublicAccess: s3.BlockPublicAccess.BLOCK_ALL,
      encryption: s3.BucketEncryption.S3_MANAGED,
      enforceSSL: true,
      objectOwnership: s3.ObjectOwnership.BUCKET_OWNER_ENFORCED,
      versioned: true,
      removalPolicy: dataProtection.removalPolicy,
      lifecycleRules: [
        {
          expiration: retention,
          noncurrentVersionExpiration: Duration.days(30),
          abortIncompleteMultipartUploadAfter: Duration.days(7),
        },
      ],
    });
    if (this.bucket.policy) {
      keepOn(this.bucket.policy, dataProtection);
    }
    acknowledge(this.bucket, 'accessLogBucketEncryption');
    acknowledge(this.bucket, 'auditRecordReplication');
  }

  /**
   * Write the access logs of a bucket here, under a prefix. The bucket must be in the same account and Region.
   *
   * CDK's own `serverAccessLogsBucket` does this by an access control list or by policy, as a feature flag says; this is
   * always by policy.
   */
  public logAccessTo(source: s3.CfnBucket, prefix: string): void {
    source.loggingConfiguration = { destinationBucketName: this.bucket.bucketName, logFilePrefix: prefix };
    this.bucket.addToResourcePolicy(
      new iam.PolicyStatement({
        actions: ['s3:PutObject'],
        principals: [new iam.ServicePrincipal('logging.s3.amazonaws.com')],
        resources: [this.bucket.arnForObjects(`${prefix}*`)],
        conditions: {
          ArnLike: { 'aws:SourceArn': source.attrArn },
          StringEquals: { 'aws:SourceAccount': Stack.of(this).account },
        },
      }),
    );
  }
}
