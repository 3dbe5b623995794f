import { RemovalPolicy, type Stack } from 'aws-cdk-lib';
import * as cloudtrail from 'aws-cdk-lib/aws-cloudtrail';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import { allowLogs } from './keys';
import { keep } from './records';

const TRAIL = 'security-baseline';

/** A trail over every Region, into a bucket and a log group. */
export function addTrail(stack: Stack, key: kms.Key, bucket: s3.Bucket): void {
  const trailArn = `arn:${stack.partition}:cloudtrail:${stack.region}:${stack.account}:trail/${TRAIL}`;
  allowDelivery(stack, key, bucket, trailArn);
  const logGroupName = `/aws/cloudtrail/${TRAIL}`;
  allowLogs(key, logGroupName);
  const logGroup = new logs.LogGroup(stack, 'TrailLog', {
    logGroupName,
    encryptionKey: key,
    retention: logs.RetentionDays.ONE_YEAR,
    removalPolicy: RemovalPolicy.RETAIN,
  });
  const role = new iam.Role(stack, 'TrailLogRole', {
    description: 'Lets CloudTrail write to its log group',
    assumedBy: new iam.ServicePrincipal('cloudtrail.amazonaws.com', {
      conditions: { StringEquals: { 'aws:SourceArn': trailArn } },
    }),
  });
  const policy = new iam.ManagedPolicy(stack, 'TrailLogPolicy', {
    roles: [role],
    statements: [
      new iam.PolicyStatement({
        actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
        resources: [logGroup.logGroupArn],
      }),
    ],
  });
  const trail = new cloudtrail.CfnTrail(stack, 'Trail', {
    trailName: TRAIL,
    isLogging: true,
    isMultiRegionTrail: true,
    includeGlobalServiceEvents: true,
    enableLogFileValidation: true,
    s3BucketName: bucket.bucketName,
    kmsKeyId: key.keyArn,
    cloudWatchLogsLogGroupArn: logGroup.logGroupArn,
    cloudWatchLogsRoleArn: role.roleArn,
  });
  trail.node.addDependency(policy);
  if (bucket.policy) {
    trail.node.addDependency(bucket.policy);
    keep(bucket.policy);
  }
  for (const kept of [role, policy, trail]) {
    keep(kept);
  }
}

function allowDelivery(stack: Stack, key: kms.Key, bucket: s3.Bucket, trailArn: string): void {
  const principals = [new iam.ServicePrincipal('cloudtrail.amazonaws.com')];
  const ofThisTrail = { 'aws:SourceArn': trailArn };
  bucket.addToResourcePolicy(
    new iam.PolicyStatement({
      actions: ['s3:GetBucketAcl'],
      principals,
      resources: [bucket.bucketArn],
      conditions: { StringEquals: ofThisTrail },
    }),
  );
  bucket.addToResourcePolicy(
    new iam.PolicyStatement({
      actions: ['s3:PutObject'],
      principals,
      resources: [bucket.arnForObjects(`AWSLogs/${stack.account}/*`)],
      conditions: { StringEquals: { ...ofThisTrail, 's3:x-amz-acl': 'bucket-owner-full-control' } },
    }),
  );
  key.addToResourcePolicy(
    new iam.PolicyStatement({
      actions: ['kms:GenerateDataKey*'],
      principals,
      resources: ['*'],
      conditions: {
        StringEquals: ofThisTrail,
        StringLike: {
          'kms:EncryptionContext:aws:cloudtrail:arn': `arn:${stack.partition}:cloudtrail:*:${stack.account}:trail/*`,
        },
      },
    }),
  );
  key.addToResourcePolicy(
    new iam.PolicyStatement({
      actions: ['kms:DescribeKey', 'kms:Decrypt'],
      principals,
      resources: ['*'],
      conditions: { StringEquals: ofThisTrail },
    }),
  );
}
