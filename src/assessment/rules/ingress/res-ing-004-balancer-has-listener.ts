import { FailureScope } from '../../../core/failure-scope';
import { referrersOf } from '../network/referrers';
import { defineRule, failed, PASS, undecided } from '../rule';

export const balancerHasListener = defineRule({
  id: 'RES-ING-004',
  title: 'a load balancer has a listener',
  severity: 'error',
  scope: FailureScope.COMPONENT,
  why: 'a load balancer without a listener answers nobody',
  fix: 'add a listener, or remove the load balancer',
  docs: 'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-listeners.html',
  alsoKnownAs: ['Prowler:elbv2_listeners_underneath'],
  resourceTypes: ['AWS::ElasticLoadBalancingV2::LoadBalancer'],
  evaluate: (balancer, { assembly }) => {
    const listeners = referrersOf(balancer, assembly, 'AWS::ElasticLoadBalancingV2::Listener', 'LoadBalancerArn');
    if (listeners.certain.length > 0) {
      return PASS;
    }
    return listeners.open === undefined ? failed('no listener belongs to it') : undecided(listeners.open);
  },
});
