import { spotRebalance } from '../../../../src/assessment/rules/compute/res-cmp-006-spot-rebalance';
import { testRule } from '../../../support/rules';
import { ref, resource, templateOf } from '../network/subnets';

const it = (properties: Record<string, unknown>) =>
  templateOf({ It: resource('AWS::AutoScaling::AutoScalingGroup', properties) });
const spot = { MixedInstancesPolicy: { InstancesDistribution: { OnDemandPercentageAboveBaseCapacity: 50 } } };

testRule(spotRebalance, [
  { name: 'spot is replaced in time', verdict: 'pass', template: it({ ...spot, CapacityRebalance: true }) },
  { name: 'spot is not', verdict: 'fail', template: it(spot) },
  { name: 'a parameter decides', verdict: 'unknown', template: it({ ...spot, CapacityRebalance: ref('P') }) },
  { name: 'no spot', verdict: 'not-applicable', template: it({ CapacityRebalance: false }) },
]);
