import { CfnResource, Duration, RemovalPolicy, type Stack } from 'aws-cdk-lib';
import type * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import type { IConstruct } from 'constructs';
import { logAccess } from './documents';

/** Services of which an account has one per Region are kept, and so are the records of others. */
export function keep(resource: IConstruct): void {
  (CfnResource.isCfnResource(resource) ? resource : (resource.node.defaultChild as CfnResource)).applyRemovalPolicy(
    RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
  );
}

/** A bucket for audit records. */
export function recordBucket(stack: Stack, id: string, encryptionKey: kms.Key, accessLogs: s3.Bucket, prefix: string) {
  const bucket = new s3.Bucket(stack, id, {
    blockPublicAccess: s3.BlockPublicAccess.BLOCK_ALL,
    encryption: s3.BucketEncryption.KMS,
    encryptionKey,
    bucketKeyEnabled: true,
    enforceSSL: true,
    objectOwnership: s3.ObjectOwnership.BUCKET_OWNER_ENFORCED,
    versioned: true,
    removalPolicy: RemovalPolicy.RETAIN,
    lifecycleRules: [
      {
        expiration: Duration.days(2557),
        noncurrentVersionExpiration: Duration.days(30),
        abortIncompleteMultipartUploadAfter: Duration.days(7),
      },
    ],
  });
  logAccess(bucket.node.defaultChild as s3.CfnBucket, accessLogs, prefix);
  return bucket;
}
