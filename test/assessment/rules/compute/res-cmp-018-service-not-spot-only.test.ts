import { serviceNotSpotOnly } from '../../../../src/assessment/rules/compute/res-cmp-018-service-not-spot-only';
import { testRule } from '../../../support/rules';
import { ref, resource, templateOf } from '../network/subnets';

const it = (properties: Record<string, unknown>) =>
  templateOf({
    It: resource('AWS::ECS::Service', properties),
    Cluster: resource('AWS::ECS::Cluster', {
      DefaultCapacityProviderStrategy: [{ CapacityProvider: 'FARGATE_SPOT', Weight: 1 }],
    }),
  });
const spot = { CapacityProvider: 'FARGATE_SPOT', Weight: 1 };

testRule(serviceNotSpotOnly, [
  {
    name: 'a base on demand',
    verdict: 'pass',
    template: it({ CapacityProviderStrategy: [{ CapacityProvider: 'FARGATE', Base: 2 }, spot] }),
  },
  { name: 'spot only', verdict: 'fail', template: it({ CapacityProviderStrategy: [spot] }) },
  {
    name: 'an on-demand provider that gets nothing',
    verdict: 'fail',
    template: it({ CapacityProviderStrategy: [{ CapacityProvider: 'FARGATE' }, spot] }),
  },
  {
    name: 'a base that is not decided',
    verdict: 'unknown',
    template: it({ CapacityProviderStrategy: [{ CapacityProvider: 'FARGATE', Base: ref('P') }, spot] }),
  },
  { name: 'spot only by default of the cluster', verdict: 'fail', template: it({ Cluster: ref('Cluster') }) },
  {
    name: 'a launch type',
    verdict: 'not-applicable',
    template: it({ Cluster: ref('Cluster'), LaunchType: 'FARGATE' }),
  },
]);
