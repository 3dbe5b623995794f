import { reasonOf, textOf } from '../../model';
import { defineRule, failed, PASS, undecided } from '../rule';

const RUNTIME = /^syn-(?:1\.0|(nodejs|nodejs-puppeteer|nodejs-playwright|python-selenium)-(\d+)\.(\d+))$/;
/** First and last major version that aws-cdk-lib 2.269 offers and does not call deprecated. */
const OFFERED: Record<string, readonly [first: number, last: number]> = {
  nodejs: [3, 3],
  'nodejs-puppeteer': [7, 13],
  'nodejs-playwright': [1, 6],
  'python-selenium': [3, 7],
};

export const canaryRuntimeIsWellFormed = defineRule({
  id: 'VAL-SYNTHETICS-001',
  title: 'the runtime of a canary is one that exists',
  severity: 'error',
  scope: 'DEPLOYMENT',
  why: 'a canary with an unknown or retired runtime is refused, and nobody watches from outside',
  fix: 'set RuntimeVersion to a current runtime, such as syn-nodejs-puppeteer-13.0',
  docs: 'https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Synthetics_Canaries_Library.html',
  resourceTypes: ['AWS::Synthetics::Canary'],
  evaluate: (resource) => {
    const value = resource.property('RuntimeVersion');
    const runtime = textOf(value);
    if (runtime === undefined) {
      return undecided(reasonOf(value) ?? 'no runtime', 'Properties.RuntimeVersion');
    }
    const match = RUNTIME.exec(runtime);
    if (!match) {
      return failed(`runtime ${runtime}`, 'Properties.RuntimeVersion');
    }
    const [first, last] = OFFERED[match[1]] ?? [0, -1];
    const major = Number(match[2]);
    return major >= first && major <= last
      ? PASS
      : undecided(`whether ${runtime} is offered is not known here`, 'Properties.RuntimeVersion');
  },
});
