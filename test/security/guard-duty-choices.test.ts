import { App, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import {
  AccessLogBucket,
  BucketMalwareProtection,
  EntityListPurpose,
  FindingArchive,
  GuardDuty,
  type GuardDutyProps,
  type GuardDutySuppression,
} from '../../src/security';

function stackIn(region = 'us-east-1'): Stack {
  return new Stack(new App(), 'S', { env: { account: '111122223333', region } });
}

function templateWith(props: GuardDutyProps): Template {
  const stack = stackIn();
  new GuardDuty(stack, 'GuardDuty', props);
  return Template.fromStack(stack);
}

const scanner: GuardDutySuppression = {
  name: 'own-scanner',
  reason: 'The vulnerability scanner probes ports on purpose',
  fields: { type: ['Recon:EC2/Portscan'], 'resource.instanceDetails.tags.value': ['scanner'] },
};

describe('suppressions', () => {
  test('archive what is expected, below high severity unless told otherwise', () => {
    templateWith({ suppressions: [scanner] }).hasResourceProperties('AWS::GuardDuty::Filter', {
      Name: 'own-scanner',
      Description: 'The vulnerability scanner probes ports on purpose',
      Action: 'ARCHIVE',
      Rank: 1,
      FindingCriteria: {
        Criterion: {
          type: { Eq: ['Recon:EC2/Portscan'] },
          'resource.instanceDetails.tags.value': { Eq: ['scanner'] },
          severity: { Lt: 7 },
        },
      },
    });
  });

  test('may be told to hide high severity too', () => {
    templateWith({ suppressions: [{ ...scanner, severityBelow: 9 }] }).hasResourceProperties('AWS::GuardDuty::Filter', {
      FindingCriteria: { Criterion: { severity: { Lt: 9 } } },
    });
  });

  test('are made one after the other, each with the next rank', () => {
    const stack = stackIn();
    const { suppressions } = new GuardDuty(stack, 'GuardDuty', {
      suppressions: [scanner, { ...scanner, name: 'second' }],
    });
    const filters = Template.fromStack(stack).findResources('AWS::GuardDuty::Filter');
    const [first, second] = suppressions.map((filter) => stack.getLogicalId(filter));
    expect(filters[second]).toMatchObject({ DependsOn: [first], Properties: { Rank: 2 } });
    expect(filters[first].DependsOn).toBeUndefined();
  });

  test.each<[string, Partial<GuardDutySuppression>, RegExp]>([
    ['without a reason', { reason: ' ' }, /say why own-scanner is right/],
    ['with a name GuardDuty refuses', { name: 'a b' }, /3 to 64 letters.*got "a b"/],
    ['that would hide everything', { fields: {} }, /must say which findings it means/],
    ['with a field that has no value', { fields: { type: [] } }, /must say which findings it means/],
    ['that filters severity by a field', { fields: { severity: ['8'] } }, /filters severity by severityBelow/],
    ['with a severity that is none', { severityBelow: 6.5 }, /a whole number from 1 to 11, got 6.5/],
  ])('fail %s', (_, change, message) => {
    expect(() => templateWith({ suppressions: [{ ...scanner, ...change }] })).toThrow(message);
    expect(() => templateWith({ suppressions: [{ ...scanner, ...change }] })).toThrow(
      'InvalidSuppression at S/GuardDuty',
    );
  });

  test('fail when two have one name', () => {
    expect(() => templateWith({ suppressions: [scanner, scanner] })).toThrow(/names must differ/);
  });
});

describe('entity lists', () => {
  const list = (purpose: EntityListPurpose, name = 'lists') => {
    const stack = stackIn();
    const bucket = s3.Bucket.fromBucketName(stack, 'Lists', 'lists');
    new GuardDuty(stack, 'GuardDuty', { entityLists: [{ name, purpose, bucket, objectKey: 'own/scanners.txt' }] });
    return Template.fromStack(stack);
  };

  test.each([
    [EntityListPurpose.TRUSTED, 'AWS::GuardDuty::TrustedEntitySet'],
    [EntityListPurpose.THREAT, 'AWS::GuardDuty::ThreatEntitySet'],
  ])('that are %s become a %s', (purpose, type) => {
    list(purpose).hasResourceProperties(type, {
      Activate: true,
      Format: 'TXT',
      Location: 's3://lists/own/scanners.txt',
      DetectorId: { Ref: 'GuardDutyDetectorC19263F0' },
    });
  });

  test('fail with a name GuardDuty refuses', () => {
    expect(() => list(EntityListPurpose.TRUSTED, 'a/b')).toThrow(/got "a\/b".*\[InvalidEntityList at S\/GuardDuty\]/);
  });
});

describe('FindingArchive', () => {
  function archive(): Template {
    const stack = stackIn();
    new FindingArchive(stack, 'Archive', {
      detectorId: 'd-1',
      encryptionKey: new kms.Key(stack, 'Key'),
      accessLogs: new AccessLogBucket(stack, 'Logs'),
    });
    return Template.fromStack(stack);
  }

  const fromThisAccount = {
    StringEquals: { 'aws:SourceAccount': '111122223333' },
    ArnLike: {
      'aws:SourceArn': {
        'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':guardduty:us-east-1:111122223333:detector/*']],
      },
    },
  };

  test('sends findings to its bucket, encrypted, once GuardDuty may write there', () => {
    archive().hasResource('AWS::GuardDuty::PublishingDestination', {
      Properties: {
        DetectorId: 'd-1',
        DestinationType: 'S3',
        DestinationProperties: {
          DestinationArn: { 'Fn::GetAtt': ['ArchiveBucket49F1AC64', 'Arn'] },
          KmsKeyArn: { 'Fn::GetAtt': ['Key961B73FD', 'Arn'] },
        },
      },
      DependsOn: ['ArchiveBucketPolicy13E3D5ED'],
      DeletionPolicy: 'RetainExceptOnCreate',
    });
  });

  test('lets GuardDuty of this account write and encrypt, and nobody else', () => {
    const template = archive();
    template.hasResourceProperties('AWS::S3::BucketPolicy', {
      PolicyDocument: {
        Statement: Match.arrayWith([
          Match.objectLike({ Action: 's3:GetBucketLocation', Condition: fromThisAccount }),
          Match.objectLike({
            Action: 's3:PutObject',
            Condition: fromThisAccount,
            Principal: { Service: 'guardduty.amazonaws.com' },
          }),
        ]),
      },
    });
    template.hasResourceProperties('AWS::KMS::Key', {
      KeyPolicy: {
        Statement: Match.arrayWith([
          Match.objectLike({
            Action: 'kms:GenerateDataKey',
            Principal: { Service: 'guardduty.amazonaws.com' },
            Condition: fromThisAccount,
          }),
        ]),
      },
    });
  });
});

describe('BucketMalwareProtection', () => {
  function protect(props: { objectPrefixes?: string[]; tagging?: boolean; key?: boolean } = {}) {
    const stack = stackIn();
    const encryptionKey = props.key === false ? undefined : new kms.Key(stack, 'Key');
    const bucket = new s3.Bucket(stack, 'Documents', { encryptionKey });
    new BucketMalwareProtection(stack, 'Scan', { bucket, ...props });
    return Template.fromStack(stack);
  }

  test('scans every new object and tags it, once its role may', () => {
    protect().hasResource('AWS::GuardDuty::MalwareProtectionPlan', {
      Properties: {
        ProtectedResource: { S3Bucket: { BucketName: { Ref: 'Documents7E5B2978' }, ObjectPrefixes: Match.absent() } },
        Actions: { Tagging: { Status: 'ENABLED' } },
        Role: { 'Fn::GetAtt': ['ScanRole4DA95A7E', 'Arn'] },
      },
      DependsOn: ['ScanRolePolicy17053A1B'],
    });
  });

  test('or some, without a tag', () => {
    protect({ objectPrefixes: ['inbox/'], tagging: false }).hasResourceProperties(
      'AWS::GuardDuty::MalwareProtectionPlan',
      {
        ProtectedResource: { S3Bucket: { ObjectPrefixes: ['inbox/'] } },
        Actions: { Tagging: { Status: 'DISABLED' } },
      },
    );
  });

  test('has a role for this bucket and its key only', () => {
    const template = protect();
    template.hasResourceProperties('AWS::IAM::Role', {
      AssumeRolePolicyDocument: {
        Statement: [Match.objectLike({ Principal: { Service: 'malware-protection-plan.guardduty.amazonaws.com' } })],
      },
    });
    const [policy] = Object.values(template.findResources('AWS::IAM::ManagedPolicy'));
    const statements: { Action: string | string[]; Resource: unknown; Condition?: unknown }[] =
      policy.Properties.PolicyDocument.Statement;
    expect(statements.filter(({ Resource }) => Resource === '*')).toEqual([]);
    expect(statements.filter(({ Action }) => String(Action).includes('kms:'))).toEqual([
      expect.objectContaining({
        Resource: { 'Fn::GetAtt': ['Key961B73FD', 'Arn'] },
        Condition: {
          StringEquals: {
            'kms:ViaService': { 'Fn::Join': ['', ['s3.us-east-1.', { Ref: 'AWS::URLSuffix' }]] },
          },
        },
      }),
    ]);
  });

  test('asks for no key where the bucket has none', () => {
    expect(JSON.stringify(protect({ key: false }).findResources('AWS::IAM::ManagedPolicy'))).not.toContain('kms:');
  });

  test.each([
    [['1', '2', '3', '4', '5', '6'], /at most five objectPrefixes.*got 6/],
    [[''], /an objectPrefix is empty/],
  ])('fails for the prefixes %j', (objectPrefixes, message) => {
    expect(() => protect({ objectPrefixes })).toThrow(message);
  });
});
