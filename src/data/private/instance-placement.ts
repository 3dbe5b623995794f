import { Token } from 'aws-cdk-lib';
import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import type { Construct } from 'constructs';
import { fail } from '../../core/private/fail';

/** Aurora keeps its storage, and can run its instances, in three zones. */
const STORAGE_ZONES = 3;

/** Where the instances of a cluster run. */
export interface InstancePlacement {
  /** Subnets in at most three zones. */
  readonly subnets: ec2.SubnetSelection;
  /** Their zones; empty where they are unknown, and then Aurora spreads the instances. */
  readonly zones: string[];
}

/**
 * Choose zones so that no two instances share one while there are others. In a VPC of more than three zones the first
 * three are taken: an instance outside the three zones of the storage volume cannot be made.
 * https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Concepts.RegionsAndAvailabilityZones.html
 */
export function placeInstances(scope: Construct, vpc: ec2.IVpc, selection: ec2.SubnetSelection): InstancePlacement {
  const selected = vpc.selectSubnets(selection);
  if (selected.hasPublic && !selected.isPendingLookup) {
    fail(
      scope,
      'DatabaseInPublicSubnet',
      'a database must not be in public subnets, got a selection with a public one; select isolated subnets',
    );
  }
  const zones = knownZones(selected.subnets);
  if (zones.length === 1 && !Token.isUnresolved(zones[0])) {
    fail(
      scope,
      'TooFewZones',
      `a database needs subnets in at least two Availability Zones, got only ${zones[0]}; select subnets in two or, better, three`,
    );
  }
  if (zones.length <= STORAGE_ZONES) {
    return { subnets: selection, zones };
  }
  const first = zones.slice(0, STORAGE_ZONES);
  return { subnets: { subnets: selected.subnets.filter((s) => first.includes(s.availabilityZone)) }, zones: first };
}

/** The zones, in order. Subnets imported by their id alone do not know theirs, and say so by throwing. */
function knownZones(subnets: ec2.ISubnet[]): string[] {
  try {
    return [...new Set(subnets.map((subnet) => subnet.availabilityZone))];
  } catch {
    return [];
  }
}
