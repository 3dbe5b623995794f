import { groupInTwoZones } from '../../../../src/assessment/rules/compute/res-cmp-001-group-in-two-zones';
import { testRule } from '../../../support/rules';
import { ref, resource, templateOf } from '../network/subnets';

const group = (properties: Record<string, unknown>) =>
  templateOf({ It: resource('AWS::AutoScaling::AutoScalingGroup', properties) });
const fleet = (overrides: unknown[]) =>
  templateOf({ It: resource('AWS::EC2::EC2Fleet', { LaunchTemplateConfigs: [{ Overrides: overrides }] }) });

testRule(groupInTwoZones, [
  { name: 'subnets of two zones', verdict: 'pass', template: group({ VPCZoneIdentifier: [ref('A'), ref('B')] }) },
  { name: 'subnets of one zone', verdict: 'fail', template: group({ VPCZoneIdentifier: [ref('A'), ref('AToo')] }) },
  { name: 'subnets from a parameter', verdict: 'unknown', template: group({ VPCZoneIdentifier: ref('Ps') }) },
  { name: 'two zones', verdict: 'pass', template: group({ AvailabilityZones: ['us-east-1a', 'us-east-1b'] }) },
  { name: 'one zone', verdict: 'fail', template: group({ AvailabilityZones: ['us-east-1a'] }) },
  { name: 'every zone of the region', verdict: 'pass', template: group({ AvailabilityZones: { 'Fn::GetAZs': '' } }) },
  { name: 'a fleet in two zones', verdict: 'pass', template: fleet([{ SubnetId: ref('A') }, { SubnetId: ref('B') }]) },
  { name: 'a fleet in one zone', verdict: 'fail', template: fleet([{ AvailabilityZone: 'us-east-1a' }]) },
  { name: 'a fleet that leaves it to its launch template', verdict: 'unknown', template: fleet([]) },
]);
