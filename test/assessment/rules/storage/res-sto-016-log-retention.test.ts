import { logRetention } from '../../../../src/assessment/rules/storage/res-sto-016-log-retention';
import { testRule } from '../../../support/rules';

testRule(logRetention, [
  {
    name: 'a year',
    verdict: 'pass',
    template: { Resources: { It: { Type: 'AWS::Logs::LogGroup', Properties: { RetentionInDays: 365 } } } },
  },
  {
    name: 'a month',
    verdict: 'fail',
    template: { Resources: { It: { Type: 'AWS::Logs::LogGroup', Properties: { RetentionInDays: 30 } } } },
  },
  {
    name: 'not set',
    verdict: 'fail',
    template: { Resources: { It: { Type: 'AWS::Logs::LogGroup', Properties: {} } } },
  },
  {
    name: 'a parameter decides',
    verdict: 'unknown',
    template: {
      Parameters: { Choice: { Type: 'String' } },
      Resources: { It: { Type: 'AWS::Logs::LogGroup', Properties: { RetentionInDays: { Ref: 'Choice' } } } },
    },
  },
]);
