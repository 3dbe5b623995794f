import { efsReplication } from '../../../../src/assessment/rules/storage/res-sto-010-efs-replication';
import { testRule } from '../../../support/rules';

testRule(efsReplication, [
  {
    name: 'another Region',
    verdict: 'pass',
    template: {
      Resources: {
        It: {
          Type: 'AWS::EFS::FileSystem',
          Properties: { ReplicationConfiguration: { Destinations: [{ Region: 'us-west-2' }] } },
        },
      },
    },
  },
  { name: 'none', verdict: 'fail', template: { Resources: { It: { Type: 'AWS::EFS::FileSystem', Properties: {} } } } },
  {
    name: 'its own Region',
    verdict: 'fail',
    template: {
      Resources: {
        It: {
          Type: 'AWS::EFS::FileSystem',
          Properties: { ReplicationConfiguration: { Destinations: [{ Region: 'us-east-1' }] } },
        },
      },
    },
  },
  {
    name: 'a parameter decides',
    verdict: 'unknown',
    template: {
      Parameters: { Choice: { Type: 'String' } },
      Resources: {
        It: {
          Type: 'AWS::EFS::FileSystem',
          Properties: { ReplicationConfiguration: { Destinations: [{ Region: { Ref: 'Choice' } }] } },
        },
      },
    },
  },
  {
    name: 'it may be overwritten, but nothing replicates to it',
    verdict: 'fail',
    template: {
      Resources: {
        It: {
          Type: 'AWS::EFS::FileSystem',
          Properties: { FileSystemProtection: { ReplicationOverwriteProtection: 'DISABLED' } },
        },
      },
    },
  },
  {
    name: 'care does not depend on it',
    verdict: 'not-applicable',
    template: { Resources: { It: { Type: 'AWS::EFS::FileSystem', Properties: {} } } },
    careDependsOnIt: false,
  },
]);
