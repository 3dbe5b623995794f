import { redshiftMaintenance } from '../../../../src/assessment/rules/database/res-db-032-redshift-maintenance';
import { testRule } from '../../../support/rules';

testRule(redshiftMaintenance, [
  {
    name: 'a window',
    verdict: 'pass',
    template: {
      Resources: {
        It: { Type: 'AWS::Redshift::Cluster', Properties: { PreferredMaintenanceWindow: 'sun:03:00-sun:04:00' } },
      },
    },
  },
  {
    name: 'no window',
    verdict: 'fail',
    template: { Resources: { It: { Type: 'AWS::Redshift::Cluster', Properties: {} } } },
  },
  {
    name: 'no upgrades',
    verdict: 'fail',
    template: {
      Resources: {
        It: {
          Type: 'AWS::Redshift::Cluster',
          Properties: { AllowVersionUpgrade: false, PreferredMaintenanceWindow: 'sun:03:00-sun:04:00' },
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
        It: { Type: 'AWS::Redshift::Cluster', Properties: { PreferredMaintenanceWindow: { Ref: 'Choice' } } },
      },
    },
  },
]);
