import { FailureScope } from '../../../core/failure-scope';
import { entryOf, itemsOf, type Value } from '../../model';
import { needsZones, zonesOfSubnets } from '../network/zones';
import { defineRule } from '../rule';

export const balancerInTwoZones = defineRule({
  id: 'RES-ING-001',
  title: 'a load balancer stands in at least two zones',
  severity: 'error',
  scope: FailureScope.AVAILABILITY_ZONE,
  why: 'nothing behind the load balancer can be reached when its only zone is lost',
  fix: 'name subnets of two zones or more',
  docs: 'https://docs.aws.amazon.com/securityhub/latest/userguide/elb-controls.html',
  alsoKnownAs: [
    'SecurityHub:ELB.13',
    'Config:ELBV2_MULTIPLE_AZ',
    'Prowler:elbv2_is_in_multiple_az',
    'TrustedAdvisor:ALB Multi-AZ',
    'TrustedAdvisor:NLB Multi-AZ',
    'TrustedAdvisor:Application, Network, and Gateway Load Balancers Not Spanning Multiple Availability Zones',
    'ResilienceHub:Elastic Load Balancing/Multi-AZ deployment',
    'Powerpipe-WA-Reliability:elb_application_gateway_network_lb_multiple_az_configured',
  ],
  resourceTypes: ['AWS::ElasticLoadBalancingV2::LoadBalancer'],
  evaluate: (balancer) => {
    const mappings = balancer.property('SubnetMappings');
    const mapped: Value =
      mappings.kind === 'list'
        ? { kind: 'list', items: itemsOf(mappings).map((mapping) => entryOf(mapping, 'SubnetId')) }
        : mappings;
    return needsZones(
      zonesOfSubnets(balancer.property('Subnets'), mapped),
      2,
      'it stands in',
      mappings.kind === 'absent' ? 'Properties.Subnets' : 'Properties.SubnetMappings',
    );
  },
});
