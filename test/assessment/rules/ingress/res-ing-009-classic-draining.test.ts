import { classicDraining } from '../../../../src/assessment/rules/ingress/res-ing-009-classic-draining';
import { testRule } from '../../../support/rules';
import { ref, resource, templateOf } from '../network/subnets';

const it = (properties: Record<string, unknown>) =>
  templateOf({ It: resource('AWS::ElasticLoadBalancing::LoadBalancer', properties) });

testRule(classicDraining, [
  { name: 'on', verdict: 'pass', template: it({ ConnectionDrainingPolicy: { Enabled: true } }) },
  { name: 'left out', verdict: 'fail', template: it({}) },
  {
    name: 'a parameter decides',
    verdict: 'unknown',
    template: it({ ConnectionDrainingPolicy: { Enabled: ref('P') } }),
  },
]);
