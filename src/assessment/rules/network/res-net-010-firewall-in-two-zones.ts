import { FailureScope } from '../../../core/failure-scope';
import { entryOf, itemsOf, type Value } from '../../model';
import { defineRule } from '../rule';
import { needsZones, zonesNamed, zonesOfSubnets } from './zones';

export const firewallInTwoZones = defineRule({
  id: 'RES-NET-010',
  title: 'a network firewall has endpoints in at least two zones',
  severity: 'error',
  scope: FailureScope.AVAILABILITY_ZONE,
  why: 'all traffic goes through the firewall, and ends with the only zone it stands in',
  fix: 'map the firewall to a subnet in each zone that it protects',
  docs: 'https://docs.aws.amazon.com/securityhub/latest/userguide/networkfirewall-controls.html',
  alsoKnownAs: [
    'SecurityHub:NetworkFirewall.1',
    'Config:NETFW_MULTI_AZ_ENABLED',
    'Prowler:networkfirewall_multi_az',
    'TrustedAdvisor:Network Firewall Multi-AZ',
    'ControlTower:CT.NETWORK-FIREWALL.PR.5',
  ],
  resourceTypes: ['AWS::NetworkFirewall::Firewall'],
  evaluate: (firewall) => {
    // a firewall of a transit gateway is mapped to zones, any other to subnets
    const named = firewall.property('AvailabilityZoneMappings');
    return named.kind === 'absent'
      ? needsZones(
          zonesOfSubnets(each(firewall.property('SubnetMappings'), 'SubnetId')),
          2,
          'its endpoints stand in',
          'Properties.SubnetMappings',
        )
      : needsZones(
          zonesNamed(each(named, 'AvailabilityZone')),
          2,
          'its endpoints stand in',
          'Properties.AvailabilityZoneMappings',
        );
  },
});

function each(list: Value, key: string): Value {
  return list.kind === 'unknown' ? list : { kind: 'list', items: itemsOf(list).map((item) => entryOf(item, key)) };
}
