import { statSync } from 'node:fs';
import { App, BootstraplessSynthesizer, Duration, Stack } from 'aws-cdk-lib';
import { ConformancePack, Enablement, ResponseMode, SecurityBaseline, type SecurityBaselineProps } from '../../src';

const REGIONS = { homeRegion: 'eu-central-1', linkedRegions: ['us-east-1'] };

/** The templates of StackSets: one for each Region, and for every account. */
function templates(props: Partial<SecurityBaselineProps>) {
  const app = new App();
  for (const region of [REGIONS.homeRegion, ...REGIONS.linkedRegions]) {
    const synthesizer = new BootstraplessSynthesizer();
    const stack = new Stack(app, `Security-${region}`, { env: { region }, synthesizer });
    new SecurityBaseline(stack, 'Security', { ...REGIONS, ...props });
  }
  return app.synth().stacks;
}

describe.each<[string, Partial<SecurityBaselineProps>]>([
  ['by default', {}],
  [
    'with what can be asked for',
    {
      accessAnalyzer: { unusedAfter: Duration.days(90) },
      config: { conformancePacks: [ConformancePack.baselineDrift(), ConformancePack.hipaa()] },
      detective: true,
      findingRouting: { notifyOnce: true },
      incidentResponse: { mode: ResponseMode.auto(), forensicAccount: '444455556666', securityHubProducts: ['Macie'] },
      macie: {},
    },
  ],
])('a baseline fits into a StackSet, %s', (_, props) => {
  const stacks = templates(props);

  test('it needs nothing in the account: no parameter, no file, no export of another stack', () => {
    for (const { template, assets } of stacks) {
      expect([template.Parameters, template.Rules, assets]).toEqual([undefined, undefined, []]);
      expect(JSON.stringify(template)).not.toMatch(/Fn::ImportValue|cdk-hnb659fds/);
    }
  });

  test('it names no account but those it was given', () => {
    const named = stacks.flatMap(({ template }) => JSON.stringify(template).match(/\b\d{12}\b/g) ?? []);
    expect(named.filter((account) => account !== '444455556666')).toEqual([]);
  });

  // https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html
  test('it is shorter than a template that is read from Amazon S3 may be', () => {
    expect(stacks.map(({ templateFullPath }) => statSync(templateFullPath).size < 1_000_000)).toEqual([true, true]);
  });
});

test.each<[string, Partial<SecurityBaselineProps>]>([
  ['adopting', { enablement: { guardDuty: Enablement.adopt() } }],
  ['Inspector', { inspector: {} }],
  ['settings of the account', { accountSettings: {} }],
])('what only a function can do is refused there, not left out: %s', (_, props) => {
  expect(() => templates(props)).toThrow(/CannotAddAssets|Cannot add assets to a Stack/);
});
