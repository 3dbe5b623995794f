import { App, Duration, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as kms from 'aws-cdk-lib/aws-kms';
import {
  AccountServiceHandler,
  AccountSettings,
  Detective,
  Enablement,
  Inspector,
  InspectorScan,
  Macie,
  ManagedElsewhere,
  SecurityHubCspm,
  SecurityStandard,
} from '../../src/security';
import { baselineIn, TWO_REGIONS, templateOf } from '../support/security';

const adopt = Enablement.adopt();
const EVERYTHING = {
  ...TWO_REGIONS,
  enablement: {
    guardDuty: adopt,
    securityHubCspm: adopt,
    securityHub: adopt,
    config: adopt,
    accessAnalyzer: adopt,
    macie: adopt,
    detective: adopt,
  },
  macie: { automatedDiscovery: true },
  detective: true,
  inspector: {},
  accountSettings: {},
  accessAnalyzer: { unusedAfter: Duration.days(90) },
};

/** What each function is asked for, by service. */
function asked(template: Template): Record<string, Record<string, unknown>> {
  const resources = Object.values<{ Type: string; Properties: { Service: string; Desired: unknown } }>(
    template.toJSON().Resources,
  ).filter(({ Type }) => Type.startsWith('Custom::'));
  return Object.fromEntries(
    resources.map(({ Properties: { Service, Desired } }) => [
      Service,
      JSON.parse(typeof Desired === 'string' ? Desired : joined(Desired)),
    ]),
  );
}

/** A join with its references as `${…}`. */
function joined(value: unknown): string {
  const [, parts] = (value as { 'Fn::Join': [string, unknown[]] })['Fn::Join'];
  return parts.map((part) => (typeof part === 'string' ? part : '${ref}')).join('');
}

describe('a baseline that adopts', () => {
  const home = templateOf(baselineIn('us-east-1', EVERYTHING));

  test('leaves to CloudFormation only what cannot be there already', () => {
    for (const type of [
      'AWS::GuardDuty::Detector',
      'AWS::SecurityHub::Hub',
      'AWS::SecurityHub::HubV2',
      'AWS::SecurityHub::Standard',
      'AWS::SecurityHub::FindingAggregator',
      'AWS::Config::ConfigurationRecorder',
      'AWS::Config::DeliveryChannel',
      'AWS::AccessAnalyzer::Analyzer',
      'AWS::Macie::Session',
      'AWS::Detective::Graph',
      'AWS::GuardDuty::PublishingDestination',
    ]) {
      home.resourceCountIs(type, 0);
    }
    home.resourceCountIs('AWS::CloudTrail::Trail', 1);
  });

  test('asks for the same as CloudFormation would be', () => {
    const wanted = asked(home);
    expect(Object.keys(wanted).sort()).toEqual([
      'AccessAnalyzer',
      'AccountSettings',
      'Config',
      'Detective',
      'GuardDuty',
      'Inspector',
      'Macie',
      'SecurityHub',
      'SecurityHubCspm',
    ]);
    const [detector] = Object.values(
      templateOf(baselineIn('us-east-1', TWO_REGIONS)).findResources('AWS::GuardDuty::Detector'),
    );
    expect(wanted.GuardDuty).toEqual({
      FindingPublishingFrequency: 'FIFTEEN_MINUTES',
      Features: detector.Properties.Features,
    });
    expect(wanted.SecurityHubCspm).toMatchObject({ LinkedRegions: ['us-west-2'] });
    expect(wanted.SecurityHubCspm.StandardsArns).toHaveLength(3);
    expect(wanted.Inspector).toEqual({ ResourceTypes: ['EC2', 'ECR', 'LAMBDA'] });
    expect(wanted.Macie).toEqual({ FindingPublishingFrequency: 'FIFTEEN_MINUTES', AutomatedDiscovery: true });
    expect(wanted.Config).toMatchObject({ RecordingGroup: { allSupported: true, includeGlobalResourceTypes: true } });
  });

  test('sets what holds for the whole account in the home Region only', () => {
    const linked = asked(templateOf(baselineIn('us-west-2', EVERYTHING)));
    expect(Object.keys(asked(home).AccountSettings)).toEqual(
      expect.arrayContaining(['S3PublicAccessBlock', 'PasswordPolicy', 'EbsEncryptionByDefault']),
    );
    expect(Object.keys(linked.AccountSettings)).toEqual([
      'EbsEncryptionByDefault',
      'ImageBlockPublicAccess',
      'SnapshotBlockPublicAccess',
      'InstanceMetadataDefaults',
      'SerialConsoleAccess',
    ]);
    expect(linked.SecurityHubCspm.LinkedRegions).toEqual([]);
    expect(linked.AccessAnalyzer).toEqual({ Analyzers: [{ Name: 'external-access', Type: 'ACCOUNT' }] });
  });

  test('tells in outputs what became of each service', () => {
    const outputs = Object.values<{ Description: string }>(home.toJSON().Outputs);
    expect(outputs).toHaveLength(9);
    expect(outputs[0].Description).toMatch(/CREATED, ADOPTED, or MANAGED_ELSEWHERE/);
  });

  test('has resources whose ids never move', () => {
    const ids = Object.entries<{ Type: string }>(home.toJSON().Resources)
      .filter(([, { Type }]) => Type.startsWith('Custom::'))
      .map(([id, { Type }]) => `${id} ${Type}`);
    expect(ids.sort()).toEqual(ADOPTED_IDS);
  });

  test('gives each service a function of its own, which may do what that service takes and no more', () => {
    home.resourceCountIs('AWS::Lambda::Function', 9);
    const policies = Object.values(home.findResources('AWS::IAM::ManagedPolicy'));
    const actions = policies.map(({ Properties }) =>
      Properties.PolicyDocument.Statement.flatMap(({ Action }: { Action: string | string[] }) => Action),
    );
    for (const granted of actions) {
      const services = new Set(granted.map((action: string) => action.split(':')[0]));
      for (const common of ['logs', 'sqs', 'kms', 'iam']) services.delete(common);
      expect([...services].length).toBeLessThanOrEqual(2); // settings of EC2 and S3 are one service's here
      expect(granted.filter((action: string) => /^[a-z0-9-]+:\*$|^\*$/.test(action))).toEqual([]);
      expect(granted.filter((action: string) => /Delete|Disable(?!SerialConsole)|Stop/.test(action))).toEqual([]);
    }
  });

  test('holds functions to their Region, but for services that have none', () => {
    type Rights = { Action: string | string[]; Resource: unknown; Condition?: object }[];
    const anywhere = Object.values(home.findResources('AWS::IAM::ManagedPolicy'))
      .flatMap(({ Properties }) => Properties.PolicyDocument.Statement as Rights)
      .filter(({ Resource, Condition }) => Resource === '*' && !JSON.stringify(Condition ?? {}).includes('us-east-1'));
    expect(anywhere.flatMap(({ Action }) => Action).sort()).toEqual([
      'iam:GetAccountPasswordPolicy',
      'iam:UpdateAccountPasswordPolicy',
      's3:GetAccountPublicAccessBlock',
      's3:PutAccountPublicAccessBlock',
    ]);
  });

  test('hands the role of the recorder to AWS Config only', () => {
    const [pass] = Object.values(home.findResources('AWS::IAM::ManagedPolicy'))
      .flatMap(({ Properties }) => Properties.PolicyDocument.Statement)
      .filter(({ Action }) => Action === 'iam:PassRole');
    expect(pass.Condition).toEqual({ StringEquals: { 'iam:PassedToService': 'config.amazonaws.com' } });
    expect(JSON.stringify(pass.Resource)).not.toContain('*');
  });

  test('refuses to adopt a trail, of which there may be several', () => {
    expect(() => baselineIn('us-east-1', { ...TWO_REGIONS, enablement: { auditTrail: adopt } })).toThrow(
      /give this one a name of its own.*\[NotAdoptable at Baseline-us-east-1\/Security\]/,
    );
  });

  test('has no function where nothing is adopted', () => {
    const baseline = baselineIn('us-east-1', TWO_REGIONS);
    expect(baseline.adopter).toBeUndefined();
    templateOf(baseline).resourceCountIs('AWS::Lambda::Function', 0);
  });

  test('passes on what becomes of services that somebody else manages, and when to look again', () => {
    const template = templateOf(
      baselineIn('us-east-1', {
        ...TWO_REGIONS,
        inspector: {},
        managedElsewhere: ManagedElsewhere.FAIL,
        adoptionRevision: '2026-12',
      }),
    );
    template.hasResourceProperties('Custom::Inspector', { OnManagedElsewhere: 'FAIL', Revision: '2026-12' });
  });
});

const ADOPTED_IDS = [
  'SecurityAccessAnalyzerAdoptedAnalyzers2E299D4B Custom::AccessAnalyzer',
  'SecurityAccountSettingsD7AA5B63 Custom::AccountSettings',
  'SecurityConfigAdoptedRecorder60F33BF6 Custom::Config',
  'SecurityDetectiveAdoptedGraph2C92E317 Custom::Detective',
  'SecurityGuardDutyAdoptedDetector34DBA396 Custom::GuardDuty',
  'SecurityInspectorScans52E1F44C Custom::Inspector',
  'SecurityMacieAdoptedSessionD40EFC3F Custom::Macie',
  'SecuritySecurityHubAdoptedHub44BBA6C4 Custom::SecurityHub',
  'SecuritySecurityHubCspmAdoptedHub6078C662 Custom::SecurityHubCspm',
];

describe('AccountServiceHandler', () => {
  function handler() {
    const stack = new Stack(new App(), 'S', { env: { account: '111122223333', region: 'us-east-1' } });
    const adopter = new AccountServiceHandler(stack, 'Adopter', { encryptionKey: new kms.Key(stack, 'Key') });
    return { stack, adopter };
  }

  test('has functions with an encrypted log, a queue for what fails, and rights before they are called', () => {
    const { stack, adopter } = handler();
    new Detective(stack, 'Detective', { adopter });
    const template = Template.fromStack(stack);
    template.hasResourceProperties('AWS::Lambda::Function', {
      Runtime: 'nodejs24.x',
      Handler: 'index.handler',
      Timeout: 900,
      DeadLetterConfig: Match.anyValue(),
      LoggingConfig: { LogGroup: Match.anyValue() },
    });
    template.hasResourceProperties('AWS::Logs::LogGroup', { KmsKeyId: Match.anyValue(), RetentionInDays: 365 });
    template.hasResource('Custom::Detective', {
      Properties: { ServiceTimeout: '960' },
      DependsOn: Match.arrayWith([Match.stringLikeRegexp('AdopterDetectiveRolePolicy')]),
    });
  });

  test('Inspector fails without a scan, and scans code only with packages', () => {
    const { stack, adopter } = handler();
    expect(() => new Inspector(stack, 'A', { adopter, scans: [] })).toThrow(/\[InvalidScans at S\/A\]/);
    expect(() => new Inspector(stack, 'B', { adopter, scans: [InspectorScan.LAMBDA_CODE] })).toThrow(
      /LAMBDA_CODE needs LAMBDA/,
    );
  });

  test('Macie fails to discover data where CloudFormation turns it on', () => {
    const { stack } = handler();
    expect(() => new Macie(stack, 'Macie', { automatedDiscovery: true })).toThrow(/Enablement.adopt.*\[NeedsAdoption/);
  });

  test('Security Hub CSPM fails to turn controls off in a hub that it adopts', () => {
    const { stack, adopter } = handler();
    const disabledControls = [{ standard: SecurityStandard.CIS_5_0_0, control: '1.14', reason: 'no IAM users' }];
    expect(() => new SecurityHubCspm(stack, 'Cspm', { adopter, disabledControls })).toThrow(
      /adopting only ever raises.*\[DisabledControlsOfAdoptedHub/,
    );
  });

  describe('AccountSettings', () => {
    test('leaves alone what it is told to', () => {
      const { stack, adopter } = handler();
      new AccountSettings(stack, 'Settings', {
        adopter,
        blockPublicBuckets: false,
        encryptVolumes: false,
        blockPublicImages: false,
        requireImdsV2: false,
      });
      expect(Object.keys(asked(Template.fromStack(stack)).AccountSettings).sort()).toEqual([
        'PasswordPolicy',
        'SerialConsoleAccess',
      ]);
    });

    test('fails when there is nothing left to set', () => {
      const { stack, adopter } = handler();
      expect(
        () =>
          new AccountSettings(stack, 'Settings', {
            adopter,
            accountWide: false,
            encryptVolumes: false,
            blockPublicImages: false,
            requireImdsV2: false,
            closeSerialConsole: false,
          }),
      ).toThrow(/\[NothingToSet at S\/Settings\]/);
    });

    test.each([{ minimumLength: 7 }, { reusePrevention: 25 }, { maxAgeDays: 0 }])(
      'fails for a password policy that IAM refuses: %j',
      (passwordPolicy) => {
        const { stack, adopter } = handler();
        expect(() => new AccountSettings(stack, 'Settings', { adopter, passwordPolicy })).toThrow(
          /8 to 128 characters.*\[InvalidPasswordPolicy/,
        );
      },
    );
  });
});
