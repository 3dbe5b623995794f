import { canaryInTwoZones } from '../../../../src/assessment/rules/compute/res-cmp-038-canary-in-two-zones';
import { testRule } from '../../../support/rules';

const subnet = (slot: number) => ({
  Type: 'AWS::EC2::Subnet',
  Properties: { AvailabilityZone: { 'Fn::Select': [slot, { 'Fn::GetAZs': '' }] } },
});
const canary = (VPCConfig?: Record<string, unknown>) => ({
  Parameters: { P: { Type: 'List<AWS::EC2::Subnet::Id>' } },
  Resources: {
    It: { Type: 'AWS::Synthetics::Canary', Properties: VPCConfig ? { VPCConfig } : {} },
    ...{ A: subnet(0), B: subnet(1) },
  },
});

testRule(canaryInTwoZones, [
  { name: 'two zones', verdict: 'pass', template: canary({ SubnetIds: [{ Ref: 'A' }, { Ref: 'B' }] }) },
  { name: 'one zone', verdict: 'fail', template: canary({ SubnetIds: [{ Ref: 'A' }] }) },
  { name: 'a parameter decides', verdict: 'unknown', template: canary({ SubnetIds: { Ref: 'P' } }) },
  { name: 'outside of a network', verdict: 'not-applicable', template: canary() },
]);
