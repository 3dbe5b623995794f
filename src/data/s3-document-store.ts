import { Duration, Stack } from 'aws-cdk-lib';
import * as backup from 'aws-cdk-lib/aws-backup';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { type DataProtection, FailureScope } from '../core';
import { acknowledge } from '../core/private/acknowledgements';
import { Problems } from '../core/private/fail';
import type { DocumentStoreBindOptions, DocumentStoreConfig, IDocumentStore } from './document-store-ref';
import { ObjectLock } from './object-lock';
import { bucketArnByName } from './private/bucket-arn';
import { bucketWidgets } from './private/bucket-widgets';
import { dataKey } from './private/data-key';
import { DocumentReplication } from './private/document-replication';
import { documentsBucketName, LONGEST_DOCUMENTS_SYSTEM_NAME, requireSystemName } from './private/physical-names';
import type { StoreRecovery } from './store-recovery';

/** Properties of an S3DocumentStore. */
export interface S3DocumentStoreProps {
  /**
   * Whether versions are locked against deletion. Cannot be changed later without replacing the bucket.
   *
   * @default ObjectLock.none()
   */
  readonly objectLock?: ObjectLock;
  /**
   * How long an overwritten or deleted document can still be brought back. Whole days. They are billed like current ones.
   *
   * @default Duration.days(90)
   */
  readonly noncurrentVersionRetention?: Duration;
  /**
   * Move documents to S3 Intelligent-Tiering, which stores what nobody reads at a lower price and delivers it as fast, for
   * a monthly charge per object of 128 KiB or more.
   *
   * @default true
   */
  readonly intelligentTiering?: boolean;
  /**
   * Lifecycle rules beside those the other properties make, for example to expire a prefix of working files.
   *
   * @default - none
   */
  readonly lifecycleRules?: s3.LifecycleRule[];
}

/**
 * An Amazon S3 bucket for documents, images and attachments. Everything is made in the scope given to `bind`.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/security-best-practices.html
 */
export class S3DocumentStore implements IDocumentStore {
  private readonly props: S3DocumentStoreProps;
  private readonly noncurrentVersionRetention: Duration;

  /** @throws InvalidDocumentStore naming everything that is wrong */
  public constructor(props: S3DocumentStoreProps = {}) {
    this.props = props;
    this.noncurrentVersionRetention = props.noncurrentVersionRetention ?? Duration.days(90);
    const problems = new Problems(undefined, 'InvalidDocumentStore');
    const retention = this.noncurrentVersionRetention;
    const known = !retention.isUnresolved();
    const days = known ? retention.toDays({ integral: false }) : Number.NaN;
    problems.require(
      days >= 1 && Number.isInteger(days),
      `noncurrentVersionRetention must be one or more whole days known at synthesis, got ${known ? retention.toHumanString() : 'a token'}`,
    );
    problems.throwIfAny();
  }

  /**
   * Called by the system; do not call this yourself.
   *
   * @throws InvalidSystemName when a bucket name cannot be made of the system's name
   */
  public bind(scope: Construct, options: DocumentStoreBindOptions): DocumentStoreConfig {
    requireSystemName(scope, options.systemName, LONGEST_DOCUMENTS_SYSTEM_NAME);
    const { dataProtection, systemName } = options;
    const encryptionKey =
      options.encryptionKey ?? dataKey(scope, 'Key', `Encrypts the documents of ${systemName}`, dataProtection);
    const bucket = this.makeBucket(scope, options, encryptionKey);
    const locked = this.lock.defaultRetention !== undefined;
    const ownKey = options.encryptionKey === undefined;
    return {
      bucket,
      encryptionKey,
      backupResources: [backup.BackupResource.fromArn(bucketArnByName(scope, bucket.bucketName))],
      alarms: [],
      widgets: bucketWidgets(bucket.bucketName),
      recovery: this.recovery(),
      replication: new DocumentReplication(scope, systemName, bucket, encryptionKey, locked, ownKey),
    };
  }

  private get lock(): ObjectLock {
    return this.props.objectLock ?? ObjectLock.none();
  }

  private makeBucket(
    scope: Construct,
    options: DocumentStoreBindOptions,
    encryptionKey: DocumentStoreConfig['encryptionKey'],
  ): s3.Bucket {
    const { account, region } = Stack.of(scope);
    const bucket = new s3.Bucket(scope, 'Bucket', {
      bucketName: documentsBucketName(options.systemName, region, account),
      versioned: true,
      encryption: s3.BucketEncryption.KMS,
      encryptionKey,
      bucketKeyEnabled: true,
      enforceSSL: true,
      blockPublicAccess: s3.BlockPublicAccess.BLOCK_ALL,
      objectOwnership: s3.ObjectOwnership.BUCKET_OWNER_ENFORCED,
      objectLockDefaultRetention: this.lock.defaultRetention,
      lifecycleRules: this.lifecycleRules(),
      removalPolicy: options.dataProtection._removalPolicyOfNamed,
    });
    bucket.policy?.applyRemovalPolicy(options.dataProtection._removalPolicyOfNamed);
    const cfnBucket = bucket.node.defaultChild as s3.CfnBucket;
    // AWS Backup needs the events for point-in-time restore; the L2 property would add a custom resource
    cfnBucket.notificationConfiguration = { eventBridgeConfiguration: { eventBridgeEnabled: true } };
    logAccess(cfnBucket, accessLogs(scope, options.dataProtection));
    acknowledge(bucket, 'documentReplication');
    return bucket;
  }

  private lifecycleRules(): s3.LifecycleRule[] {
    const tiering = {
      id: 'tiering',
      transitions: [{ storageClass: s3.StorageClass.INTELLIGENT_TIERING, transitionAfter: Duration.days(0) }],
    };
    return [
      {
        id: 'noncurrent',
        noncurrentVersionExpiration: this.noncurrentVersionRetention,
        expiredObjectDeleteMarker: true,
      },
      { id: 'incomplete', abortIncompleteMultipartUploadAfter: Duration.days(7) },
      ...((this.props.intelligentTiering ?? true) ? [tiering] : []),
      ...(this.props.lifecycleRules ?? []),
    ];
  }

  private recovery(): StoreRecovery[] {
    const none = Duration.seconds(0);
    const source = 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/DataDurability.html';
    return [
      ...[FailureScope.COMPONENT, FailureScope.AVAILABILITY_ZONE].map((scope) => ({
        scope,
        mechanism: 'Amazon S3 keeps every object in three or more zones',
        recoveryTime: none,
        recoveryPoint: none,
        source,
      })),
      ...[FailureScope.DELETION, FailureScope.CORRUPTION].map((scope) => ({
        scope,
        mechanism: `versions kept for ${this.noncurrentVersionRetention.toHumanString()}`,
        recoveryPoint: none,
        source: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/Versioning.html',
      })),
    ];
  }
}

/** S3 delivers access logs only to a bucket encrypted by S3's own keys. */
function accessLogs(scope: Construct, dataProtection: DataProtection): s3.Bucket {
  const bucket = new s3.Bucket(scope, 'AccessLogs', {
    encryption: s3.BucketEncryption.S3_MANAGED,
    versioned: true,
    enforceSSL: true,
    blockPublicAccess: s3.BlockPublicAccess.BLOCK_ALL,
    objectOwnership: s3.ObjectOwnership.BUCKET_OWNER_ENFORCED,
    removalPolicy: dataProtection.removalPolicy,
    lifecycleRules: [
      {
        expiration: Duration.days(2557), // seven years: 45 CFR 164.316(b)(2)(i) asks for six
        noncurrentVersionExpiration: Duration.days(30),
        abortIncompleteMultipartUploadAfter: Duration.days(7),
      },
    ],
  });
  bucket.policy?.applyRemovalPolicy(dataProtection.removalPolicy);
  acknowledge(bucket, 'accessLogBucketEncryption');
  acknowledge(bucket, 'auditRecordReplication');
  return bucket;
}

/** The L2 property does this by an access control list or by policy, as a feature flag says; this is always by policy. */
function logAccess(source: s3.CfnBucket, destination: s3.Bucket): void {
  source.loggingConfiguration = { destinationBucketName: destination.bucketName };
  destination.addToResourcePolicy(
    new iam.PolicyStatement({
      actions: ['s3:PutObject'],
      principals: [new iam.ServicePrincipal('logging.s3.amazonaws.com')],
      resources: [destination.arnForObjects('*')],
      conditions: {
        ArnLike: { 'aws:SourceArn': source.attrArn },
        StringEquals: { 'aws:SourceAccount': Stack.of(source).account },
      },
    }),
  );
}
