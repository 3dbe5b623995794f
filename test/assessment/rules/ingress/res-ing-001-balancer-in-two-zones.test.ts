import { balancerInTwoZones } from '../../../../src/assessment/rules/ingress/res-ing-001-balancer-in-two-zones';
import { testRule } from '../../../support/rules';
import { ref, resource, templateOf } from '../network/subnets';

const it = (properties: Record<string, unknown>) =>
  templateOf({ It: resource('AWS::ElasticLoadBalancingV2::LoadBalancer', properties) });

testRule(balancerInTwoZones, [
  { name: 'subnets of two zones', verdict: 'pass', template: it({ Subnets: [ref('A'), ref('B')] }) },
  {
    name: 'mappings to two zones',
    verdict: 'pass',
    template: it({ SubnetMappings: [{ SubnetId: ref('A') }, { SubnetId: ref('B') }] }),
  },
  { name: 'one subnet', verdict: 'fail', template: it({ Subnets: [ref('A')] }) },
  { name: 'a mapping to one zone', verdict: 'fail', template: it({ SubnetMappings: [{ SubnetId: ref('A') }] }) },
  { name: 'imported subnets', verdict: 'unknown', template: it({ Subnets: ['subnet-1', 'subnet-2'] }) },
  { name: 'mappings that are not decided', verdict: 'unknown', template: it({ SubnetMappings: ref('Ps') }) },
]);
