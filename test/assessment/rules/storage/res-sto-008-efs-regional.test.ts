import { efsRegional } from '../../../../src/assessment/rules/storage/res-sto-008-efs-regional';
import { testRule } from '../../../support/rules';

testRule(efsRegional, [
  {
    name: 'Regional',
    verdict: 'pass',
    template: { Resources: { It: { Type: 'AWS::EFS::FileSystem', Properties: {} } } },
  },
  {
    name: 'One Zone',
    verdict: 'fail',
    template: {
      Resources: { It: { Type: 'AWS::EFS::FileSystem', Properties: { AvailabilityZoneName: 'us-east-1a' } } },
    },
  },
  {
    name: 'a condition decides',
    verdict: 'unknown',
    template: {
      Resources: {
        It: {
          Type: 'AWS::EFS::FileSystem',
          Properties: { AvailabilityZoneName: { 'Fn::If': ['Maybe', 'us-east-1a', { Ref: 'AWS::NoValue' }] } },
        },
      },
      Parameters: { Choice: { Type: 'String' } },
      Conditions: { Maybe: { 'Fn::Equals': [{ Ref: 'Choice' }, 'yes'] } },
    },
  },
]);
