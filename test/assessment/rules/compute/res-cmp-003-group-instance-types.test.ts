import { groupInstanceTypes } from '../../../../src/assessment/rules/compute/res-cmp-003-group-instance-types';
import { testRule } from '../../../support/rules';
import { ref, resource, templateOf } from '../network/subnets';

const it = (properties: Record<string, unknown>) =>
  templateOf({ It: resource('AWS::AutoScaling::AutoScalingGroup', properties) });
const overrides = (Overrides: unknown) => ({ MixedInstancesPolicy: { LaunchTemplate: { Overrides } } });

testRule(groupInstanceTypes, [
  {
    name: 'two types',
    verdict: 'pass',
    template: it(overrides([{ InstanceType: 'm7i.large' }, { InstanceType: 'm7a.large' }])),
  },
  {
    name: 'what it needs',
    verdict: 'pass',
    template: it(overrides([{ InstanceRequirements: { VCpuCount: { Min: 2 } } }])),
  },
  { name: 'one type', verdict: 'fail', template: it(overrides([{ InstanceType: 'm7i.large' }])) },
  { name: 'no policy', verdict: 'fail', template: it({}) },
  { name: 'types that are not decided', verdict: 'unknown', template: it(overrides(ref('Ps'))) },
  { name: 'care does not depend on it', verdict: 'not-applicable', careDependsOnIt: false, template: it({}) },
]);
