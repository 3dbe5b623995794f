import { type Assembly, identityOf, type Resource, reasonOf, transitGap, unknown, type Value } from '../model';
import { Component, type Unit } from './component';
import type { Network, Place } from './network';

const ATTACHMENTS = ['AWS::EC2::TransitGatewayVpcAttachment', 'AWS::EC2::TransitGatewayAttachment'];

/**
 * Attachments of VPCs to transit gateways, as the subnets of one zone see them: a zone without a subnet of the attachment does not
 * reach the transit gateway, whatever its routes say. https://docs.aws.amazon.com/vpc/latest/tgw/tgw-vpc-attachments.html
 */
export class Transit {
  private readonly seen = new Map<string, Component>();
  private byVpc?: Map<string, Resource[]>;

  public constructor(
    private readonly assembly: Assembly,
    private readonly network: Network,
  ) {}

  /** The attachment that a route of a subnet takes, in the zone of the subnet. */
  public behind(route: Resource, { subnet, zone }: Place): Component | undefined {
    const gateway = route.property('TransitGatewayId');
    if (gateway.kind === 'absent' || subnet === undefined) {
      return undefined;
    }
    const attachment = this.attachmentOf(subnet.property('VpcId'), gateway);
    const gap = attachment && transitGap(attachment, this.assembly, route.property('DestinationCidrBlock'))?.reason;
    const key = `${(attachment ?? route).id}|${typeof zone === 'string' ? zone : `?${zone.reason}`}|${gap ?? ''}`;
    const component = this.seen.get(key) ?? this.inZone(attachment ?? route, attachment, zone, gap);
    this.seen.set(key, component);
    return component;
  }

  private attachmentOf(vpc: Value, gateway: Value): Resource | undefined {
    this.byVpc ??= this.index();
    const found = this.byVpc.get(identityOf(vpc) ?? '') ?? [];
    return found.find((attachment) => nameOf(attachment.property('TransitGatewayId')) === nameOf(gateway));
  }

  private inZone(resource: Resource, attachment: Resource | undefined, zone: Place['zone'], gap?: string): Component {
    return new Component({
      resource,
      noun: attachment ? 'transit gateway attachment' : 'route to a transit gateway',
      role: 'path',
      mechanism: 'attachment',
      units: () => [withRoutes(this.unitIn(attachment, zone), gap)],
    });
  }

  private unitIn(attachment: Resource | undefined, zone: Place['zone']): Unit {
    const noun = 'network interface';
    if (!attachment || typeof zone !== 'string') {
      const open = typeof zone === 'string' ? unknown('the attachment of its VPC is not in the templates') : zone;
      return { noun, zone: open, count: 1 };
    }
    const zones = this.network.places(attachment.property('SubnetIds')).map((place) => place.zone);
    const undecided = zones.find((other) => typeof other !== 'string');
    if (zones.includes(zone) || !undecided) {
      return { noun, zone, count: zones.includes(zone) ? 1 : 0 };
    }
    return { noun, zone: undecided, count: 1 };
  }

  private index(): Map<string, Resource[]> {
    const index = new Map<string, Resource[]>();
    for (const attachment of this.assembly.resourcesOf(...ATTACHMENTS)) {
      const vpc = identityOf(attachment.property('VpcId'));
      if (vpc !== undefined) {
        index.set(vpc, [...(index.get(vpc) ?? []), attachment]);
      }
    }
    return index;
  }
}

/** Nothing passes an attachment that its gateway has no route for: whether somebody routes it elsewhere is open. */
function withRoutes(unit: Unit, gap: string | undefined): Unit {
  return gap === undefined || unit.count === 0 ? unit : { ...unit, count: unknown(gap) };
}

/** What a gateway is known by: where the templates do not say which one, by what would decide it. */
function nameOf(gateway: Value): string | undefined {
  return identityOf(gateway) ?? reasonOf(gateway);
}
