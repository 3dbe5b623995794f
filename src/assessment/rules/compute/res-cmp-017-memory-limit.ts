import { FailureScope } from '../../../core/failure-scope';
import { entryOf, itemsOf, reasonOf, textOf } from '../../model';
import { defineRule, failed, PASS, undecided } from '../rule';

export const memoryLimit = defineRule({
  id: 'RES-CMP-017',
  title: 'tasks have a limit of memory',
  severity: 'warning',
  scope: FailureScope.COMPONENT,
  why: 'a container without a limit takes the memory of every other one on the instance',
  fix: 'set Memory of the task, or of each container',
  docs: 'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_definition_parameters.html',
  alsoKnownAs: ['Config:ECS_TASK_DEFINITION_MEMORY_HARD_LIMIT', 'ControlTower:CT.ECS.PR.7'],
  resourceTypes: ['AWS::ECS::TaskDefinition'],
  evaluate: (definition) => {
    const containers = definition.property('ContainerDefinitions');
    if (definition.property('Memory').kind !== 'absent') {
      return PASS;
    }
    if (containers.kind === 'unknown') {
      return undecided(reasonOf(containers) ?? 'its containers are not decided', 'Properties.ContainerDefinitions');
    }
    const without = itemsOf(containers).find((container) => entryOf(container, 'Memory').kind === 'absent');
    return without === undefined
      ? PASS
      : failed(
          `container ${textOf(entryOf(without, 'Name')) ?? ''} has no limit of memory`,
          'Properties.ContainerDefinitions',
        );
  },
});
