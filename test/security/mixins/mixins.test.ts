import { App, CfnParameter, Duration, Lazy, Mixins, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as rds from 'aws-cdk-lib/aws-rds';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { NagRuleCompliance, rules } from 'cdk-nag';
import { mixins } from '../../../src';

let stack: Stack;

beforeEach(() => {
  stack = new Stack(new App(), 'Test', { env: { region: 'eu-central-1' } });
});

const { COMPLIANT, NON_COMPLIANT } = NagRuleCompliance;
const retention = Duration.days(365);

describe('BucketTlsOnly', () => {
  const { S3BucketSSLRequestsOnly } = rules.s3;

  test('makes a policy for a bucket that has none', () => {
    const bucket = new s3.CfnBucket(stack, 'Bucket');
    expect(S3BucketSSLRequestsOnly(bucket)).toBe(NON_COMPLIANT);
    Mixins.of(stack).apply(new mixins.BucketTlsOnly());
    expect(S3BucketSSLRequestsOnly(bucket)).toBe(COMPLIANT);
  });

  test('extends the policy of a bucket, in whichever order it was written', () => {
    const bucket = new s3.CfnBucket(stack, 'Bucket', { bucketName: 'records' });
    const allow = { Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: bucket.attrArn };
    new s3.CfnBucketPolicy(stack, 'Policy', { bucket: 'records', policyDocument: { Statement: [allow] } });
    Mixins.of(stack).apply(new mixins.BucketTlsOnly());
    const policies = Object.values(Template.fromStack(stack).findResources('AWS::S3::BucketPolicy'));
    expect(policies).toHaveLength(1);
    expect(policies[0].Properties.PolicyDocument.Statement.map(({ Effect }: { Effect: string }) => Effect)).toEqual([
      'Allow',
      'Deny',
    ]);
  });

  test('leaves the policy of another bucket alone', () => {
    const other = new s3.Bucket(stack, 'Other', { enforceSSL: true });
    new s3.Bucket(stack, 'Bucket');
    Mixins.of(stack.node.findChild('Bucket')).apply(new mixins.BucketTlsOnly());
    expect(other.policy?.document.statementCount).toBe(1);
    Template.fromStack(stack).resourceCountIs('AWS::S3::BucketPolicy', 2);
  });

  test.each([true, false])('says it once for an L2 whose enforceSSL is %s, applied twice', (enforceSSL) => {
    new s3.Bucket(stack, 'Bucket', { enforceSSL });
    Mixins.of(stack).apply(new mixins.BucketTlsOnly(), new mixins.BucketTlsOnly());
    const policies = Object.values(Template.fromStack(stack).findResources('AWS::S3::BucketPolicy'));
    expect(policies).toHaveLength(1);
    expect(policies[0].Properties.PolicyDocument.Statement).toHaveLength(1);
  });
});

describe('DatabaseNotPublic', () => {
  test('takes the public address of an instance', () => {
    const instance = new rds.CfnDBInstance(stack, 'Database', { publiclyAccessible: true });
    expect(rules.rds.RDSInstancePublicAccess(instance)).toBe(NON_COMPLIANT);
    Mixins.of(stack).apply(new mixins.DatabaseNotPublic());
    expect(rules.rds.RDSInstancePublicAccess(instance)).toBe(COMPLIANT);
  });

  test('leaves a Multi-AZ cluster alone, which would be replaced', () => {
    const cluster = new rds.CfnDBCluster(stack, 'Cluster', { publiclyAccessible: true });
    Mixins.of(stack).apply(new mixins.DatabaseNotPublic());
    expect(cluster.publiclyAccessible).toBe(true);
  });
});

describe('KeyRotated', () => {
  test('rotates a key', () => {
    const key = new kms.CfnKey(stack, 'Key');
    expect(rules.kms.KMSBackingKeyRotationEnabled(key)).toBe(NON_COMPLIANT);
    Mixins.of(stack).apply(new mixins.KeyRotated());
    expect(rules.kms.KMSBackingKeyRotationEnabled(key)).toBe(COMPLIANT);
  });

  test.each([
    ['asymmetric', { keySpec: 'RSA_2048', keyUsage: 'SIGN_VERIFY' }],
    ['HMAC', { keySpec: 'HMAC_256', keyUsage: 'GENERATE_VERIFY_MAC' }],
    ['imported', { origin: 'EXTERNAL' }],
  ])('leaves a key alone that is %s', (_, props) => {
    const key = new kms.CfnKey(stack, 'Key', props);
    Mixins.of(stack).apply(new mixins.KeyRotated());
    expect(key.enableKeyRotation).toBeUndefined();
  });
});

describe('LaunchTemplateImdsV2', () => {
  test('asks for tokens, and keeps the other options', () => {
    const template = new ec2.LaunchTemplate(stack, 'Template', { httpPutResponseHopLimit: 2, ebsOptimized: true });
    Mixins.of(stack).apply(new mixins.LaunchTemplateImdsV2());
    Template.fromStack(stack).hasResourceProperties('AWS::EC2::LaunchTemplate', {
      LaunchTemplateData: {
        EbsOptimized: true,
        MetadataOptions: { HttpTokens: 'required', HttpPutResponseHopLimit: 2 },
      },
    });
    expect(template.launchTemplateId).toBeDefined();
  });

  test('satisfies cdk-nag, which looks at what is launched', () => {
    const template = new ec2.CfnLaunchTemplate(stack, 'Template', { launchTemplateData: { imageId: 'ami-1' } });
    const launchTemplate = { launchTemplateId: template.ref, version: template.attrLatestVersionNumber };
    const instance = new ec2.CfnInstance(stack, 'Instance', { launchTemplate });
    expect(rules.ec2.EC2IMDSv2Enabled(instance)).toBe(NON_COMPLIANT);
    Mixins.of(stack).apply(new mixins.LaunchTemplateImdsV2());
    expect(rules.ec2.EC2IMDSv2Enabled(instance)).toBe(COMPLIANT);
  });

  test.each([
    ['data', () => Lazy.any({ produce: () => ({}) })],
    ['metadata options', () => ({ metadataOptions: Lazy.any({ produce: () => ({}) }) })],
  ])('fails where the %s are a token', (_, launchTemplateData) => {
    new ec2.CfnLaunchTemplate(stack, 'Template', { launchTemplateData: launchTemplateData() });
    expect(() => Mixins.of(stack).apply(new mixins.LaunchTemplateImdsV2())).toThrow(
      /token.*httpTokens.*\[UnreadableLaunchTemplate at Test\/Template\]/,
    );
  });
});

describe('LogGroupKept', () => {
  test('keeps records, under a key that CloudWatch Logs may use', () => {
    const group = new logs.CfnLogGroup(stack, 'Group');
    const { CloudWatchLogGroupEncrypted, CloudWatchLogGroupRetentionPeriod } = rules.cloudwatch;
    expect(CloudWatchLogGroupRetentionPeriod(group)).toBe(NON_COMPLIANT);
    expect(CloudWatchLogGroupEncrypted(group)).toBe(NON_COMPLIANT);
    Mixins.of(stack).apply(new mixins.LogGroupKept({ retention, encryptionKey: new kms.Key(stack, 'Key') }));
    expect(CloudWatchLogGroupRetentionPeriod(group)).toBe(COMPLIANT);
    expect(CloudWatchLogGroupEncrypted(group)).toBe(COMPLIANT);
    expect(JSON.stringify(Template.fromStack(stack).findResources('AWS::KMS::Key'))).toContain('logs.eu-central-1.');
  });

  test.each([
    [30, 365],
    [3653, 3653],
  ])('a group that keeps %d days keeps %d', (before, after) => {
    const group = new logs.CfnLogGroup(stack, 'Group', { retentionInDays: before, kmsKeyId: 'its-own' });
    Mixins.of(stack).apply(new mixins.LogGroupKept({ retention, encryptionKey: new kms.Key(stack, 'Key') }));
    expect(group.retentionInDays).toBe(after);
    expect(group.kmsKeyId).toBe('its-own');
  });

  test('a retention that is not known yet stays as it is', () => {
    const { valueAsNumber } = new CfnParameter(stack, 'Days', { type: 'Number' });
    const group = new logs.CfnLogGroup(stack, 'Group', { retentionInDays: valueAsNumber });
    Mixins.of(stack).apply(new mixins.LogGroupKept({ retention }));
    expect(group.retentionInDays).toBe(valueAsNumber);
  });

  test('fails for a period that CloudWatch Logs does not offer', () => {
    expect(() => new mixins.LogGroupKept({ retention: Duration.days(100) })).toThrow(/got 100 \[InvalidRetention\]/);
  });
});
