import { replicationTimeControl } from '../../../../src/assessment/rules/storage/res-sto-003-replication-time-control';
import { testRule } from '../../../support/rules';

testRule(replicationTimeControl, [
  {
    name: 'on',
    verdict: 'pass',
    template: {
      Resources: {
        It: {
          Type: 'AWS::S3::Bucket',
          Properties: {
            ReplicationConfiguration: {
              Rules: [
                {
                  Status: 'Enabled',
                  Destination: {
                    Bucket: 'arn:aws:s3:::elsewhere',
                    ReplicationTime: { Status: 'Enabled', Time: { Minutes: 15 } },
                  },
                },
              ],
            },
          },
        },
      },
    },
  },
  {
    name: 'off',
    verdict: 'fail',
    template: {
      Resources: {
        It: {
          Type: 'AWS::S3::Bucket',
          Properties: {
            ReplicationConfiguration: {
              Rules: [{ Status: 'Enabled', Destination: { Bucket: 'arn:aws:s3:::elsewhere' } }],
            },
          },
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
          Type: 'AWS::S3::Bucket',
          Properties: {
            ReplicationConfiguration: {
              Rules: [
                {
                  Status: 'Enabled',
                  Destination: { Bucket: 'arn:aws:s3:::elsewhere', ReplicationTime: { Status: { Ref: 'Choice' } } },
                },
              ],
            },
          },
        },
      },
    },
  },
  {
    name: 'no replication',
    verdict: 'not-applicable',
    template: { Resources: { It: { Type: 'AWS::S3::Bucket', Properties: {} } } },
  },
  {
    name: 'care does not depend on it',
    verdict: 'not-applicable',
    template: {
      Resources: {
        It: {
          Type: 'AWS::S3::Bucket',
          Properties: {
            ReplicationConfiguration: {
              Rules: [{ Status: 'Enabled', Destination: { Bucket: 'arn:aws:s3:::elsewhere' } }],
            },
          },
        },
      },
    },
    careDependsOnIt: false,
  },
]);
