import { FailureScope } from '../../../core/failure-scope';
import { needsZones, zonesNamed, zonesOfSubnets } from '../network/zones';
import { defineRule } from '../rule';

export const classicBalancerInTwoZones = defineRule({
  id: 'RES-ING-007',
  title: 'a classic load balancer stands in at least two zones',
  severity: 'error',
  scope: FailureScope.AVAILABILITY_ZONE,
  why: 'nothing behind the load balancer can be reached when its only zone is lost',
  fix: 'name subnets of two zones or more, or better move to an application or network load balancer',
  docs: 'https://docs.aws.amazon.com/securityhub/latest/userguide/elb-controls.html',
  alsoKnownAs: [
    'SecurityHub:ELB.10',
    'Config:CLB_MULTIPLE_AZ',
    'Prowler:elb_is_in_multiple_az',
    'TrustedAdvisor:Classic Load Balancer has no multiple AZs configured',
    'cdk-nag:AwsSolutions-ELB4',
    'Powerpipe-WA-Reliability:elb_classic_lb_multiple_az_configured',
    'ControlTower:CT.ELASTICLOADBALANCING.PR.7',
  ],
  resourceTypes: ['AWS::ElasticLoadBalancing::LoadBalancer'],
  evaluate: (balancer) => {
    const subnets = balancer.property('Subnets');
    return subnets.kind === 'absent'
      ? needsZones(
          zonesNamed(balancer.property('AvailabilityZones')),
          2,
          'it stands in',
          'Properties.AvailabilityZones',
        )
      : needsZones(zonesOfSubnets(subnets), 2, 'it stands in', 'Properties.Subnets');
  },
});
