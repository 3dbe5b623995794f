import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import type { Construct } from 'constructs';
import type { DataProtection } from '../core';

/** What a network is told when it is bound to a system. */
export interface NetworkBindOptions {
  /** The system's name. */
  readonly systemName: string;
  /** What becomes of flow logs when the system is removed. */
  readonly dataProtection: DataProtection;
}

/** Where a system runs. */
export interface NetworkConfig {
  /** The VPC. */
  readonly vpc: ec2.IVpc;
  /** Subnets for what the internet reaches; an empty selection, `{ subnets: [] }`, where the network has none. */
  readonly publicSubnets: ec2.SubnetSelection;
  /** Subnets for the application: they reach out, nothing reaches in but through a load balancer. */
  readonly applicationSubnets: ec2.SubnetSelection;
  /** Subnets for data: no way in or out of the VPC, unless an existing VPC has none such. */
  readonly databaseSubnets: ec2.SubnetSelection;
  /**
   * Availability Zones the application subnets span.
   *
   * @default - unknown: the zones of an imported VPC are only known at deployment
   */
  readonly zoneCount?: number;
  /**
   * The VPC's IPv4 range.
   *
   * @default - unknown
   */
  readonly cidr?: string;
}

/** A network a system can run in. Made by `Network`, or your own. */
export interface INetwork {
  /** Called by the system; do not call this yourself. */
  bind(scope: Construct, options: NetworkBindOptions): NetworkConfig;

  /**
   * The network for the other Region of the system when nobody gives one: the same definition with a range that does not
   * overlap, so that both can be routed to one hospital.
   *
   * @throws NetworkIsRegional when it only exists in one Region, as an imported VPC does
   * @throws NoNextCidr when no range of the same size follows inside the same private range
   */
  inRecoveryRegion(): INetwork;
}
