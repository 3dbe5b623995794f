import { FailureScope } from '../../../core/failure-scope';
import { itemsOf, numberOf, reasonOf, textOf, type Value } from '../../model';
import { defineRule, failed, NOT_APPLICABLE, PASS, undecided } from '../rule';

export const addressHeadroom = defineRule({
  id: 'RES-NET-013',
  title: 'subnets of a scaling group have addresses for its largest size',
  severity: 'warning',
  scope: FailureScope.COMPONENT,
  why: 'an instance without an address does not start, just when the load is highest',
  fix: 'give the group larger subnets, or lower MaxSize',
  docs: 'https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html',
  alsoKnownAs: ['TrustedAdvisor:Auto Scaling available IPs in Subnets'],
  resourceTypes: ['AWS::AutoScaling::AutoScalingGroup'],
  evaluate: (group) => {
    const subnets = group.property('VPCZoneIdentifier');
    const size = group.property('MaxSize');
    if (subnets.kind === 'absent') {
      return NOT_APPLICABLE;
    }
    const free = itemsOf(subnets).map(addressesOf);
    const most = numberOf(size);
    if (most === undefined || subnets.kind === 'unknown' || free.includes(undefined)) {
      return undecided(reasonOf(size) ?? 'the address range of a subnet is not in the templates');
    }
    const total = free.reduce<number>((sum, addresses) => sum + (addresses ?? 0), 0);
    return total >= most
      ? PASS
      : failed(`its subnets hold ${total} addresses, it may grow to ${most}`, 'Properties.MaxSize');
  },
});

/** AWS keeps five addresses of each subnet for itself. */
function addressesOf(subnet: Value): number | undefined {
  const range = subnet.kind === 'reference' ? textOf(subnet.resource.property('CidrBlock')) : undefined;
  const prefix = range && /^[\d.]+\/(\d+)$/.exec(range)?.[1];
  return prefix ? 2 ** (32 - Number(prefix)) - 5 : undefined;
}
