import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import type { Construct } from 'constructs';
import { fail } from '../../core/private/fail';
import type { NetworkConfig } from '../../network';

/**
 * A subnet in each of three zones: an arbiter in the zone of a member is lost with it, and then nobody takes over.
 *
 * https://docs.intersystems.com/irislatest/csp/docbook/DocBook.UI.Page.cls?KEY=GHA_mirror_set_arbiter
 */
export function threeSubnets(scope: Construct, { vpc, applicationSubnets }: NetworkConfig): ec2.ISubnet[] {
  const { subnets } = vpc.selectSubnets(applicationSubnets);
  const zones = knownZones(scope, subnets);
  const distinct = subnets.filter((_, index) => zones.indexOf(zones[index]) === index);
  if (distinct.length < 3) {
    fail(
      scope,
      'TooFewZones',
      `two members and their arbiter take three Availability Zones, got ${distinct.length}; use a network with three`,
    );
  }
  return distinct.slice(0, 3);
}

/** Subnets imported by their id alone do not know their zone, and say so by throwing. A volume must. */
function knownZones(scope: Construct, subnets: ec2.ISubnet[]): string[] {
  try {
    return subnets.map((subnet) => subnet.availabilityZone);
  } catch {
    fail(
      scope,
      'UnknownZones',
      'data volumes are made in the zones of their members, but the zones of the application subnets are not known; import them with their availabilityZone',
    );
  }
}
