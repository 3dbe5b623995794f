import { firewallInTwoZones } from '../../../../src/assessment/rules/network/res-net-010-firewall-in-two-zones';
import { testRule } from '../../../support/rules';
import { ref, resource, templateOf } from './subnets';

const firewall = (properties: Record<string, unknown>) =>
  templateOf({ It: resource('AWS::NetworkFirewall::Firewall', properties) });

testRule(firewallInTwoZones, [
  {
    name: 'subnets of two zones',
    verdict: 'pass',
    template: firewall({ SubnetMappings: [{ SubnetId: ref('A') }, { SubnetId: ref('B') }] }),
  },
  { name: 'one subnet', verdict: 'fail', template: firewall({ SubnetMappings: [{ SubnetId: ref('A') }] }) },
  {
    name: 'imported subnets',
    verdict: 'unknown',
    template: firewall({ SubnetMappings: [{ SubnetId: 's-1' }, { SubnetId: 's-2' }] }),
  },
  {
    name: 'two zones of a transit gateway',
    verdict: 'pass',
    template: firewall({
      AvailabilityZoneMappings: [{ AvailabilityZone: 'use1-az1' }, { AvailabilityZone: 'use1-az2' }],
    }),
  },
  {
    name: 'one zone of a transit gateway',
    verdict: 'fail',
    template: firewall({ AvailabilityZoneMappings: [{ AvailabilityZone: 'use1-az1' }] }),
  },
]);
