import { FailureScope } from '../../../core/failure-scope';
import { textOf } from '../../model';
import { needsZones, zonesOfSubnets } from '../network/zones';
import { defineRule, NOT_APPLICABLE, undecided } from '../rule';

const PATH = ['NetworkConfiguration', 'AwsvpcConfiguration', 'Subnets'];

export const serviceInTwoZones = defineRule({
  id: 'RES-CMP-013',
  title: 'a container service runs in at least two zones',
  severity: 'error',
  scope: FailureScope.AVAILABILITY_ZONE,
  why: 'a service of one zone can start no task while that zone is lost',
  fix: 'name subnets of two zones or more',
  docs: 'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-rebalancing.html',
  alsoKnownAs: [
    'TrustedAdvisor:Amazon ECS service using a single AZ',
    'ResilienceHub:Amazon Elastic Container Service/Multi-AZ deployment',
  ],
  resourceTypes: ['AWS::ECS::Service'],
  evaluate: (service) => {
    if (textOf(service.property('LaunchType')) === 'EXTERNAL') {
      return NOT_APPLICABLE;
    }
    const subnets = service.property(...PATH);
    return subnets.kind === 'absent'
      ? undecided('its tasks run in the zones of the instances of its cluster')
      : needsZones(zonesOfSubnets(subnets), 2, 'it runs in', `Properties.${PATH.join('.')}`);
  },
});
