import { gracePeriod } from '../../../../src/assessment/rules/compute/res-cmp-020-grace-period';
import { testRule } from '../../../support/rules';
import { ref, resource, templateOf } from '../network/subnets';

const it = (properties: Record<string, unknown>) => templateOf({ It: resource('AWS::ECS::Service', properties) });

testRule(gracePeriod, [
  {
    name: 'time to start',
    verdict: 'pass',
    template: it({ LoadBalancers: [{ ContainerPort: 8080 }], HealthCheckGracePeriodSeconds: 330 }),
  },
  { name: 'left out', verdict: 'fail', template: it({ LoadBalancers: [{ ContainerPort: 8080 }] }) },
  {
    name: 'a parameter decides',
    verdict: 'unknown',
    template: it({ LoadBalancers: [{ ContainerPort: 8080 }], HealthCheckGracePeriodSeconds: ref('P') }),
  },
  { name: 'a parameter decides what is attached', verdict: 'unknown', template: it({ LoadBalancers: ref('Ps') }) },
  { name: 'no load balancer', verdict: 'not-applicable', template: it({}) },
]);
