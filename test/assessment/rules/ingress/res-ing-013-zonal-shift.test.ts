import { zonalShift } from '../../../../src/assessment/rules/ingress/res-ing-013-zonal-shift';
import { testRule } from '../../../support/rules';
import { ref, resource, templateOf } from '../network/subnets';

const it = (properties: Record<string, unknown>) =>
  templateOf({ It: resource('AWS::ElasticLoadBalancingV2::LoadBalancer', properties) });
const attribute = (Key: string, Value: unknown) => ({ LoadBalancerAttributes: [{ Key, Value }] });

testRule(zonalShift, [
  { name: 'on', verdict: 'pass', template: it(attribute('zonal_shift.config.enabled', 'true')) },
  { name: 'left out', verdict: 'fail', template: it({}) },
  { name: 'a parameter decides', verdict: 'unknown', template: it(attribute('zonal_shift.config.enabled', ref('P'))) },
  { name: 'a gateway load balancer', verdict: 'not-applicable', template: it({ Type: 'gateway' }) },
  { name: 'care does not depend on it', verdict: 'not-applicable', careDependsOnIt: false, template: it({}) },
]);
