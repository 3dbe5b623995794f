import type { Duration } from 'aws-cdk-lib';

/** What a zonal shift moves traffic away from a zone on. */
export interface ZonalShiftTarget {
  /** ARN of the load balancer, Auto Scaling group or cluster, which allows zonal shifts. */
  readonly resourceArn: string;
  /**
   * From a shift until no client uses the zone any more: the life of a DNS answer, and of an open connection.
   *
   * @default - unknown: connections stay open for as long as their clients keep them
   */
  readonly settlesIn?: Duration;
}
