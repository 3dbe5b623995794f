import { FailureScope } from '../../../core/failure-scope';
import { booleanOf, reasonOf } from '../../model';
import { defineRule, failed, PASS, undecided } from '../rule';
import { attributeOf } from './attributes';

export const balancerDeletionProtection = defineRule({
  id: 'RES-ING-002',
  title: 'a load balancer is protected from deletion',
  severity: 'warning',
  scope: FailureScope.DELETION,
  why: 'a new load balancer has another name and other addresses, which hospital firewalls and interfaces do not know',
  fix: 'set the attribute deletion_protection.enabled to true',
  docs: 'https://docs.aws.amazon.com/securityhub/latest/userguide/elb-controls.html',
  alsoKnownAs: [
    'SecurityHub:ELB.6',
    'Config:ELB_DELETION_PROTECTION_ENABLED',
    'Prowler:elbv2_deletion_protection',
    'GuardRegistry:ELB_DELETION_PROTECTION_ENABLED',
    'cdk-nag:HIPAA.Security-ELBDeletionProtectionEnabled',
    'cdk-nag:NIST.800.53.R5-ELBDeletionProtectionEnabled',
    'ControlTower:CT.ELASTICLOADBALANCING.PR.5',
  ],
  resourceTypes: ['AWS::ElasticLoadBalancingV2::LoadBalancer'],
  evaluate: (balancer) => {
    const value = attributeOf(balancer, 'deletion_protection.enabled');
    const reason = reasonOf(value);
    if (reason !== undefined) {
      return undecided(reason, 'Properties.LoadBalancerAttributes');
    }
    return booleanOf(value) === true
      ? PASS
      : failed('deletion_protection.enabled is false', 'Properties.LoadBalancerAttributes');
  },
});
