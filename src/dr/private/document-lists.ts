import { Duration, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import type { DataProtection } from '../../core';
import { acknowledge } from '../../core/private/acknowledgements';
import { asFindingText } from '../../core/private/granular-finding';
import { ManagedPolicyRole } from '../../core/private/managed-policy-role';
import { bucketArnByName } from '../../data/private/bucket-arn';

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

  /** https://docs.aws.amazon.com/AmazonS3/latest/userguide/s3-batch-replication-policies.html */
  private makeRole({ systemName, encryptionKey }: DocumentListsProps): iam.Role {
    const stack = Stack.of(this);
    const role = new ManagedPolicyRole(this, 'Role', {
      description: `Lets S3 Batch Operations list and replicate documents of ${systemName}`,
      // without aws:SourceAccount, which AWS documents for no job; nobody of another account can pass this role to one
      assumedBy: new iam.ServicePrincipal('batchoperations.s3.amazonaws.com'),
    });
    const documents = bucketArnByName(this, this.bucketName);
    const [objects, lists] = [`${documents}/*`, this.bucket.arnForObjects('*')];
    const allow = (actions: string[], resource: string, conditions?: Record<string, Record<string, string>>) =>
      role.addToPrincipalPolicy(new iam.PolicyStatement({ actions, resources: [resource], conditions }));
    allow(['s3:GetReplicationConfiguration', 's3:PutInventoryConfiguration'], documents);
    allow(['s3:InitiateReplication'], objects);
    allow(['s3:GetObject', 's3:GetObjectVersion', 's3:PutObject'], lists);
    allow(['kms:Decrypt', 'kms:GenerateDataKey'], encryptionKey.keyArn, {
      StringEquals: { 'kms:ViaService': `s3.${stack.region}.${stack.urlSuffix}` },
    });
    const findings = [objects, lists].map((resource) => `Resource::${asFindingText(this, resource)}`);
    acknowledge(role, 'reconciliationRights', findings);
    return role;
  }
}
