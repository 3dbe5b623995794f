import { FailureScope } from '../../../core/failure-scope';
import { textOf } from '../../model';
import { defineRule, NOT_APPLICABLE, PASS, undecided } from '../rule';
import { referrersOf } from './referrers';
import { needsZones, zoneOfSubnet, zonesNamed } from './zones';

export const natInTwoZones = defineRule({
  id: 'RES-NET-003',
  title: 'nat gateways of a vpc stand in at least two zones',
  severity: 'error',
  scope: FailureScope.AVAILABILITY_ZONE,
  why: 'a nat gateway stops with its zone, and takes the way out of every subnet that uses it along',
  fix: 'create one nat gateway in each zone that has private subnets',
  docs: 'https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateway-basics.html',
  alsoKnownAs: ['ResilienceHub:NAT Gateway/Multi-AZ deployment'],
  resourceTypes: ['AWS::EC2::VPC'],
  evaluate: (vpc, { assembly }) => {
    const regional = referrersOf(vpc, assembly, 'AWS::EC2::NatGateway', 'VpcId').certain;
    if (regional.some((gateway) => textOf(gateway.property('AvailabilityMode')) === 'regional')) {
      return PASS;
    }
    const subnets = referrersOf(vpc, assembly, 'AWS::EC2::Subnet', 'VpcId').certain;
    const gateways = subnets.map((subnet) => ({
      subnet,
      ...referrersOf(subnet, assembly, 'AWS::EC2::NatGateway', 'SubnetId'),
    }));
    const open = gateways.map((found) => found.open).find(Boolean);
    const homes = gateways.filter(({ certain }) => certain.length > 0).map(({ subnet }) => zoneOfSubnet(subnet));
    if (homes.length === 0) {
      return open === undefined ? NOT_APPLICABLE : undecided(open);
    }
    const zones = zonesNamed({ kind: 'list', items: homes });
    return open !== undefined && zones.known.size < 2 ? undecided(open) : needsZones(zones, 2, 'nat gateways stand in');
  },
});
