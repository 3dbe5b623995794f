import { FailureScope } from '../../../core/failure-scope';
import { booleanOf, reasonOf } from '../../model';
import { defineRule, failed, PASS, undecided } from '../rule';

export const classicDraining = defineRule({
  id: 'RES-ING-009',
  title: 'a classic load balancer lets requests end before an instance leaves',
  severity: 'warning',
  scope: FailureScope.COMPONENT,
  why: 'requests under way are cut off at each deployment and each replacement',
  fix: 'set ConnectionDrainingPolicy.Enabled to true',
  docs: 'https://docs.aws.amazon.com/securityhub/latest/userguide/elb-controls.html',
  alsoKnownAs: [
    'SecurityHub:ELB.7',
    'Prowler:elb_connection_draining_enabled',
    'cdk-nag:AwsSolutions-ELB3',
    'TrustedAdvisor:CLB Connection Draining',
    'ControlTower:CT.ELASTICLOADBALANCING.PR.11',
  ],
  resourceTypes: ['AWS::ElasticLoadBalancing::LoadBalancer'],
  evaluate: (balancer) => {
    const value = balancer.property('ConnectionDrainingPolicy', 'Enabled');
    const reason = reasonOf(value);
    if (reason !== undefined) {
      return undecided(reason, 'Properties.ConnectionDrainingPolicy');
    }
    return booleanOf(value) === true
      ? PASS
      : failed('connection draining is off', 'Properties.ConnectionDrainingPolicy');
  },
});
