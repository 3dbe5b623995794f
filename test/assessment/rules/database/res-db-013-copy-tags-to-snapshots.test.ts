import { copyTagsToSnapshots } from '../../../../src/assessment/rules/database/res-db-013-copy-tags-to-snapshots';
import { testRule } from '../../../support/rules';

testRule(copyTagsToSnapshots, [
  {
    name: 'copied',
    verdict: 'pass',
    template: { Resources: { It: { Type: 'AWS::RDS::DBInstance', Properties: { CopyTagsToSnapshot: true } } } },
  },
  {
    name: 'the default',
    verdict: 'fail',
    template: { Resources: { It: { Type: 'AWS::RDS::DBInstance', Properties: {} } } },
  },
  {
    name: 'Neptune without it',
    verdict: 'fail',
    template: { Resources: { It: { Type: 'AWS::Neptune::DBCluster', Properties: {} } } },
  },
  {
    name: 'a parameter decides',
    verdict: 'unknown',
    template: {
      Parameters: { Choice: { Type: 'String' } },
      Resources: { It: { Type: 'AWS::RDS::DBInstance', Properties: { CopyTagsToSnapshot: { Ref: 'Choice' } } } },
    },
  },
  {
    name: 'instance of a cluster',
    verdict: 'not-applicable',
    template: { Resources: { It: { Type: 'AWS::RDS::DBInstance', Properties: { DBClusterIdentifier: 'c' } } } },
  },
]);
