import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, Duration, Stack } from 'aws-cdk-lib';
import * as guardduty from 'aws-cdk-lib/aws-guardduty';
import * as s3 from 'aws-cdk-lib/aws-s3';
import {
  ConformancePack,
  Enablement,
  OmissionCause,
  RecordLock,
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
    ['AWS Security Hub', 'Amazon GuardDuty AI_PROTECTION and AI_ANALYST'],
  ],
  [
    'aws-cn',
    'cn-north-1',
    'cn-northwest-1',
    ['AWS Security Hub', 'Amazon GuardDuty RUNTIME_MONITORING', 'Amazon GuardDuty AI_PROTECTION and AI_ANALYST'],
  ],
];

/** What is asked for besides, and what is not: with Amazon Detective the template is not valid in China, which is not refused yet. */
const MORE: Record<string, Partial<SecurityBaselineProps> | undefined> = {
  aws: {
    guardDuty: { aiProtection: true, runtimeAgents: Object.values(RuntimeAgent) },
    securityHub: { tickets: TicketConnector.jiraCloud('SEC') },
  },
  'aws-cn': { detective: false },
};

function build(homeRegion: string, linkedRegion: string, more: Partial<SecurityBaselineProps>) {
  const app = new App({
    context: {
      '@aws-cdk/core:validateAgainstDefaultRules': true,
      '@aws-cdk/core:strictCfnValidateErrors': true,
      '@aws-cdk/core:failSynthOnValidationErrors': false,
    },
  });
  const env = { account: '111122223333', region: homeRegion };
  const control = new Stack(app, 'Control', { env });
  new guardduty.CfnDetector(control, 'Detector', { enable: true, findingPublishingFrequency: 'NEVER' });
  const stack = new Stack(app, 'Security', { env });
  const baseline = new SecurityBaseline(stack, 'Security', {
    homeRegion,
    linkedRegions: [linkedRegion],
    auditTrail: {
      phiBuckets: [s3.Bucket.fromBucketName(stack, 'Phi', 'phi')],
      recordLock: RecordLock.governance(Duration.days(365)),
    },
    accessAnalyzer: { unusedAfter: Duration.days(90) },
    config: { conformancePacks: [ConformancePack.baselineDrift(), ConformancePack.hipaa()] },
    inspector: {},
    macie: { automatedDiscovery: true },
    enablement: { macie: Enablement.adopt() }, // CloudFormation cannot turn discovery on
    detective: true,
    accountSettings: {},
    ...more,
  });
  return { app, baseline };
}

beforeAll(() => {
  process.env.CDK_VALIDATION = 'true';
});

afterAll(() => {
  process.env.CDK_VALIDATION = 'false';
});

describe.each(PARTITIONS)('in %s, with every option there is', (partition, home, linked, notOffered) => {
  let app: App;
  let baseline: SecurityBaseline;

  beforeAll(() => {
    ({ app, baseline } = build(home, linked, MORE[partition] ?? {})); // validation is chosen when an app is made
  });

  test('templates are valid, and name no other partition', () => {
    const assembly = app.synth();
    const file = join(assembly.directory, 'validation-report.json');
    const reports: {
      violations?: { violatingConstructs: { constructPath: string }[] }[];
    }[] = JSON.parse(readFileSync(file, 'utf8')).pluginReports;
    const paths = reports
      .flatMap(({ violations = [] }) => violations)
      .flatMap(({ violatingConstructs }) => violatingConstructs.map(({ constructPath }) => constructPath));
    expect(paths.filter((path) => !path.startsWith('Control/'))).toEqual([]);
    expect(paths.length).toBeGreaterThan(0); // the careless stack: it was judged
    const template = JSON.stringify(assembly.getStackByName('Security').template.Resources);
    const named = [...template.matchAll(/arn:(aws[a-z-]*):/g)].map(([, name]) => name);
    expect(named.filter((name) => name !== partition)).toEqual([]);
  }, 120_000);

  test('says what AWS does not offer, each with a reason', () => {
    const omitted = baseline.omitted.filter(({ cause }) => cause === OmissionCause.NOT_OFFERED);
    expect(omitted.map(({ service }) => service)).toEqual(notOffered);
    expect(omitted.filter(({ reason }) => reason.length < 10)).toEqual([]);
  });
});

test.each([
  ['us-gov-west-1', 'us-gov-east-1', { aiProtection: true }],
  ['cn-north-1', 'cn-northwest-1', { aiProtection: true }],
  ['cn-north-1', 'cn-northwest-1', { runtimeAgents: [RuntimeAgent.ECS_FARGATE] }],
])('in %s a feature that is asked for and not offered is refused', (home, linked, guardDuty) => {
  expect(() => build(home, linked, { guardDuty })).toThrow(/is not offered in .*\[NotOfferedInPartition/);
});

test('in another partition nothing is guessed', () => {
  expect(() => build('us-iso-east-1', 'us-iso-west-1', {})).toThrow(/\[UnsupportedPartition/);
});
