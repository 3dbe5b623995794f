import { noncurrentVersionsExpire } from '../../../../src/assessment/rules/storage/res-sto-005-noncurrent-versions-expire';
import { testRule } from '../../../support/rules';

testRule(noncurrentVersionsExpire, [
  {
    name: 'three months',
    verdict: 'pass',
    template: {
      Resources: {
        It: {
          Type: 'AWS::S3::Bucket',
          Properties: {
            VersioningConfiguration: { Status: 'Enabled' },
            LifecycleConfiguration: {
              Rules: [{ Status: 'Enabled', NoncurrentVersionExpiration: { NoncurrentDays: 90 } }],
            },
          },
        },
      },
    },
  },
  {
    name: 'no lifecycle',
    verdict: 'fail',
    template: {
      Resources: { It: { Type: 'AWS::S3::Bucket', Properties: { VersioningConfiguration: { Status: 'Enabled' } } } },
    },
  },
  {
    name: 'a week',
    verdict: 'fail',
    template: {
      Resources: {
        It: {
          Type: 'AWS::S3::Bucket',
          Properties: {
            VersioningConfiguration: { Status: 'Enabled' },
            LifecycleConfiguration: {
              Rules: [{ Status: 'Enabled', NoncurrentVersionExpiration: { NoncurrentDays: 7 } }],
            },
          },
        },
      },
    },
  },
  {
    name: 'the rule is disabled',
    verdict: 'fail',
    template: {
      Resources: {
        It: {
          Type: 'AWS::S3::Bucket',
          Properties: {
            VersioningConfiguration: { Status: 'Enabled' },
            LifecycleConfiguration: {
              Rules: [{ Status: 'Disabled', NoncurrentVersionExpiration: { NoncurrentDays: 90 } }],
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
            VersioningConfiguration: { Status: 'Enabled' },
            LifecycleConfiguration: {
              Rules: [{ Status: 'Enabled', NoncurrentVersionExpiration: { NoncurrentDays: { Ref: 'Choice' } } }],
            },
          },
        },
      },
    },
  },
  {
    name: 'no versions',
    verdict: 'not-applicable',
    template: { Resources: { It: { Type: 'AWS::S3::Bucket', Properties: {} } } },
  },
  {
    name: 'access logs',
    verdict: 'not-applicable',
    template: {
      Resources: {
        It: { Type: 'AWS::S3::Bucket', Properties: { VersioningConfiguration: { Status: 'Enabled' } } },
        L: { Type: 'AWS::S3::Bucket', Properties: { LoggingConfiguration: { DestinationBucketName: { Ref: 'It' } } } },
      },
    },
  },
]);
