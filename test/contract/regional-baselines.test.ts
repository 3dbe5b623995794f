import { App, Duration, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Enablement, ResponseMode, SecurityBaseline, type SecurityBaselineProps } from '../../src/security';

/** Resources of a baseline by logical id, with its Region's name taken out. */
function resourcesIn(region: string, props: SecurityBaselineProps): Record<string, { Type: string }> {
  const stack = new Stack(new App(), 'Security', { env: { account: '111122223333', region } });
  new SecurityBaseline(stack, 'Baseline', props);
  return JSON.parse(JSON.stringify(Template.fromStack(stack).toJSON().Resources).replaceAll(region, 'REGION'));
}

const adopt = Enablement.adopt();
const regions = { homeRegion: 'us-east-1', linkedRegions: ['us-west-2'] };
const CASES: [string, SecurityBaselineProps][] = [
  ['by default', regions],
  [
    'with everything on',
    {
      ...regions,
      accountSettings: {},
      inspector: {},
      macie: {},
      detective: true,
      accessAnalyzer: { unusedAfter: Duration.days(90) },
      incidentResponse: { mode: ResponseMode.auto(), securityHubProducts: ['Macie'], forensicAccount: '444455556666' },
      findingRouting: { notifyOnce: true, patches: true },
    },
  ],
  [
    'that adopts',
    { ...regions, enablement: { guardDuty: adopt, securityHubCspm: adopt, securityHub: adopt, config: adopt } },
  ],
];

/** What an account needs once, and so has in its home Region only. */
const ONCE = [
  'AWS::AccessAnalyzer::Analyzer',
  'AWS::CloudTrail::Trail',
  'AWS::IAM::ManagedPolicy',
  'AWS::IAM::Role',
  'AWS::Logs::LogGroup',
  'AWS::S3::Bucket',
  'AWS::S3::BucketPolicy',
  'AWS::SecurityHub::AggregatorV2',
  'AWS::SecurityHub::FindingAggregator',
];

/** What both have, and differs by what is done once: the recording of IAM, settings of the account, who may use the key. */
const DIFFERS = [
  'AWS::Config::ConfigurationRecorder',
  'AWS::IAM::ManagedPolicy',
  'AWS::KMS::Key',
  'AWS::S3::BucketPolicy',
  'Custom::AccountSettings',
  'Custom::Config',
  'Custom::SecurityHub',
  'Custom::SecurityHubCspm',
];

describe.each(CASES)('a baseline %s', (_, props) => {
  const home = resourcesIn('us-east-1', props);
  const recovery = resourcesIn('us-west-2', props);

  test('has nothing in the recovery Region that the home Region lacks', () => {
    expect(Object.keys(recovery).filter((id) => !(id in home))).toEqual([]);
  });

  test('lacks nothing in the recovery Region but what an account needs once', () => {
    const types = Object.keys(home)
      .filter((id) => !(id in recovery))
      .map((id) => home[id].Type);
    expect([...new Set(types)].filter((type) => !ONCE.includes(type))).toEqual([]);
    expect(types.filter((type) => type === 'AWS::S3::Bucket').length).toBeLessThanOrEqual(1); // the trail's
  });

  test('is otherwise the same in both, so that a failover moves nobody out of sight', () => {
    const different = Object.keys(recovery).filter((id) => JSON.stringify(recovery[id]) !== JSON.stringify(home[id]));
    expect([...new Set(different.map((id) => recovery[id].Type))].filter((type) => !DIFFERS.includes(type))).toEqual(
      [],
    );
  });
});
