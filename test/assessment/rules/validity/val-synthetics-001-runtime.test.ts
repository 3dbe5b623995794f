import { canaryRuntimeIsWellFormed } from '../../../../src/assessment/rules/validity/val-synthetics-001-runtime';
import { testRule } from '../../../support/rules';

const it = (Properties: Record<string, unknown>) => ({
  Resources: { It: { Type: 'AWS::Synthetics::Canary', Properties } },
});

testRule(canaryRuntimeIsWellFormed, [
  { name: 'a current runtime', verdict: 'pass', template: it({ RuntimeVersion: 'syn-nodejs-puppeteer-13.0' }) },
  { name: 'no runtime', verdict: 'fail', template: it({ RuntimeVersion: 'nodejs22.x' }) },
  { name: 'a family that does not exist', verdict: 'fail', template: it({ RuntimeVersion: 'syn-ruby-selenium-1.0' }) },
  { name: 'an old runtime', verdict: 'unknown', template: it({ RuntimeVersion: 'syn-1.0' }) },
  {
    name: 'a runtime that may come',
    verdict: 'unknown',
    template: it({ RuntimeVersion: 'syn-nodejs-puppeteer-99.0' }),
  },
  { name: 'from a parameter', verdict: 'unknown', template: it({ RuntimeVersion: { Ref: 'Runtime' } }) },
]);
