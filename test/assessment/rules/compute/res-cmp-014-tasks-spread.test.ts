import { tasksSpread } from '../../../../src/assessment/rules/compute/res-cmp-014-tasks-spread';
import { testRule } from '../../../support/rules';
import { ref, resource, templateOf } from '../network/subnets';

const it = (properties: Record<string, unknown>) => templateOf({ It: resource('AWS::ECS::Service', properties) });

testRule(tasksSpread, [
  {
    name: 'over the zones first',
    verdict: 'pass',
    template: it({
      PlacementStrategies: [
        { Type: 'spread', Field: 'attribute:ecs.availability-zone' },
        { Type: 'binpack', Field: 'memory' },
      ],
    }),
  },
  { name: 'over the zones by default', verdict: 'pass', template: it({ LaunchType: 'EC2' }) },
  { name: 'packed', verdict: 'fail', template: it({ PlacementStrategies: [{ Type: 'binpack', Field: 'memory' }] }) },
  {
    name: 'a parameter decides',
    verdict: 'unknown',
    template: it({ PlacementStrategies: [{ Type: 'spread', Field: ref('P') }] }),
  },
  { name: 'fargate', verdict: 'not-applicable', template: it({ LaunchType: 'FARGATE' }) },
  {
    name: 'fargate by capacity provider',
    verdict: 'not-applicable',
    template: it({ CapacityProviderStrategy: [{ CapacityProvider: 'FARGATE' }] }),
  },
  { name: 'one task on each instance', verdict: 'not-applicable', template: it({ SchedulingStrategy: 'DAEMON' }) },
]);
