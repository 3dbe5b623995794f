import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { keyAliasArn } from './database';

const closed = {
  versioned: true,
  enforceSSL: true,
  blockPublicAccess: s3.BlockPublicAccess.BLOCK_ALL,
  objectOwnership: s3.ObjectOwnership.BUCKET_OWNER_ENFORCED,
  removalPolicy: RemovalPolicy.RETAIN,
};

export function documentsName(scope: Construct, systemName: string, region: string): string {
  return `${systemName}-documents-${Stack.of(scope).account}-${region}`;
}

/** A bucket for documents, and one for its access log. */
export function documentsBucket(scope: Construct, systemName: string, encryptionKey: kms.Key): s3.Bucket {
  const bucket = new s3.Bucket(scope, 'Documents', {
    ...closed,
    bucketName: documentsName(scope, systemName, Stack.of(scope).region),
    encryption: s3.BucketEncryption.KMS,
    encryptionKey,
    bucketKeyEnabled: true,
    objectLockEnabled: true,
    objectLockDefaultRetention: s3.ObjectLockRetention.governance(Duration.days(30)),
    lifecycleRules: [
      { id: 'noncurrent', noncurrentVersionExpiration: Duration.days(90), expiredObjectDeleteMarker: true },
      { id: 'incomplete', abortIncompleteMultipartUploadAfter: Duration.days(7) },
      {
        id: 'tiering',
        transitions: [{ storageClass: s3.StorageClass.INTELLIGENT_TIERING, transitionAfter: Duration.days(0) }],
      },
    ],
  });
  bucket.policy?.applyRemovalPolicy(RemovalPolicy.RETAIN);
  const cfnBucket = bucket.node.defaultChild as s3.CfnBucket;
  cfnBucket.notificationConfiguration = { eventBridgeConfiguration: { eventBridgeEnabled: true } };
  logAccess(cfnBucket, accessLogBucket(scope, 'DocumentsAccessLogs'));
  return bucket;
}

export function accessLogBucket(scope: Construct, id: string): s3.Bucket {
  const bucket = new s3.Bucket(scope, id, {
    ...closed,
    encryption: s3.BucketEncryption.S3_MANAGED,
    lifecycleRules: [
      {
        expiration: Duration.days(2557),
        noncurrentVersionExpiration: Duration.days(30),
        abortIncompleteMultipartUploadAfter: Duration.days(7),
      },
    ],
  });
  bucket.policy?.applyRemovalPolicy(RemovalPolicy.RETAIN);
  return bucket;
}

export function logAccess(source: s3.CfnBucket, destination: s3.Bucket, prefix?: string): void {
  source.loggingConfiguration = { destinationBucketName: destination.bucketName, logFilePrefix: prefix };
  destination.addToResourcePolicy(
    new iam.PolicyStatement({
      actions: ['s3:PutObject'],
      principals: [new iam.ServicePrincipal('logging.s3.amazonaws.com')],
      resources: [destination.arnForObjects(`${prefix ?? ''}*`)],
      conditions: {
        ArnLike: { 'aws:SourceArn': source.attrArn },
        StringEquals: { 'aws:SourceAccount': Stack.of(source).account },
      },
    }),
  );
}

/** Replication Time Control to the other Region, with its role and two alarms. */
export function replicateDocuments(
  scope: Construct,
  bucket: s3.Bucket,
  key: kms.Key,
  systemName: string,
  region: string,
): cloudwatch.Alarm[] {
  const own = Stack.of(scope).region;
  const target = documentsName(scope, systemName, region);
  new kms.Alias(scope, 'DocumentsKeyAlias', { aliasName: `alias/${systemName}-documents`, targetKey: key }); // for the way back
  const role = new iam.Role(scope, 'ReplicationRole', {
    description: `Lets Amazon S3 replicate the documents of ${systemName} to ${region}`,
    assumedBy: new iam.ServicePrincipal('s3.amazonaws.com'),
  });
  const policy = new iam.ManagedPolicy(scope, 'ReplicationPolicy', {
    roles: [role],
    statements: replicationStatements(scope, key, systemName, own, region),
  });
  (bucket.node.defaultChild as s3.CfnBucket).replicationConfiguration = {
    role: role.roleArn,
    rules: [
      {
        id: 'documents',
        status: 'Enabled',
        priority: 1,
        filter: { prefix: '' },
        deleteMarkerReplication: { status: 'Disabled' },
        sourceSelectionCriteria: { sseKmsEncryptedObjects: { status: 'Enabled' } },
        destination: {
          bucket: `arn:${Stack.of(scope).partition}:s3:::${target}`,
          encryptionConfiguration: { replicaKmsKeyId: keyAliasArn(scope, systemName, region) },
          replicationTime: { status: 'Enabled', time: { minutes: 15 } },
          metrics: { status: 'Enabled', eventThreshold: { minutes: 15 } },
        },
      },
    ],
  };
  bucket.node.addDependency(role, policy);
  return replicationAlarms(scope, bucket, target, region);
}

function replicationStatements(
  scope: Construct,
  key: kms.Key,
  systemName: string,
  own: string,
  other: string,
): iam.PolicyStatement[] {
  const { partition, account, urlSuffix } = Stack.of(scope);
  const source = `arn:${partition}:s3:::${documentsName(scope, systemName, own)}`;
  const target = `arn:${partition}:s3:::${documentsName(scope, systemName, other)}`;
  return [
    new iam.PolicyStatement({ actions: ['s3:GetReplicationConfiguration', 's3:ListBucket'], resources: [source] }),
    new iam.PolicyStatement({
      actions: ['s3:GetObjectVersionForReplication', 's3:GetObjectVersionAcl', 's3:GetObjectVersionTagging'],
      resources: [`${source}/*`],
    }),
    new iam.PolicyStatement({
      actions: ['s3:ReplicateObject', 's3:ReplicateDelete', 's3:ReplicateTags'],
      resources: [`${target}/*`],
    }),
    new iam.PolicyStatement({
      actions: ['kms:Decrypt'],
      resources: [key.keyArn],
      conditions: { StringEquals: { 'kms:ViaService': `s3.${own}.${urlSuffix}` } },
    }),
    new iam.PolicyStatement({
      actions: ['kms:Encrypt', 'kms:GenerateDataKey'],
      resources: [`arn:${partition}:kms:${other}:${account}:key/*`],
      conditions: {
        StringEquals: { 'kms:ViaService': `s3.${other}.${urlSuffix}` },
        'ForAnyValue:StringEquals': { 'kms:ResourceAliases': `alias/${systemName}-recovery` },
      },
    }),
  ];
}

function replicationAlarms(scope: Construct, bucket: s3.Bucket, target: string, region: string): cloudwatch.Alarm[] {
  const metric = (metricName: string, statistic: string) =>
    new cloudwatch.Metric({
      namespace: 'AWS/S3',
      metricName,
      dimensionsMap: { SourceBucket: bucket.bucketName, DestinationBucket: target, RuleId: 'documents' },
      statistic,
      period: Duration.minutes(5),
    });
  const common = {
    comparisonOperator: cloudwatch.ComparisonOperator.GREATER_THAN_THRESHOLD,
    treatMissingData: cloudwatch.TreatMissingData.NOT_BREACHING,
  };
  return [
    metric('OperationsFailedReplication', 'Sum').createAlarm(scope, 'ReplicationFailedAlarm', {
      ...common,
      alarmDescription: `Documents could not be replicated to ${region}`,
      threshold: 0,
      evaluationPeriods: 1,
    }),
    metric('ReplicationLatency', 'Maximum').createAlarm(scope, 'ReplicationLatencyAlarm', {
      ...common,
      alarmDescription: `Documents reach ${region} later than their recovery point allows`,
      threshold: 900,
      evaluationPeriods: 2,
    }),
  ];
}

export function documentsWidgets(bucketName: string): cloudwatch.IWidget[] {
  return [
    new cloudwatch.GraphWidget({
      title: 'Documents (number)',
      width: 6,
      left: [
        new cloudwatch.Metric({
          namespace: 'AWS/S3',
          metricName: 'NumberOfObjects',
          dimensionsMap: { BucketName: bucketName, StorageType: 'AllStorageTypes' },
          statistic: 'Average',
          period: Duration.days(1),
        }),
      ],
    }),
  ];
}
