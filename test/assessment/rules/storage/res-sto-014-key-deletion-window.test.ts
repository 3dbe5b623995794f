import { keyDeletionWindow } from '../../../../src/assessment/rules/storage/res-sto-014-key-deletion-window';
import { testRule } from '../../../support/rules';

testRule(keyDeletionWindow, [
  {
    name: 'the default of 30 days',
    verdict: 'pass',
    template: { Resources: { It: { Type: 'AWS::KMS::Key', Properties: {} } } },
  },
  {
    name: 'said so',
    verdict: 'pass',
    template: { Resources: { It: { Type: 'AWS::KMS::Key', Properties: { PendingWindowInDays: 30 } } } },
  },
  {
    name: 'a week',
    verdict: 'fail',
    template: { Resources: { It: { Type: 'AWS::KMS::Key', Properties: { PendingWindowInDays: 7 } } } },
  },
  {
    name: 'a parameter decides',
    verdict: 'unknown',
    template: {
      Parameters: { Choice: { Type: 'String' } },
      Resources: { It: { Type: 'AWS::KMS::Key', Properties: { PendingWindowInDays: { Ref: 'Choice' } } } },
    },
  },
]);
