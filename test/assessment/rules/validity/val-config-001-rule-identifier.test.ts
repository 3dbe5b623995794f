import { configRuleIdentifierIsWellFormed } from '../../../../src/assessment/rules/validity/val-config-001-rule-identifier';
import { testRule } from '../../../support/rules';

const it = (Properties: Record<string, unknown>) => ({
  Resources: { It: { Type: 'AWS::Config::ConfigRule', Properties } },
});

testRule(configRuleIdentifierIsWellFormed, [
  {
    name: 'a function',
    verdict: 'pass',
    template: it({ Source: { Owner: 'CUSTOM_LAMBDA', SourceIdentifier: 'arn:aws:lambda:us-east-1:1:function:check' } }),
  },
  { name: 'a policy', verdict: 'pass', template: it({ Source: { Owner: 'CUSTOM_POLICY' } }) },
  {
    name: 'the name on the page',
    verdict: 'fail',
    template: it({ Source: { Owner: 'AWS', SourceIdentifier: 'rds-multi-az-support' } }),
  },
  {
    name: 'the name of a function',
    verdict: 'fail',
    template: it({ Source: { Owner: 'CUSTOM_LAMBDA', SourceIdentifier: 'check' } }),
  },
  {
    name: 'an owner that does not exist',
    verdict: 'fail',
    template: it({ Source: { Owner: 'ME', SourceIdentifier: 'RDS_MULTI_AZ_SUPPORT' } }),
  },
  {
    name: 'an identifier that may exist',
    verdict: 'unknown',
    template: it({ Source: { Owner: 'AWS', SourceIdentifier: 'RDS_MULTI_AZ_SUPORT' } }),
  },
  {
    name: 'from a parameter',
    verdict: 'unknown',
    template: it({ Source: { Owner: 'AWS', SourceIdentifier: { Ref: 'Rule' } } }),
  },
]);
