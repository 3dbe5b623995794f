import { FailureScope } from '../../../core/failure-scope';
import { type Assembly, type Resource, textOf } from '../../model';
import { referrersOf } from '../network/referrers';
import { defineRule, failed, NOT_APPLICABLE, PASS, undecided } from '../rule';

export const shield = defineRule({
  id: 'RES-ING-014',
  title: 'where one entry is protected by shield advanced, every entry is',
  severity: 'warning',
  scope: FailureScope.CONNECTIVITY,
  why: 'an attack takes the entry that is not protected',
  fix: 'add a protection for the entry',
  docs: 'https://docs.aws.amazon.com/waf/latest/developerguide/ddos-advanced-summary-protected-resources.html',
  alsoKnownAs: [
    'Prowler:shield_advanced_protection_in_internet_facing_load_balancers',
    'Prowler:shield_advanced_protection_in_associated_elastic_ips',
    'Prowler:shield_advanced_protection_in_cloudfront_distributions',
    'Prowler:shield_advanced_protection_in_global_accelerators',
    'Prowler:shield_advanced_protection_in_route53_hosted_zones',
    'Prowler:shield_advanced_protection_in_classic_load_balancers',
  ],
  resourceTypes: [
    'AWS::ElasticLoadBalancingV2::LoadBalancer',
    'AWS::ElasticLoadBalancing::LoadBalancer',
    'AWS::EC2::EIP',
    'AWS::CloudFront::Distribution',
    'AWS::GlobalAccelerator::Accelerator',
    'AWS::Route53::HostedZone',
  ],
  evaluate: (entry, { assembly }) => {
    const protections = referrersOf(entry, assembly, 'AWS::Shield::Protection', 'ResourceArn');
    if (protections.certain.length > 0) {
      return PASS;
    }
    if (assembly.resourcesOf('AWS::Shield::Protection').length === 0 || !facesInternet(entry, assembly)) {
      return NOT_APPLICABLE;
    }
    return protections.open === undefined
      ? failed('shield advanced protects others, not this one')
      : undecided(protections.open);
  },
});

/** Whether strangers reach it. The address of a NAT gateway leads out only. */
function facesInternet(entry: Resource, assembly: Assembly): boolean {
  switch (entry.type) {
    case 'AWS::ElasticLoadBalancingV2::LoadBalancer':
      return textOf(entry.property('Scheme')) !== 'internal' && textOf(entry.property('Type')) !== 'gateway';
    case 'AWS::ElasticLoadBalancing::LoadBalancer':
      return textOf(entry.property('Scheme')) !== 'internal';
    case 'AWS::EC2::EIP':
      return referrersOf(entry, assembly, 'AWS::EC2::NatGateway', 'AllocationId').certain.length === 0;
    case 'AWS::Route53::HostedZone':
      return entry.property('VPCs').kind === 'absent';
    default:
      return true;
  }
}
