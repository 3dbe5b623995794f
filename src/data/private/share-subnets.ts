import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import type { Construct } from 'constructs';
import { fail } from '../../core/private/fail';
import type { FileShareBindOptions } from '../file-share-ref';

/**
 * One subnet for each zone, in order. A file share in one zone is lost with it, and one in a public subnet is a mistake.
 * Zones are only known where they are part of the definition; nothing is compared that is not.
 */
export function shareSubnets(
  scope: Construct,
  { vpc, shareName }: FileShareBindOptions,
  selection: ec2.SubnetSelection,
): ec2.ISubnet[] {
  const selected = vpc.selectSubnets(selection);
  if (selected.hasPublic && !selected.isPendingLookup) {
    fail(
      scope,
      'FileShareInPublicSubnet',
      `the file share "${shareName}" must not be in public subnets, got a selection with a public one; select isolated or private subnets`,
    );
  }
  const zones = selected.subnets.map(zoneOf);
  const subnets = selected.subnets.filter((_, i) => zones[i] === undefined || zones.indexOf(zones[i]) === i);
  if (subnets.length < 2) {
    fail(
      scope,
      'TooFewZones',
      `the file share "${shareName}" needs subnets in at least two Availability Zones, got ${zones[0] ?? 'one subnet'}; select subnets in two or, better, three`,
    );
  }
  return subnets;
}

/** The zone of a subnet. Subnets imported by their id alone do not know theirs, and say so by throwing. */
export function zoneOf(subnet: ec2.ISubnet): string | undefined {
  try {
    return subnet.availabilityZone;
  } catch {
    return undefined;
  }
}
