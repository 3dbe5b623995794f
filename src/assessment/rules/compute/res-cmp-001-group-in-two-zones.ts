import { FailureScope } from '../../../core/failure-scope';
import { entryOf, itemsOf, type Resource, type Value } from '../../model';
import { needsZones, type Zones, zonesNamed, zonesOfSubnets } from '../network/zones';
import { defineRule, undecided } from '../rule';

export const groupInTwoZones = defineRule({
  id: 'RES-CMP-001',
  title: 'a group or fleet of instances covers at least two zones',
  severity: 'error',
  scope: FailureScope.AVAILABILITY_ZONE,
  why: 'a group of one zone can replace nothing while that zone is lost',
  fix: 'name subnets of two zones or more',
  docs: 'https://docs.aws.amazon.com/autoscaling/ec2/userguide/auto-scaling-benefits.html',
  alsoKnownAs: [
    'SecurityHub:AutoScaling.2',
    'Config:AUTOSCALING_MULTIPLE_AZ',
    'Prowler:autoscaling_group_multiple_az',
    'TrustedAdvisor:Amazon EC2 Auto Scaling is not deployed in multiple AZs or does not meet the minimum number of AZs',
    'ResilienceHub:Amazon Elastic Compute Cloud/Auto Scaling groups',
    'Powerpipe-WA-Reliability:autoscaling_group_multiple_az_configured',
    'ControlTower:CT.AUTOSCALING.PR.1',
    'ResilienceHub:Amazon Elastic Compute Cloud/Amazon EC2 Fleet',
  ],
  resourceTypes: ['AWS::AutoScaling::AutoScalingGroup', 'AWS::EC2::EC2Fleet'],
  evaluate: (group) => {
    const zones = group.type === 'AWS::EC2::EC2Fleet' ? zonesOfFleet(group) : zonesOfGroup(group);
    return zones ? needsZones(zones, 2, 'it covers') : undecided('its launch template chooses the subnet');
  },
});

function zonesOfGroup(group: Resource): Zones {
  const subnets = group.property('VPCZoneIdentifier');
  return subnets.kind === 'absent' ? zonesNamed(group.property('AvailabilityZones')) : zonesOfSubnets(subnets);
}

function zonesOfFleet(fleet: Resource): Zones | undefined {
  const overrides = itemsOf(fleet.property('LaunchTemplateConfigs')).flatMap((config) =>
    itemsOf(entryOf(config, 'Overrides')),
  );
  const given = (key: string): Value => ({
    kind: 'list',
    items: overrides.map((override) => entryOf(override, key)).filter(({ kind }) => kind !== 'absent'),
  });
  const zones = given('AvailabilityZone');
  const subnets = given('SubnetId');
  if (itemsOf(zones).length === 0 && itemsOf(subnets).length === 0) {
    return undefined;
  }
  return itemsOf(subnets).length > 0 ? zonesOfSubnets(subnets) : zonesNamed(zones);
}
