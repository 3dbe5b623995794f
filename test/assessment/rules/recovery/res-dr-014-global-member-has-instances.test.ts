import { globalMemberHasInstances } from '../../../../src/assessment/rules/recovery/res-dr-014-global-member-has-instances';
import { testRule } from '../../../support/rules';

const it = (Properties: Record<string, unknown>, others: Record<string, unknown> = {}) => ({
  Resources: { It: { Type: 'AWS::RDS::DBCluster', Properties }, ...others },
});

testRule(globalMemberHasInstances, [
  {
    name: 'an instance by reference',
    verdict: 'pass',
    template: it(
      { GlobalClusterIdentifier: 'g' },
      { Db: { Type: 'AWS::RDS::DBInstance', Properties: { DBClusterIdentifier: { Ref: 'It' } } } },
    ),
  },
  {
    name: 'an instance by name',
    verdict: 'pass',
    template: it(
      { GlobalClusterIdentifier: 'g', DBClusterIdentifier: 'ehr' },
      { Db: { Type: 'AWS::RDS::DBInstance', Properties: { DBClusterIdentifier: 'ehr' } } },
    ),
  },
  { name: 'no instance', verdict: 'fail', template: it({ GlobalClusterIdentifier: 'g' }) },
  {
    name: 'instances of another cluster',
    verdict: 'fail',
    template: it(
      { GlobalClusterIdentifier: 'g', DBClusterIdentifier: 'ehr' },
      { Db: { Type: 'AWS::RDS::DBInstance', Properties: { DBClusterIdentifier: 'other' } } },
    ),
  },
  {
    name: 'an instance whose cluster is a parameter',
    verdict: 'unknown',
    template: it(
      { GlobalClusterIdentifier: 'g' },
      { Db: { Type: 'AWS::RDS::DBInstance', Properties: { DBClusterIdentifier: { Ref: 'Cluster' } } } },
    ),
  },
  { name: 'no global database', verdict: 'not-applicable', template: it({}) },
  {
    name: 'care does not depend on it',
    verdict: 'not-applicable',
    template: it({ GlobalClusterIdentifier: 'g' }),
    careDependsOnIt: false,
  },
]);
