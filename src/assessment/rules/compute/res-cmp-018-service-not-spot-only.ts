import { FailureScope } from '../../../core/failure-scope';
import { entryOf, itemsOf, numberOf, type Resource, reasonOf, textOf, type Value } from '../../model';
import { defineRule, failed, NOT_APPLICABLE, PASS, undecided } from '../rule';

export const serviceNotSpotOnly = defineRule({
  id: 'RES-CMP-018',
  title: 'a container service runs some tasks on demand',
  severity: 'error',
  scope: FailureScope.COMPONENT,
  why: 'fargate spot takes tasks back at two minutes notice, and may have no capacity at all',
  fix: 'give FARGATE a base that carries the load, and FARGATE_SPOT the rest',
  docs: 'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-capacity-providers.html',
  resourceTypes: ['AWS::ECS::Service'],
  evaluate: (service) => {
    const strategy = strategyOf(service);
    const providers = itemsOf(strategy);
    if (providers.length === 0) {
      return NOT_APPLICABLE;
    }
    const location = 'Properties.CapacityProviderStrategy';
    const names = providers.map((provider) => textOf(entryOf(provider, 'CapacityProvider')));
    if (!names.includes('FARGATE_SPOT')) {
      return strategy.kind === 'unknown' ? undecided(strategy.reason, location) : PASS;
    }
    const others = providers.filter((_, index) => names[index] !== 'FARGATE_SPOT');
    const shares = others.flatMap((provider) => [entryOf(provider, 'Base'), entryOf(provider, 'Weight')]);
    if (shares.some((share) => (numberOf(share) ?? 0) > 0)) {
      return PASS;
    }
    const reason = shares.map(reasonOf).find(Boolean);
    return reason === undefined ? failed('all its tasks run on fargate spot', location) : undecided(reason, location);
  },
});

/** What the service says, else what its cluster says for services that say nothing. */
function strategyOf(service: Resource): Value {
  const own = service.property('CapacityProviderStrategy');
  const cluster = service.property('Cluster');
  const says = own.kind !== 'absent' || service.property('LaunchType').kind !== 'absent';
  return says || cluster.kind !== 'reference' ? own : cluster.resource.property('DefaultCapacityProviderStrategy');
}
