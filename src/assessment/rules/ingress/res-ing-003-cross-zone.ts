import { FailureScope } from '../../../core/failure-scope';
import { booleanOf, reasonOf, textOf } from '../../model';
import { defineRule, failed, NOT_APPLICABLE, PASS, undecided } from '../rule';
import { attributeOf } from './attributes';

export const crossZone = defineRule({
  id: 'RES-ING-003',
  title: 'a network or gateway load balancer uses targets of every zone, or keeps clients to their zone on purpose',
  severity: 'warning',
  scope: FailureScope.AVAILABILITY_ZONE,
  why: 'clients of a zone whose targets are unhealthy fail, although targets of other zones are well',
  fix: 'set load_balancing.cross_zone.enabled to true, or choose zonal isolation with dns_record.client_routing_policy',
  docs: 'https://docs.aws.amazon.com/elasticloadbalancing/latest/network/network-load-balancers.html',
  alsoKnownAs: [
    'Config:NLB_CROSS_ZONE_LOAD_BALANCING_ENABLED',
    'Prowler:elbv2_cross_zone_load_balancing_enabled',
    'TrustedAdvisor:Network Load Balancers Cross Load Balancing',
    'ControlTower:CT.ELASTICLOADBALANCING.PR.14',
    'ControlTower:CT.ELASTICLOADBALANCING.PR.15',
  ],
  resourceTypes: ['AWS::ElasticLoadBalancingV2::LoadBalancer'],
  evaluate: (balancer) => {
    const type = balancer.property('Type');
    if (reasonOf(type) === undefined && !['network', 'gateway'].includes(textOf(type) ?? 'application')) {
      return NOT_APPLICABLE;
    }
    const value = attributeOf(balancer, 'load_balancing.cross_zone.enabled');
    const routing = textOf(attributeOf(balancer, 'dns_record.client_routing_policy')) ?? 'any_availability_zone';
    if (booleanOf(value) === true || routing !== 'any_availability_zone') {
      return PASS;
    }
    const reason = reasonOf(type) ?? reasonOf(value);
    return reason === undefined
      ? failed('load_balancing.cross_zone.enabled is false', 'Properties.LoadBalancerAttributes')
      : undecided(reason, 'Properties.LoadBalancerAttributes');
  },
});
