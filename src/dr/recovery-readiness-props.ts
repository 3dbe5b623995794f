import type { Duration } from 'aws-cdk-lib';
import type { CrossRegionDr } from './cross-region-dr';

/** Properties of a RecoveryReadiness. */
export interface RecoveryReadinessProps {
  /** Whose Regions are compared. */
  readonly dr: CrossRegionDr;
  /**
   * How often, 5 minutes to 6 hours. Alarms go off after two times in a row, so that a deployment or a rotation in between does not
   * set them off.
   *
   * @default - a quarter of the RTO for REGION, 5 minutes to one hour: judgement
   */
  readonly interval?: Duration;
  /**
   * How long certificates of the watching Region have to be valid still, 1 to 45 days. AWS Certificate Manager renews those that it issued
   * before, unless the proof in DNS is gone; imported ones it does not renew.
   *
   * @default Duration.days(30)
   * @see https://docs.aws.amazon.com/acm/latest/userguide/managed-renewal.html
   */
  readonly certificateValidity?: Duration;
  /**
   * Watch the other direction as well, in the primary Region: whether that could take users back after a failover, or over from a recovery Region
   * that is lost in its turn. It is in the templates whichever Region users are in, so that nothing has to be deployed for it in a disaster,
   * and costs as much again.
   *
   * @default false - after a failover only the recovery Region is watched, which then serves
   */
  readonly watchReturn?: boolean;
}
