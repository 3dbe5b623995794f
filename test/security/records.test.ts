import { App, Duration, Lazy, Stack } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { DataProtection } from '../../src/core';
import {
  AccessLogBucket,
  AuditTrail,
  type AuditTrailProps,
  ConfigRecording,
  type ConfigRecordingProps,
  RecordLock,
} from '../../src/security';

const SANDBOX = DataProtection.destroyWithStack({ acknowledgeDataLoss: 'sandbox' });
const TRAIL_ARN = {
  'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':cloudtrail:us-east-1:111122223333:trail/security-baseline']],
};

interface Scene {
  readonly stack: Stack;
  readonly accessLogs: AccessLogBucket;
  readonly encryptionKey: kms.Key;
}

function scene(region = 'us-east-1'): Scene {
  const stack = new Stack(new App(), 'S', { env: { account: '111122223333', region } });
  return { stack, accessLogs: new AccessLogBucket(stack, 'Logs'), encryptionKey: new kms.Key(stack, 'Key') };
}

function trailWith(props: Partial<AuditTrailProps> = {}, region?: string): { trail: AuditTrail; template: Template } {
  const { stack, ...given } = scene(region);
  const trail = new AuditTrail(stack, 'Trail', { ...given, ...props });
  return { trail, template: Template.fromStack(stack) };
}

function configWith(props: Partial<ConfigRecordingProps> = {}, region?: string) {
  const { stack, ...given } = scene(region);
  const config = new ConfigRecording(stack, 'Config', { ...given, ...props });
  return { stack, config, template: Template.fromStack(stack) };
}

/** The statements about one service principal in all key policies, or all bucket policies. */
function statementsFor(template: Template, type: string, service: string): Record<string, unknown>[] {
  return Object.values(template.findResources(type))
    .flatMap(({ Properties }) => (Properties.KeyPolicy ?? Properties.PolicyDocument).Statement)
    .filter(({ Principal }) => Principal?.Service === service);
}

describe('AuditTrail', () => {
  test('records every Region, provably unchanged, encrypted, in S3 and CloudWatch Logs', () => {
    const { template } = trailWith();
    template.hasResourceProperties('AWS::CloudTrail::Trail', {
      TrailName: 'security-baseline',
      IsLogging: true,
      IsMultiRegionTrail: true,
      IncludeGlobalServiceEvents: true,
      EnableLogFileValidation: true,
      KMSKeyId: Match.anyValue(),
      CloudWatchLogsLogGroupArn: Match.anyValue(),
      CloudWatchLogsRoleArn: Match.anyValue(),
      AdvancedEventSelectors: Match.absent(),
      EventSelectors: Match.absent(),
    });
    template.hasResourceProperties('AWS::Logs::LogGroup', {
      LogGroupName: '/aws/cloudtrail/security-baseline',
      RetentionInDays: 365,
      KmsKeyId: Match.anyValue(),
    });
  });

  test('keeps records in a private, encrypted, versioned bucket for seven years', () => {
    const { template } = trailWith();
    template.hasResourceProperties('AWS::S3::Bucket', {
      LoggingConfiguration: { LogFilePrefix: 'trail/', DestinationBucketName: Match.anyValue() },
      VersioningConfiguration: { Status: 'Enabled' },
      ObjectLockEnabled: Match.absent(),
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      },
      BucketEncryption: {
        ServerSideEncryptionConfiguration: [
          { ServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: Match.anyValue() } },
        ],
      },
      LifecycleConfiguration: { Rules: [Match.objectLike({ ExpirationInDays: 2557, Status: 'Enabled' })] },
    });
  });

  test('lets CloudTrail deliver for this trail only', () => {
    const { template } = trailWith();
    const inBucket = statementsFor(template, 'AWS::S3::BucketPolicy', 'cloudtrail.amazonaws.com');
    expect(inBucket.map(({ Action, Condition }) => [Action, Condition])).toEqual([
      ['s3:GetBucketAcl', { StringEquals: { 'aws:SourceArn': TRAIL_ARN } }],
      ['s3:PutObject', { StringEquals: { 'aws:SourceArn': TRAIL_ARN, 's3:x-amz-acl': 'bucket-owner-full-control' } }],
    ]);
    const inKey = statementsFor(template, 'AWS::KMS::Key', 'cloudtrail.amazonaws.com');
    expect(inKey.map(({ Action, Condition }) => [Action, Condition])).toEqual([
      [
        'kms:GenerateDataKey*',
        {
          StringEquals: { 'aws:SourceArn': TRAIL_ARN },
          StringLike: {
            'kms:EncryptionContext:aws:cloudtrail:arn': {
              'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':cloudtrail:*:111122223333:trail/*']],
            },
          },
        },
      ],
      [['kms:DescribeKey', 'kms:Decrypt'], { StringEquals: { 'aws:SourceArn': TRAIL_ARN } }],
    ]);
  });

  test('lets CloudWatch Logs use the key for its log group only', () => {
    const { template } = trailWith();
    template.hasResourceProperties('AWS::KMS::Key', {
      KeyPolicy: {
        Statement: Match.arrayWith([
          Match.objectLike({
            Principal: { Service: { 'Fn::Join': ['', ['logs.us-east-1.', { Ref: 'AWS::URLSuffix' }]] } },
            Condition: {
              ArnEquals: {
                'kms:EncryptionContext:aws:logs:arn': {
                  'Fn::Join': [
                    '',
                    [
                      'arn:',
                      { Ref: 'AWS::Partition' },
                      ':logs:us-east-1:111122223333:log-group:/aws/cloudtrail/security-baseline',
                    ],
                  ],
                },
              },
            },
          }),
        ]),
      },
    });
  });

  test('writes to the log group with a managed policy, and nothing inline', () => {
    const { template } = trailWith();
    template.resourceCountIs('AWS::IAM::Policy', 0);
    template.hasResourceProperties('AWS::IAM::ManagedPolicy', {
      PolicyDocument: {
        Statement: [Match.objectLike({ Action: ['logs:CreateLogStream', 'logs:PutLogEvents'], Effect: 'Allow' })],
      },
    });
    template.hasResourceProperties('AWS::IAM::Role', { Policies: Match.absent() });
  });

  test('waits for the policies that let it deliver', () => {
    const { template } = trailWith();
    const [trail] = Object.values(template.findResources('AWS::CloudTrail::Trail'));
    expect(trail.DependsOn).toEqual([
      expect.stringMatching(/^TrailBucketPolicy/),
      expect.stringMatching(/^TrailLogRolePolicy/),
    ]);
  });

  test('records reads and writes of patient data beside management events', () => {
    const stack = new Stack();
    const phiBuckets = [
      s3.Bucket.fromBucketName(stack, 'Here', 'phi-here'),
      s3.Bucket.fromBucketName(stack, 'There', 'phi-there'),
    ];
    const { template } = trailWith({ phiBuckets });
    const arn = (name: string) => ({ 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, `:s3:::${name}/`]] });
    template.hasResourceProperties('AWS::CloudTrail::Trail', {
      AdvancedEventSelectors: [
        Match.objectLike({ FieldSelectors: [{ Field: 'eventCategory', Equals: ['Management'] }] }),
        Match.objectLike({
          FieldSelectors: [
            { Field: 'eventCategory', Equals: ['Data'] },
            { Field: 'resources.type', Equals: ['AWS::S3::Object'] },
            { Field: 'resources.ARN', StartsWith: [arn('phi-here'), arn('phi-there')] },
          ],
        }),
      ],
    });
  });

  test('takes a name, a retention and a retention of the log group', () => {
    const { template } = trailWith({
      trailName: 'hospital',
      retention: Duration.days(3653),
      logGroupRetention: logs.RetentionDays.TWO_YEARS,
    });
    template.hasResourceProperties('AWS::CloudTrail::Trail', { TrailName: 'hospital' });
    template.hasResourceProperties('AWS::Logs::LogGroup', {
      LogGroupName: '/aws/cloudtrail/hospital',
      RetentionInDays: 731,
    });
    template.hasResourceProperties('AWS::S3::Bucket', {
      LifecycleConfiguration: { Rules: [Match.objectLike({ ExpirationInDays: 3653 })] },
    });
  });

  test.each([
    ['GOVERNANCE', RecordLock.governance(Duration.days(365))],
    ['COMPLIANCE', RecordLock.compliance(Duration.days(365), { acknowledgeIrreversible: 'regulator asks' })],
  ])('locks records in %s mode', (mode, lock) => {
    trailWith({ recordLock: lock }).template.hasResourceProperties('AWS::S3::Bucket', {
      ObjectLockEnabled: true,
      ObjectLockConfiguration: { Rule: { DefaultRetention: { Mode: mode, Days: 365 } } },
    });
  });

  test('fails when records are locked for longer than they are kept', () => {
    const lock = RecordLock.governance(Duration.days(3000));
    expect(() => trailWith({ recordLock: lock })).toThrow(
      /locked for 3000 days but kept for 2557.*\[LockExceedsRetention/,
    );
  });

  test('fails when locked records are to be destroyed', () => {
    const lock = RecordLock.governance(Duration.days(1));
    expect(() => trailWith({ recordLock: lock, dataProtection: SANDBOX })).toThrow(/\[LockOutlivesStack at S\/Trail\]/);
  });

  test('keeps the trail alive without its stack: bucket, bucket policy, role and role policy stay too', () => {
    const { template } = trailWith();
    for (const type of [
      'AWS::CloudTrail::Trail',
      'AWS::S3::BucketPolicy',
      'AWS::IAM::Role',
      'AWS::IAM::ManagedPolicy',
    ]) {
      template.allResources(type, { DeletionPolicy: 'RetainExceptOnCreate', UpdateReplacePolicy: 'Retain' });
    }
    template.allResources('AWS::S3::Bucket', { DeletionPolicy: 'Retain' });
    template.hasResource('AWS::Logs::LogGroup', { DeletionPolicy: 'Retain' });
  });

  test('destroys everything of a sandbox', () => {
    const { stack, encryptionKey } = scene();
    const accessLogs = new AccessLogBucket(stack, 'SandboxLogs', { dataProtection: SANDBOX });
    new AuditTrail(stack, 'Trail', { accessLogs, encryptionKey, dataProtection: SANDBOX });
    stack.node.tryRemoveChild('Logs');
    const resources = Object.values(Template.fromStack(stack).toJSON().Resources as Record<string, { Type: string }>);
    expect(resources.filter((r) => r.Type !== 'AWS::KMS::Key' && JSON.stringify(r).includes('"Retain'))).toEqual([]);
  });
});

describe('record retention', () => {
  test('warns below the six years of HIPAA', () => {
    const { trail } = trailWith({ retention: Duration.days(365) });
    Annotations.fromStack(Stack.of(trail)).hasWarning(
      '/S/Trail',
      Match.stringLikeRegexp('164.316\\(b\\)\\(2\\)\\(i\\)'),
    );
  });

  test('does not warn at seven years, or in a sandbox', () => {
    for (const props of [{}, { retention: Duration.days(30), dataProtection: SANDBOX }]) {
      Annotations.fromStack(Stack.of(trailWith(props).trail)).hasNoWarning('*', Match.anyValue());
    }
  });

  test.each([
    ['36 hours', Duration.hours(36)],
    ['a token', Duration.days(Lazy.number({ produce: () => 3000 }))],
  ])('fails for %s', (_name, retention) => {
    expect(() => trailWith({ retention })).toThrow(/whole days.*\[InvalidRetention/);
    expect(() => configWith({ retention })).toThrow(/whole days.*\[InvalidRetention/);
    expect(() => new AccessLogBucket(new Stack(), 'Logs', { retention })).toThrow(
      /\[InvalidRetention at Default\/Logs\]/,
    );
  });
});

describe('ConfigRecording', () => {
  test('records every supported type with the service-linked role', () => {
    const { template } = configWith();
    template.hasResourceProperties('AWS::Config::ConfigurationRecorder', {
      RecordingGroup: { AllSupported: true, IncludeGlobalResourceTypes: false },
      RoleARN: {
        'Fn::Join': [
          '',
          [
            'arn:',
            { Ref: 'AWS::Partition' },
            ':iam::111122223333:role/aws-service-role/config.amazonaws.com/AWSServiceRoleForConfig',
          ],
        ],
      },
    });
    template.resourceCountIs('AWS::IAM::Role', 0);
  });

  test('has no dependency between recorder and channel: with one, the deployment hangs', () => {
    const { template } = configWith();
    const [recorder] = Object.values(template.findResources('AWS::Config::ConfigurationRecorder'));
    const [channel] = Object.values(template.findResources('AWS::Config::DeliveryChannel'));
    expect(recorder.DependsOn).toBeUndefined();
    expect(channel.DependsOn).toEqual([expect.stringMatching(/^ConfigBucketPolicy/)]);
    expect(JSON.stringify(channel.Properties)).not.toContain('Recorder');
  });

  test('delivers encrypted, to a bucket without Object Lock', () => {
    const { template } = configWith();
    template.hasResourceProperties('AWS::Config::DeliveryChannel', { S3KmsKeyArn: Match.anyValue() });
    template.hasResourceProperties('AWS::S3::Bucket', {
      ObjectLockEnabled: Match.absent(),
      LoggingConfiguration: Match.objectLike({ LogFilePrefix: 'config/' }),
    });
  });

  test('lets Config deliver for this account only', () => {
    const { template } = configWith();
    const ofAccount = { 'aws:SourceAccount': '111122223333' };
    expect(
      [
        ...statementsFor(template, 'AWS::S3::BucketPolicy', 'config.amazonaws.com'),
        ...statementsFor(template, 'AWS::KMS::Key', 'config.amazonaws.com'),
      ].map(({ Action, Condition }) => [Action, Condition]),
    ).toEqual([
      [['s3:GetBucketAcl', 's3:ListBucket'], { StringEquals: ofAccount }],
      ['s3:PutObject', { StringEquals: { ...ofAccount, 's3:x-amz-acl': 'bucket-owner-full-control' } }],
      [['kms:Decrypt', 'kms:GenerateDataKey'], { StringEquals: ofAccount }],
    ]);
  });

  test('takes a role', () => {
    const role = iam.Role.fromRoleArn(new Stack(), 'R', 'arn:aws:iam::111122223333:role/config');
    configWith({ role }).template.hasResourceProperties('AWS::Config::ConfigurationRecorder', {
      RoleARN: 'arn:aws:iam::111122223333:role/config',
    });
  });

  test('records IAM where asked', () => {
    configWith({ recordGlobalResources: true }).template.hasResourceProperties('AWS::Config::ConfigurationRecorder', {
      RecordingGroup: { IncludeGlobalResourceTypes: true },
    });
  });

  test('fails when IAM is to be recorded where it cannot', () => {
    expect(() => configWith({ recordGlobalResources: true }, 'eu-central-2')).toThrow(
      /cannot record IAM .* in eu-central-2.*\[GlobalRecordingUnavailable/,
    );
  });

  test('keeps recorder, channel and bucket policy without the stack', () => {
    const { template } = configWith();
    for (const type of [
      'AWS::Config::ConfigurationRecorder',
      'AWS::Config::DeliveryChannel',
      'AWS::S3::BucketPolicy',
    ]) {
      template.allResources(type, { DeletionPolicy: 'RetainExceptOnCreate' });
    }
  });
});

describe('AccessLogBucket', () => {
  test('uses keys of S3, as access logs require', () => {
    const { stack } = scene();
    Template.fromStack(stack).hasResourceProperties('AWS::S3::Bucket', {
      BucketEncryption: {
        ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }],
      },
      LoggingConfiguration: Match.absent(),
      AccessControl: Match.absent(),
    });
  });

  test('takes the logs of the named bucket only, by policy', () => {
    const { template } = trailWith();
    const [statement] = statementsFor(template, 'AWS::S3::BucketPolicy', 'logging.s3.amazonaws.com');
    expect(statement).toMatchObject({
      Action: 's3:PutObject',
      Condition: {
        ArnLike: { 'aws:SourceArn': { 'Fn::GetAtt': [expect.stringMatching(/^TrailBucket/), 'Arn'] } },
        StringEquals: { 'aws:SourceAccount': '111122223333' },
      },
    });
  });

  test('refuses plain HTTP', () => {
    const { template } = trailWith();
    for (const { Properties } of Object.values(template.findResources('AWS::S3::BucketPolicy'))) {
      expect(Properties.PolicyDocument.Statement).toContainEqual(
        expect.objectContaining({ Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }),
      );
    }
  });
});
