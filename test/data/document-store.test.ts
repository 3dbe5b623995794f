import { App, Duration, Lazy, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { DataProtection, FailureScope } from '../../src/core';
import {
  DocumentStore,
  type DocumentStoreBindOptions,
  type DocumentStoreConfig,
  type IDocumentStore,
  ObjectLock,
} from '../../src/data';
import { ACCOUNT, codeOf, VIRGINIA } from '../support/data';

function newStack(env = VIRGINIA): Stack {
  return new Stack(new App(), 'Data', { env });
}

function bind(
  stack: Stack,
  store: IDocumentStore = DocumentStore.s3(),
  options: Partial<DocumentStoreBindOptions> = {},
): DocumentStoreConfig {
  return store.bind(new Construct(stack, 'Documents'), {
    systemName: 'ehr',
    dataProtection: DataProtection.retain(),
    ...options,
  });
}

function templateOf(store?: IDocumentStore, options?: Partial<DocumentStoreBindOptions>): Template {
  const stack = newStack();
  bind(stack, store, options);
  return Template.fromStack(stack);
}

const BUCKET = 'DocumentsBucket089EA665';

describe('a bucket', () => {
  const template = templateOf();

  test('keeps the logical ids that data depends on', () => {
    expect(Object.keys(template.findResources('AWS::S3::Bucket'))).toEqual([BUCKET, 'DocumentsAccessLogsE0128BD5']);
    expect(Object.keys(template.findResources('AWS::KMS::Key'))).toEqual(['DocumentsKeyFF02C3B3']);
  });

  test('is named, versioned, encrypted with a customer key, closed to the public, and kept', () => {
    template.templateMatches({
      Resources: {
        [BUCKET]: {
          DeletionPolicy: 'RetainExceptOnCreate',
          UpdateReplacePolicy: 'Retain',
          Properties: {
            BucketName: 'ehr-documents-111111111111-us-east-1',
            VersioningConfiguration: { Status: 'Enabled' },
            BucketEncryption: {
              ServerSideEncryptionConfiguration: [
                {
                  BucketKeyEnabled: true,
                  ServerSideEncryptionByDefault: {
                    SSEAlgorithm: 'aws:kms',
                    KMSMasterKeyID: { 'Fn::GetAtt': ['DocumentsKeyFF02C3B3', 'Arn'] },
                  },
                },
              ],
            },
            PublicAccessBlockConfiguration: { BlockPublicAcls: true, RestrictPublicBuckets: true },
            NotificationConfiguration: { EventBridgeConfiguration: { EventBridgeEnabled: true } },
            ReplicationConfiguration: Match.absent(),
            ObjectLockEnabled: Match.absent(),
          },
        },
      },
    });
  });

  test('keeps what was overwritten for 90 days, and clears what was never finished', () => {
    expect(template.findResources('AWS::S3::Bucket')[BUCKET].Properties.LifecycleConfiguration.Rules).toEqual([
      {
        Id: 'noncurrent',
        Status: 'Enabled',
        NoncurrentVersionExpiration: { NoncurrentDays: 90 },
        ExpiredObjectDeleteMarker: true,
      },
      { Id: 'incomplete', Status: 'Enabled', AbortIncompleteMultipartUpload: { DaysAfterInitiation: 7 } },
      {
        Id: 'tiering',
        Status: 'Enabled',
        Transitions: [{ StorageClass: 'INTELLIGENT_TIERING', TransitionInDays: 0 }],
      },
    ]);
  });

  test('logs who asks for what, by policy and not by an access control list', () => {
    template.hasResourceProperties('AWS::S3::Bucket', {
      LoggingConfiguration: { DestinationBucketName: { Ref: 'DocumentsAccessLogsE0128BD5' } },
    });
    template.hasResourceProperties('AWS::S3::BucketPolicy', {
      Bucket: { Ref: 'DocumentsAccessLogsE0128BD5' },
      PolicyDocument: {
        Statement: Match.arrayWith([
          Match.objectLike({
            Action: 's3:PutObject',
            Principal: { Service: 'logging.s3.amazonaws.com' },
            Condition: {
              ArnLike: { 'aws:SourceArn': { 'Fn::GetAtt': [BUCKET, 'Arn'] } },
              StringEquals: { 'aws:SourceAccount': '111111111111' },
            },
          }),
        ]),
      },
    });
    expect(JSON.stringify(template.toJSON())).not.toContain('AccessControl"');
  });

  test('refuses requests without TLS', () => {
    template.hasResourceProperties('AWS::S3::BucketPolicy', {
      Bucket: { Ref: BUCKET },
      PolicyDocument: {
        Statement: [Match.objectLike({ Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } })],
      },
    });
  });

  test('adds no custom resource', () => {
    template.resourceCountIs('AWS::Lambda::Function', 0);
  });
});

test('takes the key it is given', () => {
  const stack = newStack();
  const encryptionKey = new kms.Key(stack, 'Landing');
  expect(bind(stack, undefined, { encryptionKey }).encryptionKey).toBe(encryptionKey);
  Template.fromStack(stack).resourceCountIs('AWS::KMS::Key', 1);
});

test('takes your own retention and rules', () => {
  const template = templateOf(
    DocumentStore.s3({
      noncurrentVersionRetention: Duration.days(400),
      intelligentTiering: false,
      lifecycleRules: [{ id: 'work', prefix: 'work/', expiration: Duration.days(3) }],
    }),
  );
  const ids = template
    .findResources('AWS::S3::Bucket')
    [BUCKET].Properties.LifecycleConfiguration.Rules.map((rule: { Id: string }) => rule.Id);
  expect(ids).toEqual(['noncurrent', 'incomplete', 'work']);
});

test('names what AWS Backup must contain, recognizably a bucket', () => {
  const stack = newStack();
  const [{ resource }] = bind(stack).backupResources;
  expect(stack.resolve(resource)).toEqual({
    'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':s3:::', { Ref: BUCKET }]],
  });
});

test('is destroyed with its stack where that is acknowledged', () => {
  const template = templateOf(undefined, {
    dataProtection: DataProtection.destroyWithStack({ acknowledgeDataLoss: 'sandbox' }),
  });
  template.allResources('AWS::S3::Bucket', { DeletionPolicy: 'Delete' });
});

test('states what it brings to recovery inside its Region', () => {
  const { recovery = [] } = bind(newStack());
  expect(recovery.map(({ scope }) => scope)).toEqual([
    FailureScope.COMPONENT,
    FailureScope.AVAILABILITY_ZONE,
    FailureScope.DELETION,
    FailureScope.CORRUPTION,
  ]);
});

describe('object lock', () => {
  test('none: the default, with versions all the same', () => {
    const template = templateOf(DocumentStore.s3({ objectLock: ObjectLock.none() }));
    expect(template.toJSON()).toEqual(templateOf(DocumentStore.s3()).toJSON());
    template.hasResourceProperties('AWS::S3::Bucket', {
      ObjectLockEnabled: Match.absent(),
      ObjectLockConfiguration: Match.absent(),
      VersioningConfiguration: { Status: 'Enabled' },
    });
  });

  test('governance: every version is locked for a time', () => {
    templateOf(DocumentStore.s3({ objectLock: ObjectLock.governance(Duration.days(30)) })).hasResourceProperties(
      'AWS::S3::Bucket',
      {
        ObjectLockEnabled: true,
        ObjectLockConfiguration: { Rule: { DefaultRetention: { Mode: 'GOVERNANCE', Days: 30 } } },
      },
    );
  });

  test('compliance: only with a reason', () => {
    const lock = (acknowledgeIrreversible: string) =>
      ObjectLock.compliance(Duration.days(3650), { acknowledgeIrreversible });
    expect(codeOf(() => lock(' '))).toBe('MissingReason');
    templateOf(DocumentStore.s3({ objectLock: lock('records law') })).hasResourceProperties('AWS::S3::Bucket', {
      ObjectLockConfiguration: { Rule: { DefaultRetention: { Mode: 'COMPLIANCE', Days: 3650 } } },
    });
  });

  test.each([Duration.hours(12), Duration.hours(36), Duration.seconds(Lazy.number({ produce: () => 1 }))])(
    'fails with a retention that is not whole days',
    (retention) => {
      expect(codeOf(() => ObjectLock.governance(retention))).toBe('InvalidObjectLock');
    },
  );
});

describe('a replicated store', () => {
  const stack = newStack();
  const store = bind(stack, DocumentStore.s3({ objectLock: ObjectLock.governance(Duration.days(1)) }));
  const target = {
    region: 'us-west-2',
    bucketName: store.replication?.bucketNameIn('us-west-2', ACCOUNT) ?? '',
    encryptionKeyAlias: 'alias/ehr-recovery',
  };
  store.replication?.replicateTo(target);
  store.replication?.replicateTo(target); // changes nothing
  const template = Template.fromStack(stack);

  test('replicates every document within 15 minutes, and no deletion', () => {
    template.hasResourceProperties('AWS::S3::Bucket', {
      ReplicationConfiguration: {
        Role: { 'Fn::GetAtt': [Match.stringLikeRegexp('ReplicationRole'), 'Arn'] },
        Rules: [
          {
            Id: 'documents',
            Status: 'Enabled',
            Priority: 1,
            Filter: { Prefix: '' },
            DeleteMarkerReplication: { Status: 'Disabled' },
            SourceSelectionCriteria: { SseKmsEncryptedObjects: { Status: 'Enabled' } },
            Destination: {
              Bucket: {
                'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':s3:::ehr-documents-111111111111-us-west-2']],
              },
              EncryptionConfiguration: {
                ReplicaKmsKeyID: {
                  'Fn::Join': [
                    '',
                    ['arn:', { Ref: 'AWS::Partition' }, ':kms:us-west-2:111111111111:alias/ehr-recovery'],
                  ],
                },
              },
              ReplicationTime: { Status: 'Enabled', Time: { Minutes: 15 } },
              Metrics: { Status: 'Enabled', EventThreshold: { Minutes: 15 } },
            },
          },
        ],
      },
    });
    expect(store.replication?.recoveryPoint.toMinutes()).toBe(15);
  });

  test('has a key that the other Region knows by name, so that documents can be replicated back', () => {
    expect(store.replication?.encryptionKeyAlias).toBe('alias/ehr-documents');
    template.hasResourceProperties('AWS::KMS::Alias', {
      AliasName: 'alias/ehr-documents',
      TargetKeyId: { 'Fn::GetAtt': ['DocumentsKeyFF02C3B3', 'Arn'] },
    });
  });

  test('carries changes of retention and tags both ways where the other store replicates back, under the key it was given', () => {
    const other = newStack();
    const encryptionKey = new kms.Key(other, 'Landing');
    const { replication } = bind(other, DocumentStore.s3(), { encryptionKey });
    replication?.replicateTo({ ...target, replicatesBack: true });
    const both = Template.fromStack(other);
    both.hasResourceProperties('AWS::S3::Bucket', {
      ReplicationConfiguration: {
        Rules: [
          Match.objectLike({
            SourceSelectionCriteria: {
              SseKmsEncryptedObjects: { Status: 'Enabled' },
              ReplicaModifications: { Status: 'Enabled' },
            },
            DeleteMarkerReplication: { Status: 'Disabled' },
          }),
        ],
      },
    });
    expect(replication?.encryptionKeyAlias).toBeUndefined();
    both.resourceCountIs('AWS::KMS::Alias', 0);
  });

  test('may use the other key only by its alias and only for S3 there', () => {
    template.hasResourceProperties('AWS::IAM::ManagedPolicy', {
      PolicyDocument: {
        Statement: Match.arrayWith([
          Match.objectLike({
            Action: ['kms:Encrypt', 'kms:GenerateDataKey'],
            Resource: { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':kms:us-west-2:111111111111:key/*']] },
            Condition: {
              StringEquals: { 'kms:ViaService': { 'Fn::Join': ['', ['s3.us-west-2.', { Ref: 'AWS::URLSuffix' }]] } },
              'ForAnyValue:StringEquals': { 'kms:ResourceAliases': 'alias/ehr-recovery' },
            },
          }),
        ]),
      },
    });
    template.resourceCountIs('AWS::IAM::Policy', 0);
  });

  test('may read locks, because the bucket has them', () => {
    expect(JSON.stringify(template.findResources('AWS::IAM::ManagedPolicy'))).toContain('s3:GetObjectRetention');
  });

  test('waits for the permissions it is checked for', () => {
    expect(template.findResources('AWS::S3::Bucket')[BUCKET].DependsOn).toEqual(
      expect.arrayContaining([expect.stringMatching(/ReplicationRolePolicy/)]),
    );
  });

  test('alarms on failure and on delay, not on silence', () => {
    expect(store.replication?.alarms).toHaveLength(2);
    for (const [MetricName, Threshold] of [
      ['OperationsFailedReplication', 0],
      ['ReplicationLatency', 900],
    ]) {
      template.hasResourceProperties('AWS::CloudWatch::Alarm', {
        MetricName,
        Threshold,
        TreatMissingData: 'notBreaching',
        Dimensions: [
          { Name: 'DestinationBucket', Value: 'ehr-documents-111111111111-us-west-2' },
          { Name: 'RuleId', Value: 'documents' },
          { Name: 'SourceBucket', Value: { Ref: BUCKET } },
        ],
      });
    }
  });

  test.each([
    ['AlreadyReplicated', { ...target, region: 'eu-west-1' }],
    ['AlreadyReplicated', { ...target, bucketName: 'another' }],
  ])('fails with %s for another target', (code, other) => {
    expect(codeOf(() => store.replication?.replicateTo(other))).toBe(code);
  });

  test.each([
    ['ReplicaInSameRegion', { ...target, region: 'us-east-1' }, VIRGINIA],
    ['InvalidKeyAlias', { ...target, encryptionKeyAlias: 'ehr' }, VIRGINIA],
    ['RegionMustBeKnown', target, {}],
  ])('fails with %s', (code, other, env) => {
    const { replication } = bind(newStack(env));
    expect(codeOf(() => replication?.replicateTo(other))).toBe(code);
  });
});

describe('an existing bucket', () => {
  const stack = newStack();
  const bucket = s3.Bucket.fromBucketName(stack, 'Bucket', 'archive');
  const encryptionKey = kms.Key.fromKeyArn(stack, 'Key', `arn:aws:kms:us-east-1:${ACCOUNT}:key/k`);
  const config = bind(stack, DocumentStore.existing({ bucket, encryptionKey }));

  test('is used as it is, and not replicated', () => {
    expect([config.bucket, config.encryptionKey, config.replication]).toEqual([bucket, encryptionKey, undefined]);
    expect(Template.fromStack(stack).toJSON().Resources).toBeUndefined();
  });

  test('is backed up', () => {
    expect(JSON.stringify(stack.resolve(config.backupResources[0].resource))).toContain(':s3:::archive');
  });
});

describe('fails when', () => {
  test.each([Duration.hours(1), Duration.hours(25), Duration.days(0)])('versions are kept for %s', (retention) => {
    expect(codeOf(() => DocumentStore.s3({ noncurrentVersionRetention: retention }))).toBe('InvalidDocumentStore');
  });

  test.each(['Ehr', 'ehr.prod', 'e'.repeat(26)])('the system is called %p', (systemName) => {
    expect(codeOf(() => bind(newStack(), undefined, { systemName }))).toBe('InvalidSystemName');
  });
});

test('fits the longest name into a bucket name', () => {
  const { replication } = bind(newStack(), undefined, { systemName: 'e'.repeat(25) });
  expect(replication?.bucketNameIn('ap-southeast-1', ACCOUNT).length).toBe(63);
});
