import { writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Duration, Lazy, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as kms from 'aws-cdk-lib/aws-kms';
import {
  AccessLogBucket,
  ComplianceFramework,
  ComplianceMap,
  ConfigRecording,
  type ConfigRecordingProps,
  ConfigResourceTypes,
  ConformancePack,
  EvidenceKind,
} from '../../src/security';

function templateWith(props: Partial<ConfigRecordingProps>): Template {
  const stack = new Stack(new App(), 'S', { env: { account: '111122223333', region: 'us-east-1' } });
  new ConfigRecording(stack, 'Config', {
    encryptionKey: new kms.Key(stack, 'Key'),
    accessLogs: new AccessLogBucket(stack, 'Logs'),
    ...props,
  });
  return Template.fromStack(stack);
}

describe('resource types', () => {
  const recordingGroup = (resourceTypes: ConfigResourceTypes, recordGlobalResources: boolean) => {
    const recorders = templateWith({ resourceTypes, recordGlobalResources }).findResources(
      'AWS::Config::ConfigurationRecorder',
    );
    return Object.values(recorders)[0].Properties.RecordingGroup;
  };

  test('are all, with those that are the same everywhere in one Region only', () => {
    expect(recordingGroup(ConfigResourceTypes.all(), true)).toEqual({
      AllSupported: true,
      IncludeGlobalResourceTypes: true,
    });
  });

  test('may be all but some', () => {
    const some = ConfigResourceTypes.allExcept('AWS::EC2::NetworkInterface');
    expect(recordingGroup(some, true)).toEqual({
      AllSupported: false,
      ExclusionByResourceTypes: { ResourceTypes: ['AWS::EC2::NetworkInterface'] },
      RecordingStrategy: { UseOnly: 'EXCLUSION_BY_RESOURCE_TYPES' },
    });
    expect(recordingGroup(some, false).ExclusionByResourceTypes.ResourceTypes).toEqual([
      'AWS::EC2::NetworkInterface',
      'AWS::IAM::Group',
      'AWS::IAM::Policy',
      'AWS::IAM::Role',
      'AWS::IAM::User',
    ]);
  });

  test('may be some only', () => {
    const some = ConfigResourceTypes.only('AWS::S3::Bucket', 'AWS::IAM::Role');
    expect(recordingGroup(some, false)).toEqual({
      AllSupported: false,
      ResourceTypes: ['AWS::S3::Bucket'],
      RecordingStrategy: { UseOnly: 'INCLUSION_BY_RESOURCE_TYPES' },
    });
  });

  test('fail when none is named, or not properly', () => {
    expect(() => ConfigResourceTypes.only()).toThrow(/got none \[InvalidResourceTypes\]/);
    expect(() => ConfigResourceTypes.allExcept('S3')).toThrow(/got S3 \[InvalidResourceTypes\]/);
  });
});

test('is recorded once a day where that is enough', () => {
  templateWith({ daily: true }).hasResourceProperties('AWS::Config::ConfigurationRecorder', {
    RecordingMode: { RecordingFrequency: 'DAILY' },
  });
});

test.each([
  [1, 'One_Hour'],
  [3, 'Three_Hours'],
  [6, 'Six_Hours'],
  [12, 'Twelve_Hours'],
  [24, 'TwentyFour_Hours'],
])('is delivered every %i hours', (hours, deliveryFrequency) => {
  templateWith({ deliveryFrequency: Duration.hours(hours) }).hasResourceProperties('AWS::Config::DeliveryChannel', {
    ConfigSnapshotDeliveryProperties: { DeliveryFrequency: deliveryFrequency },
  });
});

test.each([Duration.hours(2), Duration.minutes(90), Duration.hours(Lazy.number({ produce: () => 1 }))])(
  'fails when it is to be delivered every %s',
  (deliveryFrequency) => {
    expect(() => templateWith({ deliveryFrequency })).toThrow(/\[InvalidDeliveryFrequency at S\/Config\]/);
  },
);

test('recorder and channel never wait for each other', () => {
  const template = templateWith({ conformancePacks: [ConformancePack.baselineDrift()] });
  const resources: Record<string, { Type: string; DependsOn?: string[] }> = template.toJSON().Resources;
  const of = (type: string) => Object.entries(resources).find(([, { Type }]) => Type === type);
  const [recorderId, recorder] = of('AWS::Config::ConfigurationRecorder') ?? [];
  const [channelId, channel] = of('AWS::Config::DeliveryChannel') ?? [];
  expect(recorder?.DependsOn ?? []).not.toContain(channelId);
  expect(channel?.DependsOn ?? []).not.toContain(recorderId);
  expect(of('AWS::Config::ConformancePack')?.[1].DependsOn).toEqual([channelId, recorderId].sort());
});

describe('conformance packs', () => {
  test('for HIPAA have the rules that the compliance map names, each once, and fit', () => {
    const rulesOf = (framework: ComplianceFramework) =>
      ComplianceMap.controls(framework)
        .flatMap(({ measures }) => measures.flatMap(({ evidence }) => evidence))
        .filter(({ kind }) => kind === EvidenceKind.CONFIG_RULE)
        .map(({ name }) => name);
    const packs = templateWith({ conformancePacks: [ConformancePack.hipaa()] }).findResources(
      'AWS::Config::ConformancePack',
    );
    const [{ Properties: properties }] = Object.values(packs);
    const resources: { Properties: { Source: { SourceIdentifier: string } } }[] = Object.values(
      JSON.parse(properties.TemplateBody).Resources,
    );
    const identifiers = resources.map(({ Properties }) => Properties.Source.SourceIdentifier);
    expect(identifiers).toEqual([...new Set(rulesOf(ComplianceFramework.HIPAA_SECURITY_RULE))].sort());
    expect(identifiers).toHaveLength(16);
    expect(identifiers).toContain('ROOT_ACCOUNT_MFA_ENABLED');
    expect(properties.ConformancePackName).toBe('hipaa-security');
  });

  test('of managed rules are inlined', () => {
    const pack = ConformancePack.ofManagedRules('ours', [
      { identifier: 'ACCESS_KEYS_ROTATED', parameters: { maxAccessKeyAge: '90' } },
      { identifier: 'ENCRYPTED_VOLUMES' },
    ]);
    const [resource] = Object.values(
      templateWith({ conformancePacks: [pack] }).findResources('AWS::Config::ConformancePack'),
    );
    expect(JSON.parse(resource.Properties.TemplateBody)).toEqual({
      Resources: {
        AccessKeysRotated: {
          Type: 'AWS::Config::ConfigRule',
          Properties: {
            ConfigRuleName: 'access-keys-rotated',
            InputParameters: { maxAccessKeyAge: '90' },
            Source: { Owner: 'AWS', SourceIdentifier: 'ACCESS_KEYS_ROTATED' },
          },
        },
        EncryptedVolumes: {
          Type: 'AWS::Config::ConfigRule',
          Properties: {
            ConfigRuleName: 'encrypted-volumes',
            Source: { Owner: 'AWS', SourceIdentifier: 'ENCRYPTED_VOLUMES' },
          },
        },
      },
    });
  });

  test('that watch the baseline fit into a template many times', () => {
    const [resource] = Object.values(
      templateWith({ conformancePacks: [ConformancePack.baselineDrift()] }).findResources(
        'AWS::Config::ConformancePack',
      ),
    );
    expect(resource.Properties.TemplateBody.length).toBeLessThan(51_200 / 10);
    expect(resource.Properties.TemplateBody).toContain('GUARDDUTY_ENABLED_CENTRALIZED');
  });

  test('from a file are uploaded, with parameters of yours', () => {
    const file = join(tmpdir(), 'conformance-pack-test.yaml');
    writeFileSync(file, 'Resources: {}');
    const pack = ConformancePack.fromFile('hipaa', file)
      .withParameter('AccessKeysRotatedParamMaxAccessKeyAge', '60')
      .withParameter('IamPasswordPolicyParamMinimumPasswordLength', '16');
    templateWith({ conformancePacks: [pack] }).hasResourceProperties('AWS::Config::ConformancePack', {
      ConformancePackName: 'hipaa',
      TemplateBody: Match.absent(),
      TemplateS3Uri: Match.stringLikeRegexp('^s3://cdk-.*\\.yaml$'),
      ConformancePackInputParameters: [
        { ParameterName: 'AccessKeysRotatedParamMaxAccessKeyAge', ParameterValue: '60' },
        { ParameterName: 'IamPasswordPolicyParamMinimumPasswordLength', ParameterValue: '16' },
      ],
    });
  });

  test('may be those that AWS keeps', () => {
    const document = 'AWSConformancePacks-OperationalBestPracticesforHIPAASecurity';
    const pack = ConformancePack.fromAwsDocument('hipaa', document);
    templateWith({ conformancePacks: [pack] }).hasResourceProperties('AWS::Config::ConformancePack', {
      TemplateSSMDocumentDetails: { DocumentName: document },
      TemplateBody: Match.absent(),
    });
  });

  test('fail without rules, with one twice, with too many, and with names AWS refuses', () => {
    const rules = (count: number) => Array.from({ length: count }, (_, i) => ({ identifier: `RULE_${i}` }));
    expect(() => ConformancePack.ofManagedRules('ours', [])).toThrow(/1 to 130 rules, got 0/);
    expect(() => ConformancePack.ofManagedRules('ours', rules(131))).toThrow(/got 131 in ours/);
    expect(() => ConformancePack.ofManagedRules('ours', [...rules(1), ...rules(1)])).toThrow(/has a rule twice/);
    const parameters = { tags: 'x'.repeat(51_200) };
    expect(() => ConformancePack.ofManagedRules('ours', [{ identifier: 'A', parameters }])).toThrow(
      /takes 51200 characters/,
    );
    expect(() => ConformancePack.ofManagedRules('ours', [{ identifier: 'ebs-encrypted' }])).toThrow(/EBS_ENCRYPTED/);
    expect(() => ConformancePack.ofManagedRules('1', rules(1))).toThrow(/begins with a letter/);
    expect(() => ConformancePack.fromAwsDocument('hipaa', 'HIPAA')).toThrow(/begins with AWSConformancePacks-/);
  });
});
