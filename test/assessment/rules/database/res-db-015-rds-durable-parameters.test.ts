import { rdsDurableParameters } from '../../../../src/assessment/rules/database/res-db-015-rds-durable-parameters';
import { testRule } from '../../../support/rules';

testRule(rdsDurableParameters, [
  {
    name: 'nothing relaxed',
    verdict: 'pass',
    template: {
      Resources: { It: { Type: 'AWS::RDS::DBParameterGroup', Properties: { Parameters: { max_connections: '500' } } } },
    },
  },
  {
    name: 'said so',
    verdict: 'pass',
    template: {
      Resources: {
        It: { Type: 'AWS::RDS::DBParameterGroup', Properties: { Parameters: { innodb_flush_log_at_trx_commit: 1 } } },
      },
    },
  },
  {
    name: 'flushed once a second',
    verdict: 'fail',
    template: {
      Resources: {
        It: { Type: 'AWS::RDS::DBParameterGroup', Properties: { Parameters: { innodb_flush_log_at_trx_commit: '2' } } },
      },
    },
  },
  {
    name: 'asynchronous commit',
    verdict: 'fail',
    template: {
      Resources: {
        It: { Type: 'AWS::RDS::DBParameterGroup', Properties: { Parameters: { synchronous_commit: 'off' } } },
      },
    },
  },
  {
    name: 'a parameter decides',
    verdict: 'unknown',
    template: {
      Parameters: { Choice: { Type: 'String' } },
      Resources: {
        It: { Type: 'AWS::RDS::DBParameterGroup', Properties: { Parameters: { sync_binlog: { Ref: 'Choice' } } } },
      },
    },
  },
]);
