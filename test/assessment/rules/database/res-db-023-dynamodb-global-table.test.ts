import { dynamodbGlobalTable } from '../../../../src/assessment/rules/database/res-db-023-dynamodb-global-table';
import { testRule } from '../../../support/rules';

testRule(dynamodbGlobalTable, [
  {
    name: 'two Regions',
    verdict: 'pass',
    template: {
      Resources: {
        It: {
          Type: 'AWS::DynamoDB::GlobalTable',
          Properties: { Replicas: [{ Region: 'us-east-1' }, { Region: 'us-west-2' }] },
        },
      },
    },
  },
  {
    name: 'one Region',
    verdict: 'fail',
    template: {
      Resources: { It: { Type: 'AWS::DynamoDB::GlobalTable', Properties: { Replicas: [{ Region: 'us-east-1' }] } } },
    },
  },
  {
    name: 'a parameter names the second',
    verdict: 'unknown',
    template: {
      Parameters: { Choice: { Type: 'String' } },
      Resources: {
        It: {
          Type: 'AWS::DynamoDB::GlobalTable',
          Properties: { Replicas: [{ Region: 'us-east-1' }, { Region: { Ref: 'Choice' } }] },
        },
      },
    },
  },
  {
    name: 'care does not depend on it',
    verdict: 'not-applicable',
    template: {
      Resources: { It: { Type: 'AWS::DynamoDB::GlobalTable', Properties: { Replicas: [{ Region: 'us-east-1' }] } } },
    },
    careDependsOnIt: false,
  },
]);
