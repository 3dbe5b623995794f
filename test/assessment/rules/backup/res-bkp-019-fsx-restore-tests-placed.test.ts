import { fsxRestoreTestsPlaced } from '../../../../src/assessment/rules/backup/res-bkp-019-fsx-restore-tests-placed';
import { testRule } from '../../../support/rules';

testRule(fsxRestoreTestsPlaced, [
  {
    name: 'subnets',
    verdict: 'pass',
    template: {
      Resources: {
        It: {
          Type: 'AWS::Backup::RestoreTestingSelection',
          Properties: { ProtectedResourceType: 'FSx', RestoreMetadataOverrides: { subnetIds: '["subnet-1"]' } },
        },
      },
    },
  },
  {
    name: 'nothing',
    verdict: 'fail',
    template: {
      Resources: { It: { Type: 'AWS::Backup::RestoreTestingSelection', Properties: { ProtectedResourceType: 'FSx' } } },
    },
  },
  {
    name: 'an undecided condition',
    verdict: 'unknown',
    template: {
      Resources: {
        It: {
          Type: 'AWS::Backup::RestoreTestingSelection',
          Properties: {
            ProtectedResourceType: 'FSx',
            RestoreMetadataOverrides: { 'Fn::If': ['Maybe', { subnetIds: 'a' }, { Ref: 'AWS::NoValue' }] },
          },
        },
      },
      Parameters: { Choice: { Type: 'String' } },
      Conditions: { Maybe: { 'Fn::Equals': [{ Ref: 'Choice' }, 'yes'] } },
    },
  },
  {
    name: 'Aurora',
    verdict: 'not-applicable',
    template: {
      Resources: {
        It: { Type: 'AWS::Backup::RestoreTestingSelection', Properties: { ProtectedResourceType: 'Aurora' } },
      },
    },
  },
]);
