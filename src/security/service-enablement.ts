import type { Enablement } from './enablement';

/** Who turns on each service. */
export interface ServiceEnablement {
  /** @default Enablement.cloudFormation() */
  readonly guardDuty?: Enablement;
  /** @default Enablement.cloudFormation() */
  readonly securityHubCspm?: Enablement;
  /** @default Enablement.cloudFormation() */
  readonly securityHub?: Enablement;
  /** @default Enablement.cloudFormation() */
  readonly config?: Enablement;
  /**
   * A trail cannot be adopted: an account may have several, so this one gets a name of its own.
   *
   * @default Enablement.cloudFormation()
   */
  readonly auditTrail?: Enablement;
  /** @default Enablement.cloudFormation() */
  readonly accessAnalyzer?: Enablement;
  /**
   * Only where Macie is asked for.
   *
   * @default Enablement.cloudFormation()
   */
  readonly macie?: Enablement;
  /**
   * Only where Detective is asked for.
   *
   * @default Enablement.cloudFormation()
   */
  readonly detective?: Enablement;
}
