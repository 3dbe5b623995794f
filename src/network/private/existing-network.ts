import { Stack, Token } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import type { Construct } from 'constructs';
import { fail, Problems } from '../../core/private/fail';
import { warn } from '../../core/private/warnings';
import type { ExistingNetworkProps } from '../network';
import type { INetwork, NetworkConfig } from '../network-ref';
import { networkIsRegional } from './network-is-regional';

/** The subnets of a network, by what they are for. */
type SubnetGroups = Pick<NetworkConfig, 'publicSubnets' | 'applicationSubnets' | 'databaseSubnets'>;

/** A VPC made elsewhere. */
export class ExistingNetwork implements INetwork {
  public constructor(private readonly props: ExistingNetworkProps) {}

  public bind(scope: Construct): NetworkConfig {
    const { vpc } = this.props;
    const subnets = this.subnetGroups(scope);
    return { vpc, ...subnets, zoneCount: this.zoneCount(scope, subnets), cidr: cidrOf(vpc) };
  }

  public inRecoveryRegion(): INetwork {
    return networkIsRegional(`the existing VPC ${this.props.vpc.node.path}`);
  }

  private subnetGroups(scope: Construct): SubnetGroups {
    const { vpc } = this.props;
    const pending = isPending(vpc);
    const problems = new Problems(scope, 'SubnetsNotFound');
    const require = (name: keyof SubnetGroups, selection: ec2.SubnetSelection) => {
      problems.require(
        pending || count(vpc, selection) > 0,
        `${name} selects no subnet of VPC ${vpc.node.path}, which has ${inventory(vpc)}; give ${name} the selection that does`,
      );
      return selection;
    };
    const applicationSubnets = require('applicationSubnets', this.props.applicationSubnets ?? {
      subnets: vpc.privateSubnets,
    });
    const databaseSubnets = require('databaseSubnets', this.props.databaseSubnets ?? {
      subnets: isolatedElsePrivate(vpc),
    });
    // a network without public subnets is complete: only the hospital's own networks reach it
    const publicSubnets = this.props.publicSubnets
      ? require('publicSubnets', this.props.publicSubnets)
      : { subnets: vpc.publicSubnets };
    problems.throwIfAny();
    return { publicSubnets, applicationSubnets, databaseSubnets };
  }

  private zoneCount(scope: Construct, subnets: SubnetGroups): number | undefined {
    const { vpc, zoneCount: stated } = this.props;
    if (isPending(vpc)) {
      return stated;
    }
    this.requireZones(scope, subnets);
    const found = zones(vpc, subnets.applicationSubnets)?.size;
    if (found === undefined && stated === undefined) {
      warn(
        scope,
        'unknownZones',
        `the zones of VPC ${vpc.node.path} are only known at deployment; state zoneCount, the zones its application subnets span`,
      );
    }
    if (found !== undefined && stated !== undefined && found !== stated) {
      fail(
        scope,
        'ZoneCountMismatch',
        `the application subnets of VPC ${vpc.node.path} span ${found} Availability Zones, got zoneCount: ${stated}; leave zoneCount out`,
      );
    }
    const known = found ?? stated;
    if (known === 2) {
      warn(
        scope,
        'twoZones',
        `the application subnets of VPC ${vpc.node.path} span 2 Availability Zones: the loss of one leaves no redundancy, and takes twice the capacity to survive`,
      );
    }
    return known;
  }

  private requireZones(scope: Construct, subnets: SubnetGroups): void {
    const problems = new Problems(scope, 'TooFewZones');
    const { vpc } = this.props;
    for (const [name, selection] of Object.entries(subnets)) {
      const found = count(vpc, selection) > 0 ? zones(vpc, selection) : undefined;
      problems.require(
        found === undefined || found.size >= 2,
        `${name} must span 2 or more Availability Zones so that the loss of one leaves another, got ${[...(found ?? [])].join(', ')}; add subnets of VPC ${vpc.node.path} in another zone`,
      );
    }
    const stated = this.props.zoneCount ?? 2;
    problems.require(Number.isInteger(stated) && stated >= 2, `zoneCount must be 2 or more, got ${stated}`);
    problems.throwIfAny();
  }
}

/** Whether the VPC still has the stand-in subnets of the first synthesis, before `Vpc.fromLookup` could look. */
function isPending(vpc: ec2.IVpc): boolean {
  return vpc.selectSubnets({ subnets: [] }).isPendingLookup ?? false;
}

function isolatedElsePrivate(vpc: ec2.IVpc): ec2.ISubnet[] {
  return vpc.isolatedSubnets.length > 0 ? vpc.isolatedSubnets : vpc.privateSubnets;
}

function count(vpc: ec2.IVpc, selection: ec2.SubnetSelection): number {
  return vpc.selectSubnets(selection).subnets.length;
}

function inventory(vpc: ec2.IVpc): string {
  const { publicSubnets, privateSubnets, isolatedSubnets } = vpc;
  return `${publicSubnets.length} public, ${privateSubnets.length} private with egress and ${isolatedSubnets.length} isolated subnets`;
}

/** The different zones of a selection; undefined where one is only known at deployment. */
function zones(vpc: ec2.IVpc, selection: ec2.SubnetSelection): Set<string> | undefined {
  const found = vpc.selectSubnets(selection).subnets.map(zoneOf);
  return found.some((zone) => zone === undefined) ? undefined : new Set(found as string[]);
}

/** A zone's name, or its slot in the list of the Region's zones: slots differ, whatever their names will be. */
function zoneOf(subnet: ec2.ISubnet): string | undefined {
  const zone = statedZone(subnet);
  if (zone === undefined || !Token.isUnresolved(zone)) {
    return zone;
  }
  const { 'Fn::Select': slot } = Stack.of(subnet).resolve(zone) as {
    'Fn::Select'?: [number | string, object | string[]];
  };
  return slot && 'Fn::GetAZs' in slot[1] ? `slot ${slot[0]}` : undefined;
}

/** A subnet imported by its id alone throws when it is asked for its zone. */
function statedZone(subnet: ec2.ISubnet): string | undefined {
  try {
    return subnet.availabilityZone;
  } catch {
    return undefined;
  }
}

function cidrOf(vpc: ec2.IVpc): string | undefined {
  const resource = vpc.node.defaultChild;
  const cidr = ec2.CfnVPC.isCfnVPC(resource) ? resource.cidrBlock : statedCidr(vpc);
  return cidr === undefined || Token.isUnresolved(cidr) ? undefined : cidr;
}

/** A VPC imported without its range throws when it is asked for it. */
function statedCidr(vpc: ec2.IVpc): string | undefined {
  try {
    return vpc.vpcCidrBlock;
  } catch {
    return undefined;
  }
}
