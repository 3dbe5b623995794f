import { dynamodbDeletionProtection } from '../../../../src/assessment/rules/database/res-db-009-dynamodb-deletion-protection';
import { testRule } from '../../../support/rules';

testRule(dynamodbDeletionProtection, [
  {
    name: 'protected',
    verdict: 'pass',
    template: { Resources: { It: { Type: 'AWS::DynamoDB::Table', Properties: { DeletionProtectionEnabled: true } } } },
  },
  {
    name: 'the default',
    verdict: 'fail',
    template: { Resources: { It: { Type: 'AWS::DynamoDB::Table', Properties: {} } } },
  },
  {
    name: 'a parameter decides',
    verdict: 'unknown',
    template: {
      Parameters: { Choice: { Type: 'String' } },
      Resources: { It: { Type: 'AWS::DynamoDB::Table', Properties: { DeletionProtectionEnabled: { Ref: 'Choice' } } } },
    },
  },
  {
    name: 'both replicas',
    verdict: 'pass',
    template: {
      Resources: {
        It: {
          Type: 'AWS::DynamoDB::GlobalTable',
          Properties: {
            Replicas: [
              { Region: 'us-east-1', DeletionProtectionEnabled: true },
              { Region: 'us-west-2', DeletionProtectionEnabled: true },
            ],
          },
        },
      },
    },
  },
  {
    name: 'one replica only',
    verdict: 'fail',
    template: {
      Resources: {
        It: {
          Type: 'AWS::DynamoDB::GlobalTable',
          Properties: { Replicas: [{ Region: 'us-east-1', DeletionProtectionEnabled: true }, { Region: 'us-west-2' }] },
        },
      },
    },
  },
]);
