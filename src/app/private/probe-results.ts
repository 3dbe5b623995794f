import { Duration } from 'aws-cdk-lib';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import type { DataProtection } from '../../core';
import { acknowledge } from '../../core/private/acknowledgements';

/** Properties of ProbeResults. */
export interface ProbeResultsProps {
  readonly systemName: string;
  readonly retention: Duration;
  readonly dataProtection: DataProtection;
}

/** Where canaries leave what they saw: status codes and times, no answers. */
export class ProbeResults extends Construct {
  public readonly bucket: s3.Bucket;
  public readonly key: kms.Key;

  public constructor(scope: Construct, id: string, { systemName, retention, dataProtection }: ProbeResultsProps) {
    super(scope, id);
    this.key = new kms.Key(this, 'Key', {
      description: `Encrypts the results of probes of ${systemName}`,
      enableKeyRotation: true,
      removalPolicy: dataProtection.removalPolicy,
    });
    this.bucket = new s3.Bucket(this, 'Bucket', {
      encryption: s3.BucketEncryption.KMS,
      encryptionKey: this.key,
      bucketKeyEnabled: true,
      blockPublicAccess: s3.BlockPublicAccess.BLOCK_ALL,
      objectOwnership: s3.ObjectOwnership.BUCKET_OWNER_ENFORCED,
      enforceSSL: true,
      minimumTLSVersion: 1.2,
      versioned: true,
      lifecycleRules: [
        {
          id: 'Expire',
          expiration: retention,
          noncurrentVersionExpiration: Duration.days(1),
          abortIncompleteMultipartUploadAfter: Duration.days(1),
        },
      ],
      removalPolicy: dataProtection.removalPolicy,
    });
    acknowledge(this.bucket, 'probeResults');
  }
}
