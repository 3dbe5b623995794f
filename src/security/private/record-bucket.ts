import { Duration } from 'aws-cdk-lib';
import type * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import type { DataProtection } from '../../core/data-protection';
import { acknowledge } from '../../core/private/acknowledgements';
import type { AccessLogBucket } from '../access-log-bucket';
import type { RecordLock } from '../record-lock';

/** What a bucket for audit records needs to know. */
export interface RecordBucketOptions {
  readonly encryptionKey: kms.IKey;
  readonly accessLogs: AccessLogBucket;
  readonly accessLogPrefix: string;
  readonly retention: Duration;
  readonly dataProtection: DataProtection;
  readonly lock?: RecordLock;
}

/** A bucket that AWS services write audit records to: private, encrypted, TLS only, versioned, its own access logged. */
export function recordBucket(scope: Construct, id: string, options: RecordBucketOptions): s3.Bucket {
  const bucket = new s3.Bucket(scope, id, {
    blockPublicAccess: s3.BlockPublicAccess.BLOCK_ALL,
    encryption: s3.BucketEncryption.KMS,
    encryptionKey: options.encryptionKey,
    bucketKeyEnabled: true,
    enforceSSL: true,
    objectOwnership: s3.ObjectOwnership.BUCKET_OWNER_ENFORCED,
    versioned: true,
    objectLockDefaultRetention: options.lock && objectLock(options.lock),
    removalPolicy: options.dataProtection.removalPolicy,
    lifecycleRules: [
      {
        expiration: options.retention,
        noncurrentVersionExpiration: Duration.days(30),
        abortIncompleteMultipartUploadAfter: Duration.days(7),
      },
    ],
  });
  options.accessLogs.logAccessTo(bucket.node.defaultChild as s3.CfnBucket, options.accessLogPrefix);
  acknowledge(bucket, 'auditRecordReplication');
  return bucket;
}

function objectLock({ mode, period }: RecordLock): s3.ObjectLockRetention {
  return mode === 'COMPLIANCE' ? s3.ObjectLockRetention.compliance(period) : s3.ObjectLockRetention.governance(period);
}
