import * as backup from 'aws-cdk-lib/aws-backup';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import type { DocumentStoreBindOptions, DocumentStoreConfig, IDocumentStore } from './document-store-ref';
import { bucketArnByName } from './private/bucket-arn';
import { bucketWidgets } from './private/bucket-widgets';

/** Properties of an ExistingDocumentStore. */
export interface ExistingDocumentStoreProps {
  /** The bucket. AWS Backup needs it versioned, with events sent to Amazon EventBridge. */
  readonly bucket: s3.IBucket;
  /** The key that encrypts it. */
  readonly encryptionKey: kms.IKey;
}

/** A bucket somebody else owns. Nothing about it is changed. */
export class ExistingDocumentStore implements IDocumentStore {
  private readonly props: ExistingDocumentStoreProps;

  public constructor(props: ExistingDocumentStoreProps) {
    this.props = props;
  }

  /** Called by the system; do not call this yourself. */
  public bind(scope: Construct, _options: DocumentStoreBindOptions): DocumentStoreConfig {
    const { bucket, encryptionKey } = this.props;
    return {
      bucket,
      encryptionKey,
      backupResources: [backup.BackupResource.fromArn(bucketArnByName(scope, bucket.bucketName))],
      alarms: [],
      widgets: bucketWidgets(bucket.bucketName),
    };
  }
}
