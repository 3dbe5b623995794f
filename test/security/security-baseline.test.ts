import { App, Aws, Duration, Stack } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import * as kms from 'aws-cdk-lib/aws-kms';
import cdkJson from '../../cdk.json';
import { DataProtection } from '../../src/core';
import {
  ActivityDetection,
  Enablement,
  OmissionCause,
  RecordLock,
  SecurityBaseline,
  SecurityStandard,
} from '../../src/security';
import { decide } from '../support/policy-simulator';
import { ACCOUNT, baselineIn, TWO_REGIONS, templateOf } from '../support/security';

/** Logical ids by type. */
function logicalIds(template: Template, types: string[]): string[] {
  return types.flatMap((type) => Object.keys(template.findResources(type))).sort();
}

const SINGLETONS = [
  'AWS::AccessAnalyzer::Analyzer',
  'AWS::CloudTrail::Trail',
  'AWS::Config::ConfigurationRecorder',
  'AWS::Config::DeliveryChannel',
  'AWS::GuardDuty::Detector',
  'AWS::GuardDuty::PublishingDestination',
  'AWS::SecurityHub::AggregatorV2',
  'AWS::SecurityHub::FindingAggregator',
  'AWS::SecurityHub::Hub',
  'AWS::SecurityHub::HubV2',
  'AWS::SecurityHub::Standard',
];
const STATEFUL = ['AWS::KMS::Key', 'AWS::Logs::LogGroup', 'AWS::S3::Bucket', 'AWS::SNS::Topic'];

const LINKED_IDS = [
  'SecurityAccessAnalyzerExternalAccess2072A815',
  'SecurityConfigDeliveryChannel1CA4E8EF',
  'SecurityConfigRecorder204A6929',
  'SecurityFindingArchiveDestination7E478326',
  'SecurityGuardDutyDetectorD55A8050',
  'SecuritySecurityHub983C8911',
  'SecuritySecurityHubCspmHub6649F88A',
  'SecuritySecurityHubCspmStandardawsfoundationalsecuritybestpracticesv100015E71F0',
  'SecuritySecurityHubCspmStandardcisawsfoundationsbenchmarkv5005BA63A6D',
  'SecuritySecurityHubCspmStandardnist80053v500903ECC95',
];

describe('what is created where', () => {
  test('singletons of the home Region have logical ids that never move', () => {
    const template = templateOf(baselineIn('us-east-1', TWO_REGIONS));
    expect(logicalIds(template, SINGLETONS)).toEqual(
      [
        ...LINKED_IDS,
        'SecurityAuditTrailB6384305',
        'SecuritySecurityHubAggregator5617806B',
        'SecuritySecurityHubCspmFindingAggregator55699E1B',
      ].sort(),
    );
    expect(logicalIds(template, STATEFUL)).toEqual([
      'SecurityAccessLogsBucketB57EF851',
      'SecurityAuditTrailBucketED5A1482',
      'SecurityAuditTrailLogGroupE63CE67E',
      'SecurityConfigBucket1BF22055',
      'SecurityFindingArchiveBucketA2976268',
      'SecurityFindingRoutingNotificationsTopic4EB5E0F5',
      'SecurityKeyDF37C26B',
    ]);
  });

  test('a linked Region has the same ids, without what an account needs once', () => {
    const template = templateOf(baselineIn('us-west-2', TWO_REGIONS));
    expect(logicalIds(template, SINGLETONS)).toEqual(LINKED_IDS);
    expect(logicalIds(template, STATEFUL)).toEqual([
      'SecurityAccessLogsBucketB57EF851',
      'SecurityConfigBucket1BF22055',
      'SecurityFindingArchiveBucketA2976268',
      'SecurityFindingRoutingNotificationsTopic4EB5E0F5',
      'SecurityKeyDF37C26B',
    ]);
  });

  test('the home Region collects from the linked ones', () => {
    const home = baselineIn('us-east-1', { homeRegion: 'us-east-1', linkedRegions: ['us-west-2', 'us-east-2'] });
    expect(home.isHome).toBe(true);
    const template = templateOf(home);
    template.hasResourceProperties('AWS::SecurityHub::FindingAggregator', { Regions: ['us-west-2', 'us-east-2'] });
    template.hasResourceProperties('AWS::SecurityHub::AggregatorV2', { LinkedRegions: ['us-west-2', 'us-east-2'] });
  });

  test('a single Region collects from nowhere', () => {
    const template = templateOf(baselineIn('eu-west-1', { homeRegion: 'eu-west-1' }));
    template.resourceCountIs('AWS::SecurityHub::FindingAggregator', 0);
    template.resourceCountIs('AWS::SecurityHub::AggregatorV2', 0);
    template.resourceCountIs('AWS::CloudTrail::Trail', 1);
  });

  test('IAM is recorded in the home Region only', () => {
    const recorded = (region: string) =>
      templateOf(baselineIn(region, TWO_REGIONS)).findResources('AWS::Config::ConfigurationRecorder');
    const global = (region: string) =>
      Object.values(recorded(region))[0].Properties.RecordingGroup.IncludeGlobalResourceTypes;
    expect([global('us-east-1'), global('us-west-2')]).toEqual([true, false]);
  });

  test('unused access is analysed in the home Region only', () => {
    const props = { ...TWO_REGIONS, accessAnalyzer: { unusedAfter: Duration.days(90) } };
    expect(baselineIn('us-east-1', props).accessAnalyzer?.unusedAccess).toBeDefined();
    expect(baselineIn('us-west-2', props).accessAnalyzer?.unusedAccess).toBeUndefined();
  });

  test('controls wait for AWS Config, whose rules they are', () => {
    const template = templateOf(baselineIn('us-west-2', TWO_REGIONS));
    template.hasResource('AWS::SecurityHub::Hub', {
      DependsOn: Match.arrayWith(['SecurityConfigDeliveryChannel1CA4E8EF', 'SecurityConfigRecorder204A6929']),
    });
  });

  test('one key with rotation encrypts everything', () => {
    const template = templateOf(baselineIn('us-east-1', TWO_REGIONS));
    template.resourceCountIs('AWS::KMS::Key', 1);
    template.hasResourceProperties('AWS::KMS::Key', { EnableKeyRotation: true });
  });

  test('whose use nobody hands out by a grant, but AWS services for their resources', () => {
    const [{ Properties }] = Object.values(
      templateOf(baselineIn('us-east-1', TWO_REGIONS)).findResources('AWS::KMS::Key'),
    );
    const grant = (context: Record<string, string>) =>
      decide(Properties.KeyPolicy.Statement, {
        principal: { aws: 'arn:aws:iam::111122223333:role/Admin' },
        action: 'kms:CreateGrant',
        resource: '*',
        context,
      });
    const [byHand, forAResource] = [{}, { 'kms:GrantIsForAWSResource': 'true' }];
    expect(grant(byHand)).toBe('explicitly denied');
    expect(grant({ 'kms:GrantIsForAWSResource': 'false', 'aws:PrincipalIsAWSService': 'false' })).toBe(
      'explicitly denied',
    );
    expect(grant(forAResource)).not.toBe('explicitly denied');
  });

  test('no custom resource, no function, few resources', () => {
    const types = Object.values(
      templateOf(baselineIn('us-east-1', TWO_REGIONS)).toJSON().Resources as Record<string, { Type: string }>,
    ).map(({ Type }) => Type);
    expect(types.filter((type) => /Lambda|Custom/.test(type))).toEqual([]);
    expect(types.filter((type) => type !== 'AWS::Events::Rule').length).toBeLessThan(40); // rules are free of charge
  });
});

describe('what is left out', () => {
  const external = Enablement.external({ managedBy: 'the organization, ticket SEC-7' });

  test.each([
    ['guardDuty', 'Amazon GuardDuty', ['AWS::GuardDuty::Detector']],
    ['securityHubCspm', 'AWS Security Hub CSPM', ['AWS::SecurityHub::Hub', 'AWS::SecurityHub::FindingAggregator']],
    ['securityHub', 'AWS Security Hub', ['AWS::SecurityHub::HubV2', 'AWS::SecurityHub::AggregatorV2']],
    ['config', 'AWS Config', ['AWS::Config::ConfigurationRecorder', 'AWS::Config::DeliveryChannel']],
    ['auditTrail', 'AWS CloudTrail', ['AWS::CloudTrail::Trail', 'AWS::Logs::LogGroup']],
    ['accessAnalyzer', 'IAM Access Analyzer', ['AWS::AccessAnalyzer::Analyzer']],
  ])('nothing of %s where it is managed elsewhere, and the template says by whom', (key, service, types) => {
    const baseline = baselineIn('us-east-1', { ...TWO_REGIONS, enablement: { [key]: external } });
    const template = templateOf(baseline);
    expect(logicalIds(template, types)).toEqual([]);
    const omission = {
      service,
      cause: OmissionCause.MANAGED_ELSEWHERE,
      reason: 'managed by the organization, ticket SEC-7',
    };
    expect(baseline.omitted).toContainEqual(omission);
    template.templateMatches({
      Metadata: { 'cdk-resilient-ehr:security': { omitted: Match.arrayWith([omission]) } },
    });
  });

  test('only routing and detections where everything is managed elsewhere', () => {
    const baseline = baselineIn('us-east-1', {
      homeRegion: 'us-east-1',
      enablement: {
        guardDuty: external,
        securityHubCspm: external,
        securityHub: external,
        config: external,
        auditTrail: external,
        accessAnalyzer: external,
      },
    });
    const template = templateOf(baseline);
    expect(logicalIds(template, SINGLETONS)).toEqual([]);
    template.resourceCountIs('AWS::S3::Bucket', 0);
    template.resourceCountIs('AWS::Events::Rule', 3 + ActivityDetection.standard().length);
    expect(baseline.accessLogs).toBeUndefined();
  });

  test('the unified Security Hub and AI features in GovCloud (US)', () => {
    const baseline = baselineIn('us-gov-west-1', { homeRegion: 'us-gov-west-1', linkedRegions: ['us-gov-east-1'] });
    expect(baseline.securityHub).toBeUndefined();
    expect(baseline.omitted.filter(({ cause }) => cause === OmissionCause.NOT_OFFERED).map((o) => o.service)).toEqual([
      'AWS Security Hub',
      'Amazon GuardDuty AI_PROTECTION and AI_ANALYST',
    ]);
    templateOf(baseline).resourceCountIs('AWS::SecurityHub::FindingAggregator', 1);
  });

  test('Runtime Monitoring too in China', () => {
    const baseline = baselineIn('cn-north-1', { homeRegion: 'cn-north-1', linkedRegions: ['cn-northwest-1'] });
    expect(baseline.omitted.filter(({ cause }) => cause === OmissionCause.NOT_OFFERED).map((o) => o.service)).toEqual([
      'AWS Security Hub',
      'Amazon GuardDuty RUNTIME_MONITORING',
      'Amazon GuardDuty AI_PROTECTION and AI_ANALYST',
    ]);
  });

  test('the recording of IAM where the home Region cannot', () => {
    const baseline = baselineIn('eu-central-2', { homeRegion: 'eu-central-2' });
    expect(baseline.omitted.map(({ service }) => service)).toContain('AWS Config global resource types');
    templateOf(baseline).hasResourceProperties('AWS::Config::ConfigurationRecorder', {
      RecordingGroup: { IncludeGlobalResourceTypes: false },
    });
  });
});

describe('Regions', () => {
  test('fails when the Region is only known at deployment', () => {
    expect(() => new SecurityBaseline(new Stack(new App(), 'S'), 'Security', TWO_REGIONS)).toThrow(
      /only known at deployment.*\[RegionMustBeKnown at S\/Security\]/,
    );
  });

  test('fails when the stack is in neither', () => {
    expect(() => baselineIn('eu-west-1', TWO_REGIONS)).toThrow(
      /in eu-west-1, which is neither the home Region us-east-1 nor linked \(us-west-2\).*\[InvalidRegions/,
    );
  });

  test('fails with every contradiction at once', () => {
    expect(() =>
      baselineIn('us-east-1', {
        homeRegion: 'us-east-1',
        linkedRegions: ['us-east-1', 'us-west-2', 'us-west-2', 'us-gov-west-1'],
      }),
    ).toThrow(/also in linkedRegions.*names a Region twice.*cannot cross partitions.*us-gov-west-1 \(aws-us-gov\)/);
  });

  test('fails for more Regions than Security Hub links', () => {
    const linkedRegions = Array.from({ length: 51 }, (_, i) => `eu-west-${i + 2}`);
    expect(() => baselineIn('eu-west-1', { homeRegion: 'eu-west-1', linkedRegions })).toThrow(
      /at most 50 Regions, got 51/,
    );
  });

  test('fails for a token', () => {
    expect(() => baselineIn('us-east-1', { homeRegion: Aws.REGION })).toThrow(/got a token.*\[InvalidRegions/);
  });

  test('fails for a second baseline of the same account and Region', () => {
    const app = new App();
    baselineIn('us-east-1', TWO_REGIONS, app);
    const stack = new Stack(app, 'Other', { env: { account: ACCOUNT, region: 'us-east-1' } });
    expect(() => new SecurityBaseline(stack, 'Security', TWO_REGIONS)).toThrow(
      /Baseline-us-east-1\/Security is already the security baseline of us-east-1.*\[SecondBaseline at Other\/Security\]/,
    );
  });

  test('allows another account, another Region, another app, and accounts only known at deployment', () => {
    const app = new App();
    baselineIn('us-east-1', TWO_REGIONS, app);
    baselineIn('us-west-2', TWO_REGIONS, app);
    for (const [id, account] of [['B', '444455556666'], ['C'], ['D']]) {
      new SecurityBaseline(new Stack(app, id, { env: { account, region: 'us-east-1' } }), 'Security', TWO_REGIONS);
    }
    expect(() => baselineIn('us-east-1', TWO_REGIONS)).not.toThrow();
  });
});

describe('choices', () => {
  test('reach each service', () => {
    const template = templateOf(
      baselineIn('us-east-1', {
        ...TWO_REGIONS,
        recordRetention: Duration.days(3653),
        guardDuty: { runtimeAgents: [] },
        securityHubCspm: { standards: [SecurityStandard.NIST_800_53_R5] },
        auditTrail: { trailName: 'hospital' },
        findingRouting: { guardDutySeverity: 4 },
      }),
    );
    template.hasResourceProperties('AWS::GuardDuty::Detector', {
      Features: Match.arrayWith([Match.objectLike({ Name: 'RUNTIME_MONITORING', Status: 'DISABLED' })]),
    });
    template.resourceCountIs('AWS::SecurityHub::Standard', 1);
    template.hasResourceProperties('AWS::CloudTrail::Trail', { TrailName: 'hospital' });
    template.hasResourceProperties('AWS::Events::Rule', {
      EventPattern: { detail: { severity: [{ numeric: ['>=', 4] }] } },
    });
    template.allResourcesProperties('AWS::S3::Bucket', {
      LifecycleConfiguration: { Rules: [Match.objectLike({ ExpirationInDays: 3653 })] },
    });
  });

  test('a key you bring, even imported', () => {
    const app = new App();
    const stack = new Stack(app, 'Keys', { env: { account: ACCOUNT, region: 'us-east-1' } });
    const encryptionKey = kms.Key.fromKeyArn(stack, 'Key', `arn:aws:kms:us-east-1:${ACCOUNT}:key/1234`);
    const baseline = baselineIn('us-east-1', { ...TWO_REGIONS, encryptionKey }, app);
    expect(baseline.encryptionKey).toBe(encryptionKey);
    templateOf(baseline).resourceCountIs('AWS::KMS::Key', 0);
  });

  test('an irreversible lock is told to the reader of the template', () => {
    const lock = RecordLock.compliance(Duration.days(365), { acknowledgeIrreversible: 'regulator asks' });
    templateOf(baselineIn('us-east-1', { ...TWO_REGIONS, auditTrail: { recordLock: lock } })).templateMatches({
      Metadata: { 'cdk-resilient-ehr:security': { acknowledgedIrreversibleLock: 'regulator asks' } },
    });
  });

  test('leaves other metadata of the template alone', () => {
    const stack = new Stack(new App(), 'S', { env: { account: ACCOUNT, region: 'us-east-1' } });
    stack.templateOptions.metadata = { mine: 1 };
    new SecurityBaseline(stack, 'Security', TWO_REGIONS);
    Template.fromStack(stack).templateMatches({ Metadata: { mine: 1 } });
  });
});

describe('data protection', () => {
  const dataProtection = DataProtection.destroyWithStack({ acknowledgeDataLoss: 'sandbox, no patients' });

  test.each(['us-east-1', 'us-west-2'])('leaves nothing behind of a sandbox in %s', (region) => {
    const template = templateOf(baselineIn(region, { ...TWO_REGIONS, dataProtection })).toJSON();
    expect(JSON.stringify(template.Resources)).not.toContain('"Retain');
    expect(template.Metadata['cdk-resilient-ehr:security'].acknowledgedDataLoss).toBe('sandbox, no patients');
  });

  test('keeps every singleton and every record by default', () => {
    const template = templateOf(baselineIn('us-east-1', TWO_REGIONS));
    for (const type of SINGLETONS) {
      template.allResources(type, { DeletionPolicy: 'RetainExceptOnCreate', UpdateReplacePolicy: 'Retain' });
    }
    for (const type of ['AWS::S3::Bucket', 'AWS::KMS::Key', 'AWS::Logs::LogGroup']) {
      template.allResources(type, { DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' });
    }
  });

  test('warns once per kind of record that is kept too short', () => {
    const baseline = baselineIn('us-east-1', { ...TWO_REGIONS, recordRetention: Duration.days(365) });
    const warnings = Annotations.fromStack(Stack.of(baseline)).findWarning('*', Match.stringLikeRegexp('164.316'));
    expect(warnings.map(({ id }) => id)).toEqual([
      '/Baseline-us-east-1/Security/FindingArchive',
      '/Baseline-us-east-1/Security/Config',
      '/Baseline-us-east-1/Security/AuditTrail',
    ]);
  });
});

describe('a sandbox', () => {
  const sandbox = (region: string) => {
    const stack = new Stack(new App(), 'S', { env: { account: ACCOUNT, region } });
    return SecurityBaseline.sandbox(stack, 'Security', { ...TWO_REGIONS, acknowledgeDataLoss: 'synthetic patients' });
  };

  test.each(['us-east-1', 'us-west-2'])(
    'in %s has no bucket, leaves nothing behind, and sees an intruder',
    (region) => {
      const baseline = sandbox(region);
      const template = templateOf(baseline);
      template.resourceCountIs('AWS::S3::Bucket', 0);
      template.resourceCountIs('AWS::GuardDuty::Detector', 1);
      template.resourceCountIs('AWS::Events::Rule', 3);
      expect(JSON.stringify(template.toJSON().Resources)).not.toContain('"Retain');
    },
  );

  test('has nothing that costs by the resource, by the change or by the check', () => {
    const template = templateOf(sandbox('us-east-1'));
    expect(logicalIds(template, SINGLETONS)).toEqual([
      'SecurityAccessAnalyzerExternalAccess2072A815',
      'SecurityGuardDutyDetectorD55A8050',
    ]);
    template.hasResourceProperties('AWS::GuardDuty::Detector', {
      Features: Match.arrayWith([Match.objectLike({ Name: 'RUNTIME_MONITORING', Status: 'DISABLED' })]),
    });
  });

  test('says why each service is off', () => {
    const off = sandbox('us-east-1').omitted.filter(({ reason }) => reason.startsWith('sandbox: '));
    expect(off.map(({ service, cause }) => [service, cause])).toEqual([
      ['AWS Security Hub CSPM', OmissionCause.TURNED_OFF],
      ['AWS Security Hub', OmissionCause.TURNED_OFF],
      ['AWS Config', OmissionCause.TURNED_OFF],
      ['AWS CloudTrail', OmissionCause.TURNED_OFF],
    ]);
  });
});

describe('the archive of findings', () => {
  test('is kept where a bucket for records is, or where it is asked for', () => {
    const off = Enablement.off({ reason: 'no records here' });
    const without = { ...TWO_REGIONS, enablement: { config: off, auditTrail: off } };
    expect(baselineIn('us-east-1', TWO_REGIONS).findingArchive).toBeDefined();
    expect(baselineIn('us-east-1', { ...TWO_REGIONS, archiveFindings: false }).findingArchive).toBeUndefined();
    expect(baselineIn('us-east-1', without).findingArchive).toBeUndefined();
    expect(baselineIn('us-east-1', { ...without, archiveFindings: true }).findingArchive).toBeDefined();
  });

  test('fails where GuardDuty is not turned on', () => {
    const guardDuty = Enablement.external({ managedBy: 'the organization' });
    expect(() => baselineIn('us-east-1', { ...TWO_REGIONS, enablement: { guardDuty }, archiveFindings: true })).toThrow(
      /\[NothingToArchive at Baseline-us-east-1\/Security\]/,
    );
  });
});

describe('synthesizes', () => {
  const flags = cdkJson.context as Record<string, unknown>;

  test.each([
    ['aws', 'us-east-1', 'us-west-2'],
    ['aws-us-gov', 'us-gov-west-1', 'us-gov-east-1'],
    ['aws-cn', 'cn-north-1', 'cn-northwest-1'],
  ])('in %s, with and without the recommended feature flags, naming no other partition', (partition, home, linked) => {
    for (const context of [{}, flags]) {
      for (const region of [home, linked]) {
        const props = { homeRegion: home, linkedRegions: [linked] };
        const resources = JSON.stringify(
          templateOf(baselineIn(region, props, new App({ context }))).toJSON().Resources,
        );
        const named = [...resources.matchAll(/arn:(aws[a-z-]*):/g)].map(([, name]) => name);
        expect(named.filter((name) => name !== partition)).toEqual([]);
      }
    }
  });

  test('with the same logical ids whatever the flags', () => {
    const ids = [{}, flags].map((context) =>
      logicalIds(templateOf(baselineIn('us-east-1', TWO_REGIONS, new App({ context }))), [...SINGLETONS, ...STATEFUL]),
    );
    expect(ids[0]).toEqual(ids[1]);
  });
});
