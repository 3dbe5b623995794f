import { restoreTestTypeExists } from '../../../../src/assessment/rules/validity/val-bkp-002-restore-test-type';
import { testRule } from '../../../support/rules';

const it = (Properties: Record<string, unknown>) => ({
  Resources: { It: { Type: 'AWS::Backup::RestoreTestingSelection', Properties } },
});

testRule(restoreTestTypeExists, [
  { name: 'Aurora', verdict: 'pass', template: it({ ProtectedResourceType: 'Aurora' }) },
  { name: 'a type of CloudFormation', verdict: 'fail', template: it({ ProtectedResourceType: 'AWS::RDS::DBCluster' }) },
  { name: 'lower case', verdict: 'fail', template: it({ ProtectedResourceType: 'aurora' }) },
  { name: 'a type that may be new', verdict: 'unknown', template: it({ ProtectedResourceType: 'Timestream' }) },
  { name: 'from a parameter', verdict: 'unknown', template: it({ ProtectedResourceType: { Ref: 'Type' } }) },
]);
