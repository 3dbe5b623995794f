import { fail } from '../core/private/fail';

/** How applications reach out of the VPC. */
export enum EgressRoute {
  /** Through a NAT gateway in their own zone. */
  NAT_GATEWAY_PER_ZONE = 'NAT_GATEWAY_PER_ZONE',
  /** Through one NAT gateway that all zones share. */
  SHARED_NAT_GATEWAY = 'SHARED_NAT_GATEWAY',
  /** Not at all: only VPC endpoints. */
  NONE = 'NONE',
}

/** What sharing one NAT gateway takes. */
export interface SharedNatGatewayOptions {
  /**
   * Why it is right that every zone loses its way out with the first one, for example `training, rebuilt from code`.
   * Repeated in the warning `cdk-resilient-ehr:sharedNatGateway`.
   */
  readonly acknowledgeZoneDependency: string;
}

/** How applications reach out of the VPC: software updates, partners' interfaces, AWS services without an endpoint. */
export class Egress {
  /**
   * A NAT gateway in every zone, so that the loss of a zone takes no other zone's way out. The default.
   *
   * @see https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateway-basics.html
   */
  public static natGatewayPerZone(): Egress {
    return new Egress(EgressRoute.NAT_GATEWAY_PER_ZONE, undefined);
  }

  /**
   * One NAT gateway for all zones: cheaper, and when its zone is lost no zone reaches out. For training and sandboxes.
   *
   * @throws MissingReason when the acknowledgement is empty
   */
  public static sharedNatGateway(options: SharedNatGatewayOptions): Egress {
    const reason = options.acknowledgeZoneDependency.trim();
    if (reason === '') {
      fail(
        undefined,
        'MissingReason',
        'acknowledgeZoneDependency must say why every zone may lose its way out with one, got an empty string',
      );
    }
    return new Egress(EgressRoute.SHARED_NAT_GATEWAY, reason);
  }

  /** No way out: applications reach AWS services through VPC endpoints, and nothing else. */
  public static none(): Egress {
    return new Egress(EgressRoute.NONE, undefined);
  }

  private constructor(
    /** The way out. */
    public readonly route: EgressRoute,
    /** Why all zones may depend on one, if they do. */
    public readonly acknowledgedZoneDependency: string | undefined,
  ) {}
}
