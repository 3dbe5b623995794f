import { rdsConnectionHeadroom } from '../../../../src/assessment/rules/database/res-db-016-rds-connection-headroom';
import { testRule } from '../../../support/rules';

testRule(rdsConnectionHeadroom, [
  {
    name: 'no cap',
    verdict: 'pass',
    template: {
      Resources: { It: { Type: 'AWS::RDS::DBParameterGroup', Properties: { Parameters: { max_connections: '500' } } } },
    },
  },
  {
    name: 'zero means none',
    verdict: 'pass',
    template: {
      Resources: {
        It: { Type: 'AWS::RDS::DBParameterGroup', Properties: { Parameters: { max_user_connections: 0 } } },
      },
    },
  },
  {
    name: 'a cap',
    verdict: 'fail',
    template: {
      Resources: {
        It: { Type: 'AWS::RDS::DBParameterGroup', Properties: { Parameters: { max_user_connections: '20' } } },
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
          Type: 'AWS::RDS::DBParameterGroup',
          Properties: { Parameters: { max_user_connections: { Ref: 'Choice' } } },
        },
      },
    },
  },
]);
