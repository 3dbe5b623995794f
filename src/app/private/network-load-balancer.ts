import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import type { Construct } from 'constructs';
import { acknowledge } from '../../core/private/acknowledgements';
import { fail } from '../../core/private/fail';
import type { FixedAddresses } from '../fixed-addresses';
import type { IngressBindOptions, ZonalEntry } from '../ingress-ref';

/** What a load balancer for TCP is made of. */
export interface NetworkLoadBalancerOptions {
  readonly addresses: FixedAddresses;
  readonly crossZone: boolean;
  /** Whether senders come through AWS PrivateLink, which asks by principal, and not by address. */
  readonly privateLinkOnly?: boolean;
}

/** A load balancer, and what senders may call it in each zone. */
export interface ZonalLoadBalancer {
  readonly loadBalancer: elbv2.NetworkLoadBalancer;
  readonly zones: ZonalEntry[];
}

/** A Network Load Balancer in every zone, which can be shifted away from one, with a security group from the start. */
export function networkLoadBalancer(
  scope: Construct,
  { systemName, network, dataProtection }: IngressBindOptions,
  { addresses, crossZone, privateLinkOnly = false }: NetworkLoadBalancerOptions,
): ZonalLoadBalancer {
  const { vpc, publicSubnets, applicationSubnets } = network;
  const internetFacing = addresses._internetFacing;
  const { subnets, internetConnectivityEstablished } = vpc.selectSubnets({
    ...(internetFacing ? publicSubnets : applicationSubnets),
    onePerAz: true,
  });
  if (subnets.length < 2) {
    fail(
      scope,
      'TooFewZones',
      `the load balancer needs ${internetFacing ? 'public ' : ''}subnets in at least 2 zones, got ${subnets.length}; ${internetFacing ? 'give the network public subnets, or use private addresses' : 'give the network more zones'}`,
    );
  }
  const plan = addresses._bind(scope, { systemName, subnets, dataProtection });
  const loadBalancer = new elbv2.NetworkLoadBalancer(scope, 'LoadBalancer', {
    vpc,
    internetFacing,
    subnetMappings: plan.subnetMappings,
    // one that is made without can never get any: https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-security-groups.html
    securityGroups: [
      new ec2.SecurityGroup(scope, 'SecurityGroup', {
        vpc,
        description: `Load balancer of ${systemName}`,
        allowAllOutbound: false,
      }),
    ],
    enforceSecurityGroupInboundRulesOnPrivateLinkTraffic: privateLinkOnly ? false : undefined,
    crossZoneEnabled: crossZone,
    // clients inside the VPC stay in their zone; those that come over a hospital's link ask other resolvers
    clientRoutingPolicy: crossZone ? undefined : elbv2.ClientRoutingPolicy.AVAILABILITY_ZONE_AFFINITY,
    zonalShift: true,
    deletionProtection: dataProtection.retained,
  });
  if (internetFacing) {
    // CDK leaves this out where subnets are mapped to addresses
    loadBalancer.node.defaultChild?.node.addDependency(internetConnectivityEstablished);
  }
  if (!dataProtection.retained) {
    acknowledge(loadBalancer, 'removableLoadBalancer');
  }
  return {
    loadBalancer,
    zones: subnets.map(({ availabilityZone }, zone) => ({
      availabilityZone,
      // https://docs.aws.amazon.com/elasticloadbalancing/latest/network/network-load-balancers.html#dns-name
      dnsName: `${availabilityZone}.${loadBalancer.loadBalancerDnsName}`,
      address: plan.addresses[zone],
    })),
  };
}
