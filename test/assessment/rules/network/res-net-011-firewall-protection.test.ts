import { firewallProtection } from '../../../../src/assessment/rules/network/res-net-011-firewall-protection';
import { testRule } from '../../../support/rules';
import { ref, resource, templateOf } from './subnets';

const firewall = (deletion: unknown, subnets: unknown) =>
  templateOf({
    It: resource('AWS::NetworkFirewall::Firewall', { DeleteProtection: deletion, SubnetChangeProtection: subnets }),
  });

testRule(firewallProtection, [
  { name: 'both are on', verdict: 'pass', template: firewall(true, 'true') },
  { name: 'one is left out', verdict: 'fail', template: firewall(true, undefined) },
  { name: 'one is off and the other is not decided', verdict: 'fail', template: firewall(ref('P'), false) },
  { name: 'one is not decided', verdict: 'unknown', template: firewall(true, ref('P')) },
]);
