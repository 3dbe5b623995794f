import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { SecurityBaseline, type SecurityBaselineProps } from '../../src/security';

export const ACCOUNT = '111122223333';

/** A baseline in a stack of its own, at the path `Baseline-<region>/Security`. */
export function baselineIn(region: string, props: SecurityBaselineProps, app = new App()): SecurityBaseline {
  const stack = new Stack(app, `Baseline-${region}`, { env: { account: ACCOUNT, region } });
  return new SecurityBaseline(stack, 'Security', props);
}

export function templateOf(baseline: SecurityBaseline): Template {
  return Template.fromStack(Stack.of(baseline));
}

/** The pair most tests look at: home in Virginia, linked to Oregon. */
export const TWO_REGIONS = { homeRegion: 'us-east-1', linkedRegions: ['us-west-2'] };
