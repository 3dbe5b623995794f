import { FailureScope } from '../../../core/failure-scope';
import { booleanOf, reasonOf } from '../../model';
import { defineRule, failed, PASS, undecided } from '../rule';

export const firewallProtection = defineRule({
  id: 'RES-NET-011',
  title: 'a network firewall is protected from deletion and from loss of its subnets',
  severity: 'warning',
  scope: FailureScope.DELETION,
  why: 'traffic that is routed through a deleted endpoint goes nowhere',
  fix: 'set DeleteProtection and SubnetChangeProtection to true',
  docs: 'https://docs.aws.amazon.com/securityhub/latest/userguide/networkfirewall-controls.html',
  alsoKnownAs: [
    'SecurityHub:NetworkFirewall.9',
    'Config:NETFW_DELETION_PROTECTION_ENABLED',
    'Prowler:networkfirewall_deletion_protection',
    'SecurityHub:NetworkFirewall.10',
    'Config:NETFW_SUBNET_CHANGE_PROTECTION_ENABLED',
  ],
  resourceTypes: ['AWS::NetworkFirewall::Firewall'],
  evaluate: (firewall) => {
    const protections = ['DeleteProtection', 'SubnetChangeProtection'].map((name) => ({
      name,
      value: firewall.property(name),
    }));
    // both are off where they are left out
    const off = protections.find(({ value }) => reasonOf(value) === undefined && booleanOf(value) !== true);
    if (off) {
      return failed(`${off.name} is off`, `Properties.${off.name}`);
    }
    const open = protections.find(({ value }) => reasonOf(value) !== undefined);
    return open ? undecided(reasonOf(open.value) ?? '', `Properties.${open.name}`) : PASS;
  },
});
