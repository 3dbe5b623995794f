import { nodesCanGrow } from '../../../../src/assessment/rules/compute/res-cmp-025-nodes-can-grow';
import { testRule } from '../../../support/rules';
import { ref, resource, templateOf } from '../network/subnets';

const it = (properties: Record<string, unknown>) => templateOf({ It: resource('AWS::EKS::Nodegroup', properties) });

testRule(nodesCanGrow, [
  { name: 'room to grow', verdict: 'pass', template: it({ ScalingConfig: { MinSize: 3, MaxSize: 9 } }) },
  { name: 'no room', verdict: 'fail', template: it({ ScalingConfig: { MinSize: 3, MaxSize: 3 } }) },
  {
    name: 'a parameter decides',
    verdict: 'unknown',
    template: it({ ScalingConfig: { MinSize: 3, MaxSize: ref('P') } }),
  },
  { name: 'left to the service', verdict: 'not-applicable', template: it({}) },
]);
