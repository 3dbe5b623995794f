import { redshiftMultiAz } from '../../../../src/assessment/rules/database/res-db-030-redshift-multi-az';
import { testRule } from '../../../support/rules';

testRule(redshiftMultiAz, [
  {
    name: 'two zones',
    verdict: 'pass',
    template: { Resources: { It: { Type: 'AWS::Redshift::Cluster', Properties: { MultiAZ: true } } } },
  },
  {
    name: 'the default',
    verdict: 'fail',
    template: { Resources: { It: { Type: 'AWS::Redshift::Cluster', Properties: {} } } },
  },
  {
    name: 'a parameter decides',
    verdict: 'unknown',
    template: {
      Parameters: { Choice: { Type: 'String' } },
      Resources: { It: { Type: 'AWS::Redshift::Cluster', Properties: { MultiAZ: { Ref: 'Choice' } } } },
    },
  },
]);
