import { FailureScope } from '../../../core/failure-scope';
import { booleanOf, reasonOf } from '../../model';
import { defineRule, failed, PASS, undecided } from '../rule';

export const classicCrossZone = defineRule({
  id: 'RES-ING-008',
  title: 'a classic load balancer uses instances of every zone',
  severity: 'warning',
  scope: FailureScope.AVAILABILITY_ZONE,
  why: 'clients of a zone whose instances are unhealthy fail, although those of other zones are well',
  fix: 'set CrossZone to true',
  docs: 'https://docs.aws.amazon.com/securityhub/latest/userguide/elb-controls.html',
  alsoKnownAs: [
    'SecurityHub:ELB.9',
    'Config:ELB_CROSS_ZONE_LOAD_BALANCING_ENABLED',
    'Prowler:elb_cross_zone_load_balancing_enabled',
    'GuardRegistry:ELB_CROSS_ZONE_LOAD_BALANCING_ENABLED',
    'cdk-nag:HIPAA.Security-ELBCrossZoneLoadBalancingEnabled',
    'cdk-nag:AwsSolutions-ELB4',
    'Powerpipe-WA-Reliability:elb_classic_lb_cross_zone_load_balancing_enabled',
    'ControlTower:CT.ELASTICLOADBALANCING.PR.13',
  ],
  resourceTypes: ['AWS::ElasticLoadBalancing::LoadBalancer'],
  evaluate: (balancer) => {
    const value = balancer.property('CrossZone');
    const reason = reasonOf(value);
    if (reason !== undefined) {
      return undecided(reason, 'Properties.CrossZone');
    }
    return booleanOf(value) === true ? PASS : failed('CrossZone is off', 'Properties.CrossZone');
  },
});
