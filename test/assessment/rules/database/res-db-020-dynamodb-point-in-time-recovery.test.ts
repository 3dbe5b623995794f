import { dynamodbPointInTimeRecovery } from '../../../../src/assessment/rules/database/res-db-020-dynamodb-point-in-time-recovery';
import { testRule } from '../../../support/rules';

testRule(dynamodbPointInTimeRecovery, [
  {
    name: 'on',
    verdict: 'pass',
    template: {
      Resources: {
        It: {
          Type: 'AWS::DynamoDB::Table',
          Properties: { PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true } },
        },
      },
    },
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
      Resources: {
        It: {
          Type: 'AWS::DynamoDB::Table',
          Properties: { PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: { Ref: 'Choice' } } },
        },
      },
    },
  },
  {
    name: 'one replica without',
    verdict: 'fail',
    template: {
      Resources: {
        It: {
          Type: 'AWS::DynamoDB::GlobalTable',
          Properties: {
            Replicas: [
              { Region: 'us-east-1', PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true } },
              { Region: 'us-west-2' },
            ],
          },
        },
      },
    },
  },
]);
