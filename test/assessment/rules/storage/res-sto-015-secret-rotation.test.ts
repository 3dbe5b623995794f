import { secretRotation } from '../../../../src/assessment/rules/storage/res-sto-015-secret-rotation';
import { testRule } from '../../../support/rules';

testRule(secretRotation, [
  {
    name: 'a schedule',
    verdict: 'pass',
    template: {
      Resources: {
        It: { Type: 'AWS::SecretsManager::Secret', Properties: {} },
        R: { Type: 'AWS::SecretsManager::RotationSchedule', Properties: { SecretId: { Ref: 'It' } } },
      },
    },
  },
  {
    name: 'a schedule on its attachment',
    verdict: 'pass',
    template: {
      Resources: {
        It: { Type: 'AWS::SecretsManager::Secret', Properties: {} },
        A: { Type: 'AWS::SecretsManager::SecretTargetAttachment', Properties: { SecretId: { Ref: 'It' } } },
        R: { Type: 'AWS::SecretsManager::RotationSchedule', Properties: { SecretId: { Ref: 'A' } } },
      },
    },
  },
  {
    name: 'none',
    verdict: 'fail',
    template: { Resources: { It: { Type: 'AWS::SecretsManager::Secret', Properties: {} } } },
  },
  {
    name: 'a schedule for another',
    verdict: 'fail',
    template: {
      Resources: {
        It: { Type: 'AWS::SecretsManager::Secret', Properties: {} },
        O: { Type: 'AWS::SecretsManager::Secret' },
        R: { Type: 'AWS::SecretsManager::RotationSchedule', Properties: { SecretId: { Ref: 'O' } } },
      },
    },
  },
]);
