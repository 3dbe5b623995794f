import { containerInsights } from '../../../../src/assessment/rules/compute/res-cmp-015-container-insights';
import { testRule } from '../../../support/rules';
import { ref, resource, templateOf } from '../network/subnets';

const it = (properties: Record<string, unknown>) => templateOf({ It: resource('AWS::ECS::Cluster', properties) });

testRule(containerInsights, [
  {
    name: 'enabled',
    verdict: 'pass',
    template: it({ ClusterSettings: [{ Name: 'containerInsights', Value: 'enabled' }] }),
  },
  {
    name: 'enhanced',
    verdict: 'pass',
    template: it({ ClusterSettings: [{ Name: 'containerInsights', Value: 'enhanced' }] }),
  },
  {
    name: 'disabled',
    verdict: 'fail',
    template: it({ ClusterSettings: [{ Name: 'containerInsights', Value: 'disabled' }] }),
  },
  { name: 'left out', verdict: 'fail', template: it({}) },
  {
    name: 'a parameter decides',
    verdict: 'unknown',
    template: it({ ClusterSettings: [{ Name: 'containerInsights', Value: ref('P') }] }),
  },
]);
