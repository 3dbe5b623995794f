import { bucketVersioning } from '../../../../src/assessment/rules/storage/res-sto-001-bucket-versioning';
import { testRule } from '../../../support/rules';

testRule(bucketVersioning, [
  {
    name: 'on',
    verdict: 'pass',
    template: {
      Resources: { It: { Type: 'AWS::S3::Bucket', Properties: { VersioningConfiguration: { Status: 'Enabled' } } } },
    },
  },
  {
    name: 'the default',
    verdict: 'fail',
    template: { Resources: { It: { Type: 'AWS::S3::Bucket', Properties: {} } } },
  },
  {
    name: 'suspended',
    verdict: 'fail',
    template: {
      Resources: { It: { Type: 'AWS::S3::Bucket', Properties: { VersioningConfiguration: { Status: 'Suspended' } } } },
    },
  },
  {
    name: 'a parameter decides',
    verdict: 'unknown',
    template: {
      Parameters: { Choice: { Type: 'String' } },
      Resources: {
        It: { Type: 'AWS::S3::Bucket', Properties: { VersioningConfiguration: { Status: { Ref: 'Choice' } } } },
      },
    },
  },
  {
    name: 'findings of GuardDuty',
    verdict: 'not-applicable',
    template: {
      Resources: {
        It: { Type: 'AWS::S3::Bucket', Properties: {} },
        Archive: {
          Type: 'AWS::GuardDuty::PublishingDestination',
          Properties: { DestinationProperties: { DestinationArn: { 'Fn::GetAtt': ['It', 'Arn'] } } },
        },
      },
    },
  },
  {
    name: 'access logs',
    verdict: 'not-applicable',
    template: {
      Resources: {
        It: { Type: 'AWS::S3::Bucket', Properties: {} },
        L: { Type: 'AWS::S3::Bucket', Properties: { LoggingConfiguration: { DestinationBucketName: { Ref: 'It' } } } },
      },
    },
  },
]);
