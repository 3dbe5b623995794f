/** How a store comes back, in another Region, from a copy of a recovery point. */
export interface StoreRestoration {
  /** What AWS Backup calls such stores: `RDS`, `Aurora`, `FSx`, `DynamoDB` or `EC2`. */
  readonly resourceType: string;
  /** Construct path of what its recovery points are of. */
  readonly path: string;
  /**
   * What to do with the recovery point before the deployment, as commands for a terminal in which `$ARN` is the ARN of the recovery
   * point, `$ROLE` that of the role AWS Backup restores under, and `$KEY` that of the customer key.
   *
   * @default - nothing: the deployment makes the store from the recovery point
   */
  readonly before?: string[];
}
