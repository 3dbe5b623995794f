import { rdsEnhancedMonitoring } from '../../../../src/assessment/rules/database/res-db-011-rds-enhanced-monitoring';
import { testRule } from '../../../support/rules';

testRule(rdsEnhancedMonitoring, [
  {
    name: 'every minute',
    verdict: 'pass',
    template: { Resources: { It: { Type: 'AWS::RDS::DBInstance', Properties: { MonitoringInterval: 60 } } } },
  },
  {
    name: 'by its cluster',
    verdict: 'pass',
    template: {
      Resources: {
        It: { Type: 'AWS::RDS::DBInstance', Properties: { DBClusterIdentifier: { Ref: 'C' } } },
        C: { Type: 'AWS::RDS::DBCluster', Properties: { MonitoringInterval: 30 } },
      },
    },
  },
  {
    name: 'the default',
    verdict: 'fail',
    template: { Resources: { It: { Type: 'AWS::RDS::DBInstance', Properties: {} } } },
  },
  {
    name: 'off',
    verdict: 'fail',
    template: { Resources: { It: { Type: 'AWS::RDS::DBInstance', Properties: { MonitoringInterval: 0 } } } },
  },
  {
    name: 'a parameter decides',
    verdict: 'unknown',
    template: {
      Parameters: { Choice: { Type: 'String' } },
      Resources: { It: { Type: 'AWS::RDS::DBInstance', Properties: { MonitoringInterval: { Ref: 'Choice' } } } },
    },
  },
]);
