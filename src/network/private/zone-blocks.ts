import { Token } from 'aws-cdk-lib';
import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import type { IConstruct } from 'constructs';
import { addressCount, type Cidr, formatCidr, parseCidr } from '../../core/private/cidr';
import { fail } from '../../core/private/fail';

/** The names of the subnet groups; they are part of logical ids, so none is ever renamed. */
export const PUBLIC = 'Public';
export const APPLICATION = 'Application';
export const DATABASE = 'Database';

/** Where a group lies in the block of its zone: half of it for applications, a quarter for each of the others. */
const PLACES: Record<string, { readonly share: number; readonly offset: number }> = {
  [APPLICATION]: { share: 2, offset: 0 },
  [DATABASE]: { share: 4, offset: 2 },
  [PUBLIC]: { share: 4, offset: 3 },
};

/** A VPC holds this many zone blocks, of which at most six are used: the rest is room to grow. */
const ZONE_BLOCKS = 8;

/** The largest range a VPC can have, and the smallest whose zones have the /27 a load balancer needs. */
const PREFIXES = { shortest: 16, longest: 22 };

/**
 * Gives every zone one contiguous block, an eighth of the VPC, whatever the number of zones. CDK's own allocation fills
 * one group after another, so that adding a zone moves, and thereby replaces, the subnets of those after it.
 */
export class ZoneBlocks implements ec2.IIpAddresses {
  /**
   * Cut the blocks from a range.
   *
   * https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html
   * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/application-load-balancers.html#subnets-load-balancer
   */
  public static cutFrom(scope: IConstruct, cidr: string): ZoneBlocks {
    const { shortest, longest } = PREFIXES;
    const expected = `cidr must be an IPv4 range of /${shortest} to /${longest}`;
    if (Token.isUnresolved(cidr)) {
      fail(scope, 'InvalidCidr', `${expected} known at synthesis, got a token; the subnets are cut from it`);
    }
    const range = parseCidr(cidr);
    if (!range) {
      fail(scope, 'InvalidCidr', `${expected} that starts at its first address, as 10.0.0.0/16 does, got ${cidr}`);
    }
    if (range.prefix < shortest || range.prefix > longest) {
      fail(
        scope,
        'InvalidCidr',
        `${expected}, got ${cidr}; a VPC cannot be larger, and in a smaller one the public subnets of a zone are too small for a load balancer`,
      );
    }
    return new ZoneBlocks(range);
  }

  private constructor(private readonly range: Cidr) {}

  public allocateVpcCidr(): ec2.VpcIpamOptions {
    return { cidrBlock: formatCidr(this.range) };
  }

  public allocateSubnetsCidr({ requestedSubnets }: ec2.AllocateCidrRequest): ec2.SubnetIpamOptions {
    const zones = [...new Set(requestedSubnets.map((subnet) => subnet.availabilityZone))];
    return {
      allocatedSubnets: requestedSubnets.map(({ availabilityZone, configuration }) => ({
        cidr: this.subnet(zones.indexOf(availabilityZone), configuration.name),
      })),
    };
  }

  private subnet(zone: number, group: string): string {
    const { share, offset } = PLACES[group];
    const block = addressCount(this.range.prefix) / ZONE_BLOCKS;
    return formatCidr({
      first: this.range.first + zone * block + (offset * block) / 4,
      prefix: this.range.prefix + Math.log2(ZONE_BLOCKS * share),
    });
  }
}
