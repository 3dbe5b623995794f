import { FailureScope } from '../../../core/failure-scope';
import { entryOf, itemsOf, type Resource, reasonOf, textOf } from '../../model';
import { defineRule, failed, NOT_APPLICABLE, PASS, undecided } from '../rule';

export const tasksSpread = defineRule({
  id: 'RES-CMP-014',
  title: 'tasks on instances are spread over the zones',
  severity: 'error',
  scope: FailureScope.AVAILABILITY_ZONE,
  why: 'tasks that are packed together may all run in the zone that is lost',
  fix: 'spread by attribute:ecs.availability-zone first',
  docs: 'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-placement-strategies.html',
  alsoKnownAs: ['TrustedAdvisor:Amazon ECS Multi-AZ placement strategy'],
  resourceTypes: ['AWS::ECS::Service'],
  evaluate: (service) => {
    const strategies = service.property('PlacementStrategies');
    if (!placesOnInstances(service)) {
      return NOT_APPLICABLE;
    }
    if (itemsOf(strategies).length === 0) {
      // a service without a strategy is spread over the zones
      return PASS;
    }
    const reason =
      reasonOf(strategies) ??
      itemsOf(strategies)
        .map((one) => reasonOf(entryOf(one, 'Field')))
        .find(Boolean);
    const [first] = itemsOf(strategies);
    return textOf(entryOf(first, 'Type')) === 'spread' &&
      textOf(entryOf(first, 'Field')) === 'attribute:ecs.availability-zone'
      ? PASS
      : reason === undefined
        ? failed('tasks are not spread over the zones first', 'Properties.PlacementStrategies')
        : undecided(reason, 'Properties.PlacementStrategies');
  },
});

function placesOnInstances(service: Resource): boolean {
  const providers = itemsOf(service.property('CapacityProviderStrategy')).map((one) =>
    entryOf(one, 'CapacityProvider'),
  );
  const fargate = providers.map(textOf).some((name) => name?.startsWith('FARGATE'));
  const type = textOf(service.property('LaunchType')) ?? 'EC2';
  return type === 'EC2' && !fargate && textOf(service.property('SchedulingStrategy')) !== 'DAEMON';
}
