import { rdsLogOutput } from '../../../../src/assessment/rules/database/res-db-017-rds-log-output';
import { testRule } from '../../../support/rules';

testRule(rdsLogOutput, [
  {
    name: 'files',
    verdict: 'pass',
    template: {
      Resources: { It: { Type: 'AWS::RDS::DBParameterGroup', Properties: { Parameters: { log_output: 'FILE' } } } },
    },
  },
  {
    name: 'not said',
    verdict: 'pass',
    template: { Resources: { It: { Type: 'AWS::RDS::DBParameterGroup', Properties: { Parameters: {} } } } },
  },
  {
    name: 'a table',
    verdict: 'fail',
    template: {
      Resources: { It: { Type: 'AWS::RDS::DBParameterGroup', Properties: { Parameters: { log_output: 'TABLE' } } } },
    },
  },
  {
    name: 'a parameter decides',
    verdict: 'unknown',
    template: {
      Parameters: { Choice: { Type: 'String' } },
      Resources: {
        It: { Type: 'AWS::RDS::DBParameterGroup', Properties: { Parameters: { log_output: { Ref: 'Choice' } } } },
      },
    },
  },
]);
