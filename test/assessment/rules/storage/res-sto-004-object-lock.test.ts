import { objectLock } from '../../../../src/assessment/rules/storage/res-sto-004-object-lock';
import { testRule } from '../../../support/rules';

testRule(objectLock, [
  {
    name: 'locked for a month',
    verdict: 'pass',
    template: {
      Resources: {
        It: {
          Type: 'AWS::S3::Bucket',
          Properties: {
            ObjectLockEnabled: true,
            ObjectLockConfiguration: { Rule: { DefaultRetention: { Mode: 'GOVERNANCE', Days: 30 } } },
          },
        },
      },
    },
  },
  {
    name: 'the default',
    verdict: 'fail',
    template: { Resources: { It: { Type: 'AWS::S3::Bucket', Properties: {} } } },
  },
  {
    name: 'no default retention',
    verdict: 'fail',
    template: { Resources: { It: { Type: 'AWS::S3::Bucket', Properties: { ObjectLockEnabled: true } } } },
  },
  {
    name: 'a parameter decides',
    verdict: 'unknown',
    template: {
      Parameters: { Choice: { Type: 'String' } },
      Resources: { It: { Type: 'AWS::S3::Bucket', Properties: { ObjectLockEnabled: { Ref: 'Choice' } } } },
    },
  },
  {
    name: 'reports of backups',
    verdict: 'not-applicable',
    template: {
      Resources: {
        It: { Type: 'AWS::S3::Bucket', Properties: {} },
        Reports: {
          Type: 'AWS::Backup::ReportPlan',
          Properties: { ReportDeliveryChannel: { S3BucketName: { Ref: 'It' } } },
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
