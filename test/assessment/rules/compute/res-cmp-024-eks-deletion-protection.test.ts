import { eksDeletionProtection } from '../../../../src/assessment/rules/compute/res-cmp-024-eks-deletion-protection';
import { testRule } from '../../../support/rules';
import { ref, resource, templateOf } from '../network/subnets';

const it = (properties: Record<string, unknown>) => templateOf({ It: resource('AWS::EKS::Cluster', properties) });

testRule(eksDeletionProtection, [
  { name: 'protected', verdict: 'pass', template: it({ DeletionProtection: true }) },
  { name: 'left out', verdict: 'fail', template: it({}) },
  { name: 'a parameter decides', verdict: 'unknown', template: it({ DeletionProtection: ref('P') }) },
]);
