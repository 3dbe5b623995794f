import { redshiftSnapshots } from '../../../../src/assessment/rules/database/res-db-031-redshift-snapshots';
import { testRule } from '../../../support/rules';

testRule(redshiftSnapshots, [
  {
    name: 'a week',
    verdict: 'pass',
    template: {
      Resources: { It: { Type: 'AWS::Redshift::Cluster', Properties: { AutomatedSnapshotRetentionPeriod: 7 } } },
    },
  },
  {
    name: 'the default of a day',
    verdict: 'fail',
    template: { Resources: { It: { Type: 'AWS::Redshift::Cluster', Properties: {} } } },
  },
  {
    name: 'none',
    verdict: 'fail',
    template: {
      Resources: { It: { Type: 'AWS::Redshift::Cluster', Properties: { AutomatedSnapshotRetentionPeriod: 0 } } },
    },
  },
  {
    name: 'a parameter decides',
    verdict: 'unknown',
    template: {
      Parameters: { Choice: { Type: 'String' } },
      Resources: {
        It: { Type: 'AWS::Redshift::Cluster', Properties: { AutomatedSnapshotRetentionPeriod: { Ref: 'Choice' } } },
      },
    },
  },
]);
