import { classicCrossZone } from '../../../../src/assessment/rules/ingress/res-ing-008-classic-cross-zone';
import { testRule } from '../../../support/rules';
import { ref, resource, templateOf } from '../network/subnets';

const it = (properties: Record<string, unknown>) =>
  templateOf({ It: resource('AWS::ElasticLoadBalancing::LoadBalancer', properties) });

testRule(classicCrossZone, [
  { name: 'on', verdict: 'pass', template: it({ CrossZone: true }) },
  { name: 'left out', verdict: 'fail', template: it({}) },
  { name: 'a parameter decides', verdict: 'unknown', template: it({ CrossZone: ref('P') }) },
]);
