import { bucketEvents } from '../../../../src/assessment/rules/storage/res-sto-006-bucket-events';
import { testRule } from '../../../support/rules';

testRule(bucketEvents, [
  {
    name: 'to EventBridge',
    verdict: 'pass',
    template: {
      Resources: {
        It: {
          Type: 'AWS::S3::Bucket',
          Properties: { NotificationConfiguration: { EventBridgeConfiguration: { EventBridgeEnabled: true } } },
        },
      },
    },
  },
  {
    name: 'to a queue',
    verdict: 'pass',
    template: {
      Resources: {
        It: {
          Type: 'AWS::S3::Bucket',
          Properties: {
            NotificationConfiguration: {
              QueueConfigurations: [{ Event: 's3:ObjectCreated:*', Queue: 'arn:aws:sqs:us-east-1:111111111111:q' }],
            },
          },
        },
      },
    },
  },
  { name: 'none', verdict: 'fail', template: { Resources: { It: { Type: 'AWS::S3::Bucket', Properties: {} } } } },
  {
    name: 'an undecided condition',
    verdict: 'unknown',
    template: {
      Resources: {
        It: { Type: 'AWS::S3::Bucket', Properties: { NotificationConfiguration: { 'Fn::If': ['Maybe', {}, {}] } } },
      },
      Parameters: { Choice: { Type: 'String' } },
      Conditions: { Maybe: { 'Fn::Equals': [{ Ref: 'Choice' }, 'yes'] } },
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
