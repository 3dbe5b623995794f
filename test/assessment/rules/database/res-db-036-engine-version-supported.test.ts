import { engineVersionSupported } from '../../../../src/assessment/rules/database/res-db-036-engine-version-supported';
import { testRule } from '../../../support/rules';

testRule(engineVersionSupported, [
  {
    name: 'PostgreSQL 16',
    verdict: 'pass',
    template: {
      Resources: {
        It: { Type: 'AWS::RDS::DBInstance', Properties: { Engine: 'aurora-postgresql', EngineVersion: '16.6' } },
      },
    },
  },
  {
    name: 'Aurora MySQL 3',
    verdict: 'pass',
    template: {
      Resources: {
        It: {
          Type: 'AWS::RDS::DBInstance',
          Properties: { Engine: 'aurora-mysql', EngineVersion: '8.0.mysql_aurora.3.08.0' },
        },
      },
    },
  },
  {
    name: 'PostgreSQL 12',
    verdict: 'fail',
    template: {
      Resources: {
        It: { Type: 'AWS::RDS::DBInstance', Properties: { Engine: 'aurora-postgresql', EngineVersion: '12.9' } },
      },
    },
  },
  {
    name: 'PostgreSQL 9.6',
    verdict: 'fail',
    template: {
      Resources: { It: { Type: 'AWS::RDS::DBInstance', Properties: { Engine: 'postgres', EngineVersion: '9.6.24' } } },
    },
  },
  {
    name: 'MySQL 5.7',
    verdict: 'fail',
    template: {
      Resources: { It: { Type: 'AWS::RDS::DBInstance', Properties: { Engine: 'mysql', EngineVersion: '5.7.44' } } },
    },
  },
  {
    name: 'MariaDB 10.11',
    verdict: 'pass',
    template: {
      Resources: { It: { Type: 'AWS::RDS::DBInstance', Properties: { Engine: 'mariadb', EngineVersion: '10.11.9' } } },
    },
  },
  {
    name: 'a parameter decides',
    verdict: 'unknown',
    template: {
      Parameters: { Choice: { Type: 'String' } },
      Resources: {
        It: { Type: 'AWS::RDS::DBInstance', Properties: { Engine: 'mysql', EngineVersion: { Ref: 'Choice' } } },
      },
    },
  },
  {
    name: 'version left to AWS',
    verdict: 'not-applicable',
    template: { Resources: { It: { Type: 'AWS::RDS::DBInstance', Properties: { Engine: 'mysql' } } } },
  },
  {
    name: 'engine with a calendar of its own',
    verdict: 'not-applicable',
    template: {
      Resources: { It: { Type: 'AWS::RDS::DBInstance', Properties: { Engine: 'oracle-ee', EngineVersion: '19' } } },
    },
  },
]);
