import { FailureScope } from '../../../core/failure-scope';
import { needsZones, zonesOfSubnets } from '../network/zones';
import { defineRule, NOT_APPLICABLE } from '../rule';

export const functionInTwoZones = defineRule({
  id: 'RES-CMP-029',
  title: 'a function in a vpc has subnets in at least two zones',
  severity: 'error',
  scope: FailureScope.AVAILABILITY_ZONE,
  why: 'a function that is tied to one zone stops with it, though lambda itself does not',
  fix: 'name subnets of two zones or more',
  docs: 'https://docs.aws.amazon.com/lambda/latest/dg/security-resilience.html',
  alsoKnownAs: [
    'SecurityHub:Lambda.5',
    'Config:LAMBDA_VPC_MULTI_AZ_CHECK',
    'Prowler:awslambda_function_vpc_multi_az',
    'TrustedAdvisor:AWS Lambda VPC-enabled Functions without Multi-AZ Redundancy',
    'ResilienceHub:AWS Lambda/Customer Amazon VPC Access',
    'Powerpipe-WA-Reliability:lambda_function_multiple_az_configured',
  ],
  resourceTypes: ['AWS::Lambda::Function'],
  evaluate: (lambda) => {
    const subnets = lambda.property('VpcConfig', 'SubnetIds');
    return subnets.kind === 'absent' || (subnets.kind === 'list' && subnets.items.length === 0)
      ? NOT_APPLICABLE
      : needsZones(zonesOfSubnets(subnets), 2, 'it runs in', 'Properties.VpcConfig.SubnetIds');
  },
});
