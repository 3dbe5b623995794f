import { RemovalPolicy, Tags, Token } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import type * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import type { Construct } from 'constructs';
import type { DataProtection } from '../core';
import { isUsableAddress } from '../core/private/cidr';
import { Problems } from '../core/private/fail';

/** Where the addresses go: one subnet for each zone. */
interface AddressBindOptions {
  readonly systemName: string;
  readonly subnets: ec2.ISubnet[];
  readonly dataProtection: DataProtection;
}

/** What the load balancer is made with. */
interface AddressPlan {
  readonly subnetMappings: elbv2.SubnetMapping[];
  /** The addresses in the order of the subnets, where they are known or will be. */
  readonly addresses: string[];
}

/**
 * The one address that a Network Load Balancer has in each Availability Zone, which a hospital's firewall and its senders name.
 *
 * Every choice keeps an address for as long as the load balancer lives. They differ in who chooses it, and whether it outlives it.
 *
 * Decide before the first deployment: Elastic Load Balancing takes zones that are added, and refuses other addresses or subnets in those
 * it has, so a deployment that changes them fails and is rolled back. To change them, add an ingress at the end and move the
 * senders. The former one stays, unless it is the last: ingress is known by its place in the list.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_SetSubnets.html
 */
export class FixedAddresses {
  /** AWS takes a free private address of each subnet. Find out after the deployment; a load balancer that is replaced has others. */
  public static assigned(): FixedAddresses {
    return new FixedAddresses(false, [], (_, { subnets }) => ({
      subnetMappings: subnets.map((subnet) => ({ subnet })),
      addresses: [],
    }));
  }

  /**
   * Private addresses of your own choice, one for each zone in the order of the network's subnets, so that a firewall can be set up
   * before the deployment. The first four addresses of a subnet, and its last, belong to AWS. They exist in one Region: give
   * `CrossRegionDr` an ingress with others.
   *
   * @throws AddressesDoNotFit when there is not one for each zone, or one is not in its subnet
   */
  public static privateIpv4(...addresses: string[]): FixedAddresses {
    return new FixedAddresses(false, addresses, (scope, { subnets }) => {
      const problems = new Problems(scope, 'AddressesDoNotFit');
      requireOneForEach(problems, addresses, subnets);
      subnets.slice(0, addresses.length).forEach((subnet, zone) => {
        const block = blockOf(subnet);
        problems.require(
          block === undefined || isUsableAddress(addresses[zone], block),
          `address ${addresses[zone]} is none that can be given in ${block}, the subnet of zone ${zone + 1}; the first four and the last belong to AWS`,
        );
      });
      problems.throwIfAny();
      return {
        subnetMappings: subnets.map((subnet, zone) => ({ subnet, privateIpv4Address: addresses[zone] })),
        addresses,
      };
    });
  }

  /**
   * New Elastic IP addresses, one for each zone: the load balancer faces the internet. They stay when the system is removed, because
   * firewalls elsewhere name them. An account may have five in a Region until it asks for more, and each NAT gateway takes one.
   *
   * Costs an hourly fee for each public address.
   *
   * @see https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html
   */
  public static elasticIps(): FixedAddresses {
    return new FixedAddresses(true, [], (scope, options) => {
      const made = options.subnets.map((_, zone) => elasticIp(scope, zone + 1, options));
      return {
        subnetMappings: options.subnets.map((subnet, zone) => ({ subnet, allocationId: made[zone].attrAllocationId })),
        addresses: made.map(({ ref }) => ref),
      };
    });
  }

  /**
   * Elastic IP addresses that exist, by allocation id, one for each zone: the load balancer faces the internet. They exist in one
   * Region: give `CrossRegionDr` an ingress with others.
   *
   * @throws AddressesDoNotFit when there is not one for each zone
   */
  public static existingElasticIps(...allocationIds: string[]): FixedAddresses {
    return new FixedAddresses(true, allocationIds, (scope, { subnets }) => {
      const problems = new Problems(scope, 'AddressesDoNotFit');
      requireOneForEach(problems, allocationIds, subnets);
      for (const id of allocationIds) {
        problems.require(
          Token.isUnresolved(id) || id.startsWith('eipalloc-'),
          `"${id}" is no allocation id; they start with eipalloc-`,
        );
      }
      problems.throwIfAny();
      return {
        subnetMappings: subnets.map((subnet, zone) => ({ subnet, allocationId: allocationIds[zone] })),
        addresses: [],
      };
    });
  }

  private constructor(
    /** @internal */
    public readonly _internetFacing: boolean,
    /** @internal What exists in one Region only. */
    public readonly _regional: string[],
    private readonly plan: (scope: Construct, options: AddressBindOptions) => AddressPlan,
  ) {}

  /** @internal */
  public _bind(scope: Construct, options: AddressBindOptions): AddressPlan {
    return this.plan(scope, options);
  }
}

function requireOneForEach(problems: Problems, given: string[], subnets: ec2.ISubnet[]): void {
  problems.require(
    given.length === subnets.length,
    `the network has ${subnets.length} zones, each of which needs an address, got ${given.length}: ${given.join(', ')}`,
  );
}

/** The range of a subnet where it is known: that of an imported one may be a token, or not there at all. */
function blockOf(subnet: ec2.ISubnet): string | undefined {
  try {
    return Token.isUnresolved(subnet.ipv4CidrBlock) ? undefined : subnet.ipv4CidrBlock;
  } catch {
    return undefined;
  }
}

function elasticIp(scope: Construct, zone: number, { systemName, dataProtection }: AddressBindOptions): ec2.CfnEIP {
  const address = new ec2.CfnEIP(scope, `Address${zone}`, { domain: 'vpc' });
  address.applyRemovalPolicy(dataProtection.retained ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY);
  Tags.of(address).add('Name', `${systemName} zone ${zone}`);
  return address;
}
