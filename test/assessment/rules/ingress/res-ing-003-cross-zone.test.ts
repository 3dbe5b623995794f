import { crossZone } from '../../../../src/assessment/rules/ingress/res-ing-003-cross-zone';
import { testRule } from '../../../support/rules';
import { ref, resource, templateOf } from '../network/subnets';

const it = (properties: Record<string, unknown>) =>
  templateOf({ It: resource('AWS::ElasticLoadBalancingV2::LoadBalancer', properties) });
const attribute = (Key: string, Value: unknown) => ({ LoadBalancerAttributes: [{ Key, Value }] });

testRule(crossZone, [
  {
    name: 'every zone',
    verdict: 'pass',
    template: it({ Type: 'network', ...attribute('load_balancing.cross_zone.enabled', 'true') }),
  },
  { name: 'left out', verdict: 'fail', template: it({ Type: 'network' }) },
  {
    name: 'clients stay in their zone on purpose',
    verdict: 'pass',
    template: it({ Type: 'network', ...attribute('dns_record.client_routing_policy', 'availability_zone_affinity') }),
  },
  {
    name: 'a parameter decides',
    verdict: 'unknown',
    template: it({ Type: 'gateway', ...attribute('load_balancing.cross_zone.enabled', ref('P')) }),
  },
  { name: 'an application load balancer', verdict: 'not-applicable', template: it({}) },
]);
