import type * as ec2 from 'aws-cdk-lib/aws-ec2';

/** Where a probe asks, to see what users of an ingress see. */
export interface ProbeTarget {
  /** The load balancer of this Region, by its own name. */
  readonly host: string;
  /** The name its certificate is for, and users ask for. */
  readonly serverName: string;
  /** The port. */
  readonly port: number;
  /**
   * Who has to let the probe in, where it asks from inside the VPC.
   *
   * @default - it asks from the internet, as everybody does
   */
  readonly connections?: ec2.Connections;
}
