import { functionInTwoZones } from '../../../../src/assessment/rules/compute/res-cmp-029-function-in-two-zones';
import { testRule } from '../../../support/rules';
import { ref, resource, templateOf } from '../network/subnets';

const it = (properties: Record<string, unknown>) => templateOf({ It: resource('AWS::Lambda::Function', properties) });

testRule(functionInTwoZones, [
  { name: 'subnets of two zones', verdict: 'pass', template: it({ VpcConfig: { SubnetIds: [ref('A'), ref('B')] } }) },
  { name: 'one subnet', verdict: 'fail', template: it({ VpcConfig: { SubnetIds: [ref('A')] } }) },
  {
    name: 'imported subnets',
    verdict: 'unknown',
    template: it({ VpcConfig: { SubnetIds: ['subnet-1', 'subnet-2'] } }),
  },
  { name: 'no vpc', verdict: 'not-applicable', template: it({}) },
]);
