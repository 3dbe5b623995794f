import { FailureScope } from '../../../core/failure-scope';
import { entryOf, itemsOf, reasonOf, textOf } from '../../model';
import { defineRule, failed, NOT_APPLICABLE, PASS, undecided } from '../rule';

export const logsDoNotBlock = defineRule({
  id: 'RES-CMP-016',
  title: 'containers go on when their log cannot be written',
  severity: 'warning',
  scope: FailureScope.COMPONENT,
  why: 'a container that waits for its log stops when cloudwatch logs cannot be reached',
  fix: 'set mode to non-blocking, with a buffer that holds what must not be lost',
  docs: 'https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_LogConfiguration.html',
  alsoKnownAs: [
    'Prowler:ecs_task_definitions_logging_block_mode',
    'TrustedAdvisor:Amazon ECS AWSLogs driver in blocking mode',
  ],
  resourceTypes: ['AWS::ECS::TaskDefinition'],
  evaluate: (definition) => {
    const logs = itemsOf(definition.property('ContainerDefinitions'))
      .map((container) => entryOf(container, 'LogConfiguration'))
      .filter((log) => textOf(entryOf(log, 'LogDriver')) === 'awslogs');
    if (logs.length === 0) {
      return NOT_APPLICABLE;
    }
    // left out, it is non-blocking since June 2025
    const modes = logs.map((log) => entryOf(entryOf(log, 'Options'), 'mode'));
    if (modes.some((mode) => textOf(mode) === 'blocking')) {
      return failed('a container waits for its log', 'Properties.ContainerDefinitions');
    }
    const reason = modes.map(reasonOf).find(Boolean);
    return reason === undefined ? PASS : undecided(reason, 'Properties.ContainerDefinitions');
  },
});
