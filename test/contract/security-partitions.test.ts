import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, Duration, Stack } from 'aws-cdk-lib';
import { EventBus } from 'aws-cdk-lib/aws-events';
import * as guardduty from 'aws-cdk-lib/aws-guardduty';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { RegionInfo } from 'aws-cdk-lib/region-info';
import { LocalWindow } from '../../src/core';
import {
  ChatChannel,
  ConformancePack,
  Enablement,
  EntityListPurpose,
  OmissionCause,
  PatchManagement,
  RecordLock,
  ResponseMode,
  RuntimeAgent,
  SecurityBaseline,
  type SecurityBaselineProps,
  TicketConnector,
} from '../../src/security';

/** Each partition, its Regions, and what AWS does not offer there. */
const PARTITIONS: [string, string, string, string[]][] = [
  ['aws', 'us-east-1', 'us-west-2', []],
  [
    'aws-us-gov',
    'us-gov-west-1',
    'us-gov-east-1',
    ['AWS Security Hub', 'Amazon Macie', 'Amazon GuardDuty AI_PROTECTION and AI_ANALYST'],
  ],
  [
    'aws-cn',
    'cn-north-1',
    'cn-northwest-1',
    [
      'AWS Security Hub',
      'Amazon Macie',
      'Amazon Detective',
      'Amazon GuardDuty RUNTIME_MONITORING',
      'Amazon GuardDuty AI_PROTECTION and AI_ANALYST',
    ],
  ],
];

const LISTS = [EntityListPurpose.TRUSTED, EntityListPurpose.THREAT];

/** Everything that can be asked for in every partition. */
function everything(stack: Stack): Partial<SecurityBaselineProps> {
  return {
    auditTrail: {
      phiBuckets: [s3.Bucket.fromBucketName(stack, 'Phi', 'phi')],
      recordLock: RecordLock.governance(Duration.days(365)),
    },
    accessAnalyzer: { unusedAfter: Duration.days(90) },
    activityDetections: { expectedRoles: ['Deployer'] },
    archiveFindings: true,
    config: { conformancePacks: [ConformancePack.baselineDrift(), ConformancePack.hipaa()] },
    detective: true,
    findingRouting: {
      notifyOnce: true,
      patches: true,
      forwardTo: EventBus.fromEventBusArn(
        stack,
        'Soc',
        `arn:${stack.partition}:events:eu-west-1:444455556666:event-bus/soc`,
      ),
    },
    guardDuty: {},
    incidentResponse: {
      mode: ResponseMode.auto(),
      forensicAccount: '444455556666',
      neverContain: ['BreakGlass'],
      securityHubProducts: ['Macie'],
    },
    inspector: {},
    macie: { automatedDiscovery: true },
    securityHub: { tickets: TicketConnector.jiraCloud('SEC') },
    securityHubCspm: {},
    enablement: { macie: Enablement.adopt() }, // CloudFormation cannot turn discovery on
    accountSettings: {},
  };
}

/** What is refused outside the commercial Regions. */
function commercial(stack: Stack): Partial<SecurityBaselineProps> {
  const bucket = s3.Bucket.fromBucketName(stack, 'Lists', 'lists');
  return {
    guardDuty: {
      aiProtection: true,
      runtimeAgents: Object.values(RuntimeAgent),
      entityLists: LISTS.map((purpose) => ({ name: purpose, purpose, bucket, objectKey: purpose })),
    },
    findingRouting: { chat: ChatChannel.slack({ workspaceId: 'T0123ABCD', channelId: 'C0123ABCD' }) },
  };
}

function validating(): App {
  const app = new App({
    context: {
      '@aws-cdk/core:validateAgainstDefaultRules': true,
      '@aws-cdk/core:strictCfnValidateErrors': true,
      '@aws-cdk/core:failSynthOnValidationErrors': false,
    },
  });
  const control = new Stack(app, 'Control', { env: { account: '111122223333', region: 'cn-north-1' } });
  new guardduty.CfnDetector(control, 'Detector', { enable: true, findingPublishingFrequency: 'NEVER' });
  new guardduty.CfnTrustedEntitySet(control, 'NotInChina', { format: 'TXT', location: 's3://lists/trusted' });
  return app;
}

function add(
  app: App,
  region: string,
  regions: { homeRegion: string; linkedRegions?: string[] },
  more: (stack: Stack) => Partial<SecurityBaselineProps> = () => ({}),
): SecurityBaseline {
  const stack = new Stack(app, `Security-${region}`, { env: { account: '111122223333', region } });
  const wanted = everything(stack);
  new PatchManagement(stack, 'Patches', {
    patchGroup: 'ehr',
    window: LocalWindow.daily('02:00', '05:00'),
    timeZone: 'UTC',
  });
  const { guardDuty, findingRouting, ...others } = more(stack);
  return new SecurityBaseline(stack, 'Security', {
    ...wanted,
    guardDuty: { ...wanted.guardDuty, ...guardDuty },
    findingRouting: { ...wanted.findingRouting, ...findingRouting },
    ...others,
    ...regions,
  });
}

/** Which rule is broken, and where. */
function broken(directory: string): string[] {
  const file = join(directory, 'validation-report.json');
  const reports: {
    violations?: { ruleName: string; violatingConstructs: { constructPath: string }[] }[];
  }[] = JSON.parse(readFileSync(file, 'utf8')).pluginReports;
  return reports
    .flatMap(({ violations = [] }) => violations)
    .flatMap(({ ruleName, violatingConstructs }) =>
      violatingConstructs.map(({ constructPath }) => `${constructPath} ${ruleName}`),
    );
}

beforeAll(() => {
  process.env.CDK_VALIDATION = 'true';
});

afterAll(() => {
  process.env.CDK_VALIDATION = 'false';
});

describe.each(PARTITIONS)('in %s, with every option there is', (partition, homeRegion, linked, notOffered) => {
  let app: App;
  let baseline: SecurityBaseline;

  beforeAll(() => {
    app = validating(); // validation is chosen when an app is made
    const more = partition === 'aws' ? commercial : undefined;
    baseline = add(app, homeRegion, { homeRegion, linkedRegions: [linked] }, more);
  });

  test('templates are valid, and name no other partition', () => {
    const assembly = app.synth();
    const found = broken(assembly.directory);
    expect(found.filter((one) => !one.startsWith('Control/'))).toEqual([]);
    expect(found.length).toBeGreaterThan(0); // the careless stack: it was judged
    const template = JSON.stringify(assembly.getStackByName(`Security-${homeRegion}`).template.Resources);
    const named = [...template.matchAll(/arn:(aws[a-z-]*):/g)].map(([, name]) => name);
    expect(named.filter((name) => name !== partition)).toEqual([]);
  }, 120_000);

  test('says what AWS does not offer, each with a reason', () => {
    const omitted = baseline.omitted.filter(({ cause }) => cause === OmissionCause.NOT_OFFERED);
    expect(omitted.map(({ service }) => service)).toEqual(notOffered);
    expect(omitted.filter(({ reason }) => reason.length < 10)).toEqual([]);
  });
});

test('every option is tried, so that one that is new is tried in every partition, too', () => {
  const source = readFileSync(join(__dirname, '../../src/security/security-baseline-props.ts'), 'utf8');
  const options = [...source.matchAll(/readonly (\w+)\?:/g)].map(([, name]) => name);
  const tried = Object.keys(everything(new Stack()));
  // neither makes a resource of its own, but for the key that is made where none is given
  const others = [
    'linkedRegions',
    'managedElsewhere',
    'adoptionRevision',
    'recordRetention',
    'encryptionKey',
    'dataProtection',
  ];
  expect(options.sort()).toEqual([...tried, ...others].sort());
});

describe('in every Region, with every option there is', () => {
  const regions = RegionInfo.regions.map(({ name }) => name).filter((name) => !/iso|eusc/.test(name));

  test('no resource is of a type that CloudFormation does not know there', () => {
    const app = validating();
    for (const region of regions) {
      const more = /^(cn|us-gov)-/.test(region) ? undefined : commercial;
      add(app, region, { homeRegion: region }, more);
    }
    const unknown = broken(app.synth().directory).filter((one) => one.includes('F3006'));
    expect(unknown.map((one) => one.split(' ')[0])).toEqual(['Control/NotInChina']);
    expect(regions.length).toBeGreaterThan(30);
  }, 300_000);

  test('findings are collected where CloudFormation knows how, and refused elsewhere', () => {
    const app = validating();
    const collecting: string[] = [];
    for (const region of regions) {
      const partition = /^(cn|us-gov)-/.exec(region)?.[0] ?? '';
      const linked = { 'cn-': 'cn-northwest-1', 'us-gov-': 'us-gov-east-1' }[partition] ?? 'eu-west-1';
      const linkedRegions = [linked === region ? 'us-east-1' : linked].filter((name) => name.startsWith(partition));
      try {
        add(app, region, { homeRegion: region, linkedRegions });
        collecting.push(region);
      } catch (error) {
        expect(String(error)).toMatch(/cannot be collected in .*\[NotOfferedInRegion/);
        app.node.tryRemoveChild(`Security-${region}`);
      }
    }
    const unknown = broken(app.synth().directory).filter((one) => one.includes('F3006'));
    expect(unknown.map((one) => one.split(' ')[0])).toEqual(['Control/NotInChina']);
    expect(collecting).toEqual(expect.arrayContaining(['us-east-1', 'eu-west-1', 'us-gov-west-1', 'cn-north-1']));
    expect(collecting).not.toContain('me-central-1');
  }, 300_000);
});

test.each([
  ['us-gov-west-1', { guardDuty: { aiProtection: true } }],
  ['cn-north-1', { guardDuty: { aiProtection: true } }],
  ['cn-north-1', { guardDuty: { runtimeAgents: [RuntimeAgent.ECS_FARGATE] } }],
])('in %s a feature that is asked for and not offered is refused', (homeRegion, more) => {
  expect(() => add(new App(), homeRegion, { homeRegion }, () => more)).toThrow(
    /is not offered in .*\[NotOfferedInPartition/,
  );
});

test.each(['us-gov-west-1', 'cn-north-1'])('in %s a chat, and lists of entities, are refused', (homeRegion) => {
  for (const only of ['guardDuty', 'findingRouting'] as const) {
    const more = (stack: Stack) => {
      const asked = commercial(stack);
      const { entityLists } = asked.guardDuty ?? {};
      return only === 'guardDuty' ? { guardDuty: { entityLists } } : { findingRouting: asked.findingRouting };
    };
    expect(() => add(new App(), homeRegion, { homeRegion }, more)).toThrow(
      /is not offered in .*\[NotOfferedInPartition/,
    );
  }
});

test('in another partition nothing is guessed', () => {
  expect(() => add(new App(), 'us-iso-east-1', { homeRegion: 'us-iso-east-1' })).toThrow(/\[UnsupportedPartition/);
});
