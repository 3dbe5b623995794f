import { dynamodbScalesWithDemand } from '../../../../src/assessment/rules/database/res-db-021-dynamodb-scales-with-demand';
import { testRule } from '../../../support/rules';

testRule(dynamodbScalesWithDemand, [
  {
    name: 'on demand',
    verdict: 'pass',
    template: { Resources: { It: { Type: 'AWS::DynamoDB::Table', Properties: { BillingMode: 'PAY_PER_REQUEST' } } } },
  },
  {
    name: 'scaled',
    verdict: 'pass',
    template: {
      Resources: {
        It: {
          Type: 'AWS::DynamoDB::Table',
          Properties: { ProvisionedThroughput: { ReadCapacityUnits: 5, WriteCapacityUnits: 5 } },
        },
        SR: {
          Type: 'AWS::ApplicationAutoScaling::ScalableTarget',
          Properties: {
            ResourceId: { 'Fn::Join': ['/', ['table', { Ref: 'It' }]] },
            ScalableDimension: 'dynamodb:table:ReadCapacityUnits',
          },
        },
        SW: {
          Type: 'AWS::ApplicationAutoScaling::ScalableTarget',
          Properties: {
            ResourceId: { 'Fn::Join': ['/', ['table', { Ref: 'It' }]] },
            ScalableDimension: 'dynamodb:table:WriteCapacityUnits',
          },
        },
      },
    },
  },
  {
    name: 'only reads are scaled',
    verdict: 'fail',
    template: {
      Resources: {
        It: { Type: 'AWS::DynamoDB::Table', Properties: { BillingMode: 'PROVISIONED' } },
        SR: {
          Type: 'AWS::ApplicationAutoScaling::ScalableTarget',
          Properties: {
            ResourceId: { 'Fn::Join': ['/', ['table', { Ref: 'It' }]] },
            ScalableDimension: 'dynamodb:table:ReadCapacityUnits',
          },
        },
      },
    },
  },
  { name: 'fixed', verdict: 'fail', template: { Resources: { It: { Type: 'AWS::DynamoDB::Table', Properties: {} } } } },
  {
    name: 'a parameter decides',
    verdict: 'unknown',
    template: {
      Parameters: { Choice: { Type: 'String' } },
      Resources: { It: { Type: 'AWS::DynamoDB::Table', Properties: { BillingMode: { Ref: 'Choice' } } } },
    },
  },
]);
