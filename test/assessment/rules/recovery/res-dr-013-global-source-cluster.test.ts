import { globalClusterNamesNoSource } from '../../../../src/assessment/rules/recovery/res-dr-013-global-source-cluster';
import { testRule } from '../../../support/rules';

const it = (Properties: Record<string, unknown>) => ({
  Resources: { It: { Type: 'AWS::RDS::GlobalCluster', Properties } },
});

testRule(globalClusterNamesNoSource, [
  { name: 'an engine', verdict: 'pass', template: it({ Engine: 'aurora-postgresql' }) },
  { name: 'a member', verdict: 'fail', template: it({ SourceDBClusterIdentifier: 'ehr' }) },
]);
