import { forwardingForwards } from '../../../../src/assessment/rules/database/val-db-006-forwarding-forwards';
import { testRule } from '../../../support/rules';

const cluster = (Properties: object) => ({ Type: 'AWS::RDS::DBCluster', Properties });
const forwarding = { EnableGlobalWriteForwarding: true, GlobalClusterIdentifier: 'g' };
const mysql = { ...forwarding, Engine: 'aurora-mysql', DBClusterParameterGroupName: { Ref: 'Group' } };
const group = (Parameters: object) => ({ Type: 'AWS::RDS::DBClusterParameterGroup', Properties: { Parameters } });

testRule(forwardingForwards, [
  { name: 'a member of a global database', verdict: 'pass', template: { Resources: { It: cluster(forwarding) } } },
  {
    name: 'a cluster that stands alone',
    verdict: 'fail',
    observed: 'no global database',
    template: { Resources: { It: cluster({ EnableGlobalWriteForwarding: true }) } },
  },
  {
    name: 'MySQL with a consistency',
    verdict: 'pass',
    template: { Resources: { It: cluster(mysql), Group: group({ aurora_replica_read_consistency: 'SESSION' }) } },
  },
  {
    name: 'MySQL without one',
    verdict: 'fail',
    observed: 'nothing is forwarded',
    template: { Resources: { It: cluster(mysql), Group: group({}) } },
  },
  {
    name: 'MySQL with a group of another stack',
    verdict: 'pass',
    template: { Resources: { It: cluster({ ...mysql, DBClusterParameterGroupName: 'shared' }) } },
  },
  {
    name: 'nothing is to be forwarded',
    verdict: 'not-applicable',
    template: { Resources: { It: cluster({ ...forwarding, EnableGlobalWriteForwarding: false }) } },
  },
  {
    name: 'a setting from elsewhere',
    verdict: 'unknown',
    template: { Resources: { It: cluster({ EnableGlobalWriteForwarding: { 'Fn::ImportValue': 'forwards' } }) } },
  },
  {
    name: 'a global database from elsewhere',
    verdict: 'unknown',
    template: {
      Resources: { It: cluster({ ...forwarding, GlobalClusterIdentifier: { 'Fn::ImportValue': 'global' } }) },
    },
  },
]);
