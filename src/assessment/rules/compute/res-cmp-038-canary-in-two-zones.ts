import { FailureScope } from '../../../core/failure-scope';
import { needsZones, zonesOfSubnets } from '../network/zones';
import { defineRule, NOT_APPLICABLE } from '../rule';

export const canaryInTwoZones = defineRule({
  id: 'RES-CMP-038',
  title: 'a canary in a vpc has subnets in at least two zones',
  severity: 'warning',
  scope: FailureScope.AVAILABILITY_ZONE,
  why: 'a probe that stops with a zone tells that everything is down, or nothing, in the very hour in which it is asked',
  fix: 'name subnets of two zones or more',
  docs: 'https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Synthetics_Canaries_VPC.html',
  resourceTypes: ['AWS::Synthetics::Canary'],
  evaluate: (canary) => {
    const subnets = canary.property('VPCConfig', 'SubnetIds');
    return subnets.kind === 'absent'
      ? NOT_APPLICABLE
      : needsZones(zonesOfSubnets(subnets), 2, 'it runs in', 'Properties.VPCConfig.SubnetIds');
  },
});
