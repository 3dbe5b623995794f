import { memoryLimit } from '../../../../src/assessment/rules/compute/res-cmp-017-memory-limit';
import { testRule } from '../../../support/rules';
import { ref, resource, templateOf } from '../network/subnets';

const it = (properties: Record<string, unknown>) =>
  templateOf({ It: resource('AWS::ECS::TaskDefinition', properties) });

testRule(memoryLimit, [
  {
    name: 'the task has a limit',
    verdict: 'pass',
    template: it({ Memory: '4096', ContainerDefinitions: [{ Name: 'app' }] }),
  },
  {
    name: 'every container has a limit',
    verdict: 'pass',
    template: it({ ContainerDefinitions: [{ Name: 'app', Memory: 512 }] }),
  },
  {
    name: 'a container has a reservation only',
    verdict: 'fail',
    template: it({
      ContainerDefinitions: [
        { Name: 'app', Memory: 512 },
        { Name: 'side', MemoryReservation: 128 },
      ],
    }),
  },
  { name: 'containers that are not decided', verdict: 'unknown', template: it({ ContainerDefinitions: ref('Ps') }) },
]);
