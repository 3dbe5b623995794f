import { Duration, Stack } from 'aws-cdk-lib';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import type { DataProtection } from '../../core';
import { acknowledge } from '../../core/private/acknowledgements';
import { asFindingText } from '../../core/private/granular-finding';
import { bucketArnByName } from '../../data/private/bucket-arn';
import { BatchReplicationRole } from './batch-replication-role';

/** Properties of DocumentLists. */
export interface DocumentListsProps {
  readonly systemName: string;
  /** Name of the bucket with the documents. */
  readonly bucketName: string;
  /** Encrypts documents and lists. */
  readonly encryptionKey: kms.IKey;
  readonly dataProtection: DataProtection;
}

/**
 * Where S3 Batch Operations writes which documents it found, and what it works under. A bucket of its own: keys of documents may name
 * patients, and S3 delivers no report into a bucket whose versions are locked by default.
 *
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/troubleshooting-batch-operations.html
 */
export class DocumentLists extends Construct {
  public readonly bucket: s3.Bucket;
  public readonly role: iam.Role;
  /** Name of the bucket with the documents. */
  public readonly bucketName: string;
  public readonly keyArn: string;

  public constructor(scope: Construct, id: string, props: DocumentListsProps) {
    super(scope, id);
    this.bucketName = props.bucketName;
    this.keyArn = props.encryptionKey.keyArn;
    this.bucket = this.makeBucket(props);
    this.role = this.makeRole(props);
  }

  private makeBucket({ encryptionKey, dataProtection }: DocumentListsProps): s3.Bucket {
    const bucket = new s3.Bucket(this, 'Bucket', {
      encryption: s3.BucketEncryption.KMS,
      encryptionKey,
      bucketKeyEnabled: true,
      blockPublicAccess: s3.BlockPublicAccess.BLOCK_ALL,
      objectOwnership: s3.ObjectOwnership.BUCKET_OWNER_ENFORCED,
      enforceSSL: true,
      versioned: true,
      removalPolicy: dataProtection.removalPolicy,
      lifecycleRules: [
        {
          expiration: Duration.days(2557), // seven years, as access logs
          noncurrentVersionExpiration: Duration.days(30),
          abortIncompleteMultipartUploadAfter: Duration.days(7),
        },
      ],
    });
    bucket.policy?.applyRemovalPolicy(dataProtection.removalPolicy);
    acknowledge(bucket, 'reconciliationLists');
    return bucket;
  }

  private makeRole({ systemName, encryptionKey }: DocumentListsProps): iam.Role {
    const { region, urlSuffix } = Stack.of(this);
    const role = new BatchReplicationRole(this, 'Role', {
      description: `Lets S3 Batch Operations list and replicate documents of ${systemName}`,
      bucketArn: bucketArnByName(this, this.bucketName),
    });
    const lists = this.bucket.arnForObjects('*');
    role.allow(['s3:GetObject', 's3:GetObjectVersion', 's3:PutObject'], lists);
    role.allow(['kms:Decrypt', 'kms:GenerateDataKey'], encryptionKey.keyArn, {
      StringEquals: { 'kms:ViaService': `s3.${region}.${urlSuffix}` },
    });
    acknowledge(role, 'reconciliationRights', [role.finding, `Resource::${asFindingText(this, lists)}`]);
    return role;
  }
}
