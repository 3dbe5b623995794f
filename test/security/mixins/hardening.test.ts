import { App, Aws, Lazy, Mixins, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ecr from 'aws-cdk-lib/aws-ecr';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sns from 'aws-cdk-lib/aws-sns';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { mixins } from '../../../src';

let stack: Stack;

beforeEach(() => {
  stack = new Stack(new App(), 'Test', { env: { account: '111122223333', region: 'eu-central-1' } });
});

function statements(type: string): { Sid?: string; Effect: string; Action: string | string[]; Resource: unknown }[][] {
  return Object.values(Template.fromStack(stack).findResources(type)).map(
    ({ Properties }) => Properties.PolicyDocument.Statement,
  );
}

const effects = (type: string) => statements(type).map((each) => each.map(({ Effect }) => Effect));

describe('TopicTlsOnly', () => {
  const POLICY = 'AWS::SNS::TopicPolicy';

  test('makes a policy that keeps what SNS allows without one, so that alarms still publish', () => {
    new sns.CfnTopic(stack, 'Topic');
    Mixins.of(stack).apply(new mixins.TopicTlsOnly());
    Template.fromStack(stack).hasResourceProperties(POLICY, {
      Topics: [{ Ref: 'Topic' }],
      PolicyDocument: {
        Statement: [
          Match.objectLike({
            Effect: 'Allow',
            Action: Match.arrayWith(['sns:Subscribe', 'sns:Publish']),
            Condition: { StringEquals: { 'AWS:SourceOwner': '111122223333' } },
          }),
          Match.objectLike({
            Effect: 'Deny',
            Action: 'sns:Publish',
            Condition: { Bool: { 'aws:SecureTransport': 'false' } },
          }),
        ],
      },
    });
  });

  test('extends the policy of a topic, whichever way it was written, and adds no rights to it', () => {
    const topic = new sns.CfnTopic(stack, 'Topic');
    const allow = { Effect: 'Allow', Principal: { Service: 'events.amazonaws.com' }, Action: 'sns:Publish' };
    const policyDocument = { Statement: [{ ...allow, Resource: topic.ref }] };
    new sns.CfnTopicPolicy(stack, 'Policy', { topics: [topic.ref], policyDocument });
    Mixins.of(stack).apply(new mixins.TopicTlsOnly());
    expect(effects(POLICY)).toEqual([['Allow', 'Deny']]);
    expect(statements(POLICY)[0][0].Action).toBe('sns:Publish');
  });

  test('says it once for an L2 that has a policy, or enforces TLS, applied twice', () => {
    const granted = new sns.Topic(stack, 'Granted');
    granted.grantPublish(new iam.ServicePrincipal('events.amazonaws.com'));
    new sns.Topic(stack, 'Enforced', { enforceSSL: true });
    Mixins.of(stack).apply(new mixins.TopicTlsOnly(), new mixins.TopicTlsOnly());
    expect(effects(POLICY)).toEqual([['Allow', 'Deny'], ['Deny']]);
  });

  test('what an L2 is granted later goes into the same policy', () => {
    const topic = new sns.Topic(stack, 'Topic');
    Mixins.of(stack).apply(new mixins.TopicTlsOnly());
    topic.grantPublish(new iam.ServicePrincipal('events.amazonaws.com'));
    expect(effects(POLICY)).toEqual([['Allow', 'Deny', 'Allow']]);
  });
});

describe('QueueTlsOnly', () => {
  const POLICY = 'AWS::SQS::QueuePolicy';

  test('makes a policy for a queue that has none', () => {
    new sqs.CfnQueue(stack, 'Queue');
    Mixins.of(stack).apply(new mixins.QueueTlsOnly());
    expect(statements(POLICY)).toEqual([
      [
        expect.objectContaining({
          Effect: 'Deny',
          Action: 'sqs:*',
          Resource: { 'Fn::GetAtt': ['Queue', 'Arn'] },
          Condition: { Bool: { 'aws:SecureTransport': 'false' } },
        }),
      ],
    ]);
  });

  test('extends the policy of a queue, and leaves that of another alone', () => {
    const queue = new sqs.Queue(stack, 'Queue');
    queue.grantSendMessages(new iam.ServicePrincipal('sns.amazonaws.com'));
    const other = new sqs.Queue(stack, 'Other', { enforceSSL: true });
    Mixins.of(stack).apply(new mixins.QueueTlsOnly(), new mixins.QueueTlsOnly());
    expect(effects(POLICY)).toEqual([['Allow', 'Deny'], ['Deny']]);
    expect(other.node.findAll().filter((each) => sqs.CfnQueuePolicy.isCfnQueuePolicy(each))).toHaveLength(1);
  });

  test('a policy in another stack is not looked for', () => {
    const elsewhere = new Stack(stack.node.scope as App, 'Elsewhere', {
      env: { account: '111122223333', region: 'eu-central-1' },
    });
    const queue = new sqs.CfnQueue(stack, 'Queue');
    new sqs.CfnQueuePolicy(elsewhere, 'Policy', { queues: [queue.ref], policyDocument: { Statement: [] } });
    Mixins.of(stack).apply(new mixins.QueueTlsOnly());
    expect(effects(POLICY)).toEqual([['Deny']]);
  });
});

describe('RepositoryHardened', () => {
  const hardened = (props: ecr.CfnRepositoryProps) => {
    const repository = new ecr.CfnRepository(stack, 'Repository', props);
    Mixins.of(stack).apply(new mixins.RepositoryHardened());
    return repository;
  };

  test('keeps the images behind tags, and scans what is pushed (ECR.1, ECR.2)', () => {
    hardened({ imageScanningConfiguration: { scanOnPush: false } });
    Template.fromStack(stack).hasResourceProperties('AWS::ECR::Repository', {
      ImageTagMutability: 'IMMUTABLE',
      ImageScanningConfiguration: { ScanOnPush: true },
    });
  });

  test.each([
    ['IMMUTABLE_WITH_EXCLUSION', 'IMMUTABLE_WITH_EXCLUSION', 1],
    ['MUTABLE_WITH_EXCLUSION', 'IMMUTABLE', undefined],
  ])('%s becomes %s', (imageTagMutability, becomes, filters) => {
    const exclusion = {
      imageTagMutabilityExclusionFilterType: 'WILDCARD',
      imageTagMutabilityExclusionFilterValue: 'v*',
    };
    const repository = hardened({ imageTagMutability, imageTagMutabilityExclusionFilters: [exclusion] });
    expect(repository.imageTagMutability).toBe(becomes);
    expect((repository.imageTagMutabilityExclusionFilters as unknown[] | undefined)?.length).toBe(filters);
  });
});

describe('LoadBalancerHardened', () => {
  const attributesOf = (props: elbv2.CfnLoadBalancerProps, options?: mixins.LoadBalancerHardenedProps) => {
    new elbv2.CfnLoadBalancer(stack, 'LoadBalancer', props);
    Mixins.of(stack).apply(new mixins.LoadBalancerHardened(options));
    const [{ Properties }] = Object.values(
      Template.fromStack(stack).findResources('AWS::ElasticLoadBalancingV2::LoadBalancer'),
    );
    return Object.fromEntries(
      Properties.LoadBalancerAttributes.map(({ Key, Value }: { Key: string; Value: unknown }) => [Key, Value]),
    );
  };

  test('one for HTTP cannot be deleted, drops invalid headers and is defensive; its other attributes stay', () => {
    const timeout = { key: 'idle_timeout.timeout_seconds', value: '30' };
    expect(attributesOf({ loadBalancerAttributes: [timeout] })).toEqual({
      'idle_timeout.timeout_seconds': '30',
      'deletion_protection.enabled': 'true',
      'routing.http.drop_invalid_header_fields.enabled': 'true',
      'routing.http.desync_mitigation_mode': 'defensive',
    });
  });

  test.each([
    ['monitor', 'defensive'],
    ['strictest', 'strictest'],
  ])('the mode %s becomes %s', (value, becomes) => {
    const key = 'routing.http.desync_mitigation_mode';
    expect(attributesOf({ loadBalancerAttributes: [{ key, value }] })[key]).toBe(becomes);
  });

  test.each(['network', 'gateway'])('one of type %s gets no attribute of HTTP', (type) => {
    expect(attributesOf({ type })).toEqual({ 'deletion_protection.enabled': 'true' });
  });

  test('access is logged where a bucket is given, into which both services may write', () => {
    const bucket = new s3.Bucket(stack, 'Logs', { encryption: s3.BucketEncryption.S3_MANAGED });
    expect(attributesOf({}, { accessLogs: bucket })).toMatchObject({
      'access_logs.s3.enabled': 'true',
      'access_logs.s3.bucket': { Ref: stack.getLogicalId(bucket.node.defaultChild as s3.CfnBucket) },
    });
    const template = Template.fromStack(stack);
    template.hasResourceProperties('AWS::S3::BucketPolicy', {
      PolicyDocument: {
        Statement: Match.arrayWith([
          Match.objectLike({
            Action: 's3:PutObject',
            Principal: { Service: 'logdelivery.elasticloadbalancing.amazonaws.com' },
            Resource: { 'Fn::Join': ['', Match.arrayWith(['/AWSLogs/111122223333/*'])] },
          }),
          Match.objectLike({ Action: 's3:GetBucketAcl', Principal: { Service: 'delivery.logs.amazonaws.com' } }),
        ]),
      },
    });
    template.hasResource('AWS::ElasticLoadBalancingV2::LoadBalancer', {
      DependsOn: [Match.stringLikeRegexp('^LogsPolicy')],
    });
  });

  test('logs that are kept already stay where they are', () => {
    const accessLogs = new s3.Bucket(stack, 'Logs');
    const loadBalancerAttributes = [
      { key: 'access_logs.s3.enabled', value: 'true' },
      { key: 'access_logs.s3.bucket', value: 'of-the-network-team' },
    ];
    expect(attributesOf({ loadBalancerAttributes }, { accessLogs })['access_logs.s3.bucket']).toBe(
      'of-the-network-team',
    );
  });

  test('fails with a bucket under a key that Elastic Load Balancing cannot use', () => {
    const accessLogs = new s3.Bucket(stack, 'Logs', { encryptionKey: new kms.Key(stack, 'Key') });
    expect(() => new mixins.LoadBalancerHardened({ accessLogs })).toThrow(/Test\/Logs.*\[InvalidAccessLogs\]/);
  });

  test.each([
    ['the list', Lazy.any({ produce: () => [] })],
    ['an attribute', [Lazy.any({ produce: () => ({}) })]],
  ])('fails where %s is a token', (_, loadBalancerAttributes) => {
    new elbv2.CfnLoadBalancer(stack, 'LoadBalancer', { loadBalancerAttributes: loadBalancerAttributes as never });
    expect(() => Mixins.of(stack).apply(new mixins.LoadBalancerHardened())).toThrow(
      /token.*\[UnreadableLoadBalancer at Test\/LoadBalancer\]/,
    );
  });
});

describe('LaunchTemplateEncrypted', () => {
  const devicesOf = (blockDeviceMappings: unknown, options?: mixins.LaunchTemplateEncryptedProps) => {
    const launchTemplateData = { imageId: 'ami-1', blockDeviceMappings } as never;
    new ec2.CfnLaunchTemplate(stack, 'Template', { launchTemplateData });
    Mixins.of(stack).apply(new mixins.LaunchTemplateEncrypted(options));
    const [{ Properties }] = Object.values(Template.fromStack(stack).findResources('AWS::EC2::LaunchTemplate'));
    expect(Properties.LaunchTemplateData.ImageId).toBe('ami-1');
    return Properties.LaunchTemplateData.BlockDeviceMappings;
  };

  test('encrypts the volumes it names, with a key where one is given, and keeps the rest', () => {
    const encryptionKey = new kms.Key(stack, 'Key');
    const devices = [
      { deviceName: '/dev/xvda', ebs: { volumeSize: 8, encrypted: false } },
      { deviceName: '/dev/xvdb', ebs: { kmsKeyId: 'its-own' } },
    ];
    expect(devicesOf(devices, { encryptionKey })).toEqual([
      {
        DeviceName: '/dev/xvda',
        Ebs: { VolumeSize: 8, Encrypted: true, KmsKeyId: stack.resolve(encryptionKey.keyArn) },
      },
      { DeviceName: '/dev/xvdb', Ebs: { Encrypted: true, KmsKeyId: 'its-own' } },
    ]);
  });

  test('leaves alone what is made from a snapshot, is no volume of Amazon EBS, or is named by the image only', () => {
    const devices = [
      { deviceName: '/dev/xvda', ebs: { snapshotId: 'snap-1' } },
      { deviceName: '/dev/xvdb', virtualName: 'ephemeral0' },
    ];
    expect(devicesOf(devices)).toEqual([
      { DeviceName: '/dev/xvda', Ebs: { SnapshotId: 'snap-1' } },
      { DeviceName: '/dev/xvdb', VirtualName: 'ephemeral0' },
    ]);
  });

  test('a template without volumes stays without', () => expect(devicesOf(undefined)).toBeUndefined());

  test.each([
    ['the list', Lazy.any({ produce: () => [] })],
    ['a device', [Lazy.any({ produce: () => ({}) })]],
    ['a volume', [{ ebs: Lazy.any({ produce: () => ({}) }) }]],
  ])('fails where %s is a token', (_, devices) => {
    expect(() => devicesOf(devices)).toThrow(/token.*\[UnreadableLaunchTemplate at Test\/Template\]/);
  });
});

describe('VolumeEncrypted', () => {
  const availabilityZone = 'eu-central-1a';

  test('encrypts volumes, with a key where one is given', () => {
    const encryptionKey = new kms.Key(stack, 'Key');
    const plain = new ec2.CfnVolume(stack, 'Plain', { availabilityZone, encrypted: false });
    const own = new ec2.CfnVolume(stack, 'Own', { availabilityZone, kmsKeyId: 'its-own' });
    Mixins.of(stack).apply(new mixins.VolumeEncrypted({ encryptionKey }));
    expect([plain.encrypted, own.encrypted]).toEqual([true, true]);
    expect([plain.kmsKeyId, own.kmsKeyId]).toEqual([encryptionKey.keyArn, 'its-own']);
  });

  test('without one, the key is that of Amazon EBS', () => {
    const volume = new ec2.CfnVolume(stack, 'Volume', { availabilityZone: Aws.REGION });
    Mixins.of(stack).apply(new mixins.VolumeEncrypted());
    expect([volume.encrypted, volume.kmsKeyId]).toEqual([true, undefined]);
  });
});
