import { dynamodbThroughputUnderLimit } from '../../../../src/assessment/rules/database/res-db-022-dynamodb-throughput-under-limit';
import { testRule } from '../../../support/rules';

testRule(dynamodbThroughputUnderLimit, [
  {
    name: 'on demand',
    verdict: 'pass',
    template: { Resources: { It: { Type: 'AWS::DynamoDB::Table', Properties: { BillingMode: 'PAY_PER_REQUEST' } } } },
  },
  {
    name: 'small',
    verdict: 'pass',
    template: {
      Resources: {
        It: {
          Type: 'AWS::DynamoDB::Table',
          Properties: { ProvisionedThroughput: { ReadCapacityUnits: 5, WriteCapacityUnits: 5 } },
        },
      },
    },
  },
  {
    name: 'near the quota',
    verdict: 'fail',
    template: {
      Resources: {
        It: {
          Type: 'AWS::DynamoDB::Table',
          Properties: { ProvisionedThroughput: { ReadCapacityUnits: 39000, WriteCapacityUnits: 5 } },
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
          Type: 'AWS::DynamoDB::Table',
          Properties: { ProvisionedThroughput: { ReadCapacityUnits: { Ref: 'Choice' }, WriteCapacityUnits: 5 } },
        },
      },
    },
  },
]);
