import { FailureScope } from '../../../core/failure-scope';
import { entryOf, itemsOf, type Resource, referencesIn, type Value } from '../../model';
import { referrersOf } from '../network/referrers';
import { needsZones, zonesOfSubnets } from '../network/zones';
import { defineRule, failed, NOT_APPLICABLE } from '../rule';

/** Its own, or that of its network interface. */
function subnetOf(instance: Resource): Value {
  const [first] = itemsOf(instance.property('NetworkInterfaces')).map((item) => entryOf(item, 'NetworkInterfaceId'));
  return first?.kind === 'reference' ? first.resource.property('SubnetId') : instance.property('SubnetId');
}

export const instanceNotAlone = defineRule({
  id: 'RES-CMP-009',
  title: 'an instance shares its work with one in another zone, or is run by a group',
  severity: 'warning',
  scope: FailureScope.AVAILABILITY_ZONE,
  why: 'an instance stays in its zone: nothing starts it elsewhere when the zone is lost',
  fix: 'run the instance in a group over several zones, or put two in different zones behind a load balancer',
  docs: 'https://docs.aws.amazon.com/autoscaling/ec2/userguide/auto-scaling-benefits.html',
  alsoKnownAs: [
    'ResilienceHub:Amazon Elastic Compute Cloud/Auto Scaling groups',
    'TrustedAdvisor:Single AZ Application Check',
  ],
  resourceTypes: ['AWS::EC2::Instance'],
  evaluate: (instance, { assembly, careDependsOn }) => {
    if (!careDependsOn(instance)) {
      return NOT_APPLICABLE;
    }
    const groups = referrersOf(instance, assembly, 'AWS::ElasticLoadBalancingV2::TargetGroup', 'Targets').certain;
    const peers = groups
      .flatMap((group) => referencesIn(group.property('Targets')))
      .filter((target) => target.resource.type === 'AWS::EC2::Instance')
      .map(({ resource }) => subnetOf(resource));
    return peers.length < 2
      ? failed('it runs alone')
      : needsZones(zonesOfSubnets({ kind: 'list', items: peers }), 2, 'it and its peers run in');
  },
});
