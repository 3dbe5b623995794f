import { FailureScope } from '../../../core/failure-scope';
import { defineRule, NOT_APPLICABLE, undecided } from '../rule';
import { referrersOf } from './referrers';
import { needsZones, zoneOfSubnet, zonesNamed } from './zones';

export const vpcInTwoZones = defineRule({
  id: 'RES-NET-001',
  title: 'a vpc has subnets in at least two zones',
  severity: 'error',
  scope: FailureScope.AVAILABILITY_ZONE,
  why: 'whatever runs in subnets of one zone stops with that zone',
  fix: 'spread the subnets of the vpc over two zones, or better three',
  docs: 'https://docs.aws.amazon.com/vpc/latest/userguide/configure-subnets.html',
  alsoKnownAs: ['Prowler:vpc_subnet_different_az'],
  resourceTypes: ['AWS::EC2::VPC'],
  evaluate: (vpc, { assembly }) => {
    const subnets = referrersOf(vpc, assembly, 'AWS::EC2::Subnet', 'VpcId');
    if (subnets.certain.length === 0) {
      return subnets.open === undefined ? NOT_APPLICABLE : undecided(subnets.open);
    }
    const zones = zonesNamed({ kind: 'list', items: subnets.certain.map(zoneOfSubnet) });
    return subnets.open !== undefined && zones.known.size < 2
      ? undecided(subnets.open)
      : needsZones(zones, 2, 'its subnets lie in');
  },
});
