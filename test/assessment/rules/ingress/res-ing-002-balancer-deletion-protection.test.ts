import { balancerDeletionProtection } from '../../../../src/assessment/rules/ingress/res-ing-002-balancer-deletion-protection';
import { testRule } from '../../../support/rules';
import { ref, resource, templateOf } from '../network/subnets';

const it = (properties: Record<string, unknown>) =>
  templateOf({ It: resource('AWS::ElasticLoadBalancingV2::LoadBalancer', properties) });
const attribute = (Key: string, Value: unknown) => ({ LoadBalancerAttributes: [{ Key, Value }] });

testRule(balancerDeletionProtection, [
  { name: 'protected', verdict: 'pass', template: it(attribute('deletion_protection.enabled', 'true')) },
  { name: 'not protected', verdict: 'fail', template: it(attribute('deletion_protection.enabled', 'false')) },
  { name: 'left out', verdict: 'fail', template: it({}) },
  { name: 'a parameter decides', verdict: 'unknown', template: it(attribute('deletion_protection.enabled', ref('P'))) },
  { name: 'attributes that are not decided', verdict: 'unknown', template: it({ LoadBalancerAttributes: ref('Ps') }) },
]);
