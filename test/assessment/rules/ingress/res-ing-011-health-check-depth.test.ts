import { healthCheckDepth } from '../../../../src/assessment/rules/ingress/res-ing-011-health-check-depth';
import { testRule } from '../../../support/rules';
import { ref, resource, templateOf } from '../network/subnets';

const it = (properties: Record<string, unknown>) =>
  templateOf({ It: resource('AWS::ElasticLoadBalancingV2::TargetGroup', properties) });

testRule(healthCheckDepth, [
  {
    name: 'a path that answers with success',
    verdict: 'pass',
    template: it({ Protocol: 'HTTP', HealthCheckPath: '/readyz', Matcher: { HttpCode: '200' } }),
  },
  {
    name: 'a network load balancer that asks over http',
    verdict: 'pass',
    template: it({ Protocol: 'TCP', HealthCheckProtocol: 'HTTP', Matcher: { HttpCode: '200-299' } }),
  },
  { name: 'a redirect is healthy', verdict: 'fail', template: it({ Protocol: 'HTTP', Matcher: { HttpCode: '302' } }) },
  {
    name: 'a network load balancer takes redirects unless told otherwise',
    verdict: 'fail',
    template: it({ Protocol: 'TCP', HealthCheckProtocol: 'HTTP' }),
  },
  { name: 'a connection is enough', verdict: 'fail', template: it({ Protocol: 'TCP' }) },
  { name: 'a parameter decides', verdict: 'unknown', template: it({ Protocol: 'TCP', HealthCheckProtocol: ref('P') }) },
  { name: 'a function', verdict: 'not-applicable', template: it({ TargetType: 'lambda' }) },
  {
    name: 'care does not depend on it',
    verdict: 'not-applicable',
    careDependsOnIt: false,
    template: it({ Protocol: 'TCP' }),
  },
  {
    name: 'a redirect, where care does not depend on it',
    verdict: 'pass',
    careDependsOnIt: false,
    template: it({ Protocol: 'HTTP', Matcher: { HttpCode: '200-399' } }),
  },
  {
    name: 'an error is healthy, wherever that is',
    verdict: 'fail',
    careDependsOnIt: false,
    template: it({ Protocol: 'HTTP', Matcher: { HttpCode: '200-499' } }),
  },
]);
