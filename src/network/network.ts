import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import type { ClinicalNetwork, ClinicalNetworkProps } from './clinical-network';
import type { INetwork } from './network-ref';
import { DedicatedNetwork } from './private/dedicated-network';
import { ExistingNetwork } from './private/existing-network';
import { SharedNetwork } from './private/shared-network';

/** A VPC made elsewhere, and which of its subnets to use. */
export interface ExistingNetworkProps {
  /** The VPC: your own, looked up with `Vpc.fromLookup`, or imported with `Vpc.fromVpcAttributes`. */
  readonly vpc: ec2.IVpc;
  /**
   * Subnets for what the internet reaches.
   *
   * @default - the VPC's public subnets; none is an empty selection, and then nothing can face the internet
   */
  readonly publicSubnets?: ec2.SubnetSelection;
  /**
   * Subnets for the application.
   *
   * @default - the VPC's private subnets with egress
   */
  readonly applicationSubnets?: ec2.SubnetSelection;
  /**
   * Subnets for data.
   *
   * @default - the VPC's isolated subnets, or its private subnets with egress where it has none
   */
  readonly databaseSubnets?: ec2.SubnetSelection;
  /**
   * Availability Zones the application subnets span, for a VPC whose zones are only known at deployment. Capacity for the
   * loss of a zone is computed from it, so state what is true.
   *
   * @default - what the subnets say
   */
  readonly zoneCount?: number;
}

/** Networks a system can run in. */
export class Network {
  /**
   * A network of the system's own, made inside it: a `ClinicalNetwork`.
   *
   * For the recovery Region it repeats itself with the next range of the same size (`10.0.0.0/16`, then `10.1.0.0/16`), the
   * same number of zones, and neither the zone names nor the key, which belong to the first Region.
   */
  public static dedicated(props: ClinicalNetworkProps = {}): INetwork {
    return new DedicatedNetwork(props);
  }

  /**
   * A `ClinicalNetwork` that several systems share. It exists in one Region: the recovery side needs its own.
   */
  public static shared(network: ClinicalNetwork): INetwork {
    return new SharedNetwork(network);
  }

  /**
   * A VPC made elsewhere. When it is bound, its application, data and (where there are any) public subnets must each span two
   * zones or more, as far as the zones are known.
   *
   * What it cannot see stays yours to check: that each zone has its own NAT gateway and route tables, flow logs, endpoints.
   */
  public static existing(props: ExistingNetworkProps): INetwork {
    return new ExistingNetwork(props);
  }

  private constructor() {}
}
