import { DnsFailover, type DnsFailoverOptions } from './dns-failover';
import type { IFailover } from './failover-ref';
import { ManualFailover, type ManualFailoverOptions } from './manual-failover';
import { RegionSwitchFailover, type RegionSwitchOptions } from './region-switch-failover';
import { RoutingControlFailover, type RoutingControlOptions } from './routing-control-failover';

/** How users move from one Region to the other. */
export class Failover {
  /**
   * Amazon Route 53 answers with the recovery Region while the primary Region does not, or while somebody says so. Everything
   * on this path is a data plane that survives the primary Region: Route 53 health checkers and name servers, and CloudWatch in
   * the recovery Region.
   *
   * Not in AWS GovCloud (US), where Route 53 has neither public hosted zones nor health checks on alarms.
   */
  public static dns(options: DnsFailoverOptions = {}): IFailover {
    return new DnsFailover(options);
  }

  /**
   * A plan of ARC Region switch takes the steps, once somebody has approved: compute to full size, the database, your smoke test,
   * users last. DNS fails over as with `dns()` meanwhile, so that people can read before anybody decides.
   *
   * ARC charges per plan and month. The plan is made in us-east-1, where its control plane is, and run in the Region that is activated.
   */
  public static regionSwitch(options: RegionSwitchOptions): IFailover {
    return new RegionSwitchFailover(options);
  }

  /**
   * Users are where a routing control of Amazon Application Recovery Controller says: the lever whose state five Regions keep. Nothing
   * moves by itself.
   */
  public static routingControl(options: RoutingControlOptions): IFailover {
    return new RoutingControlFailover(options);
  }

  /** Somebody else moves the users: a global load balancer, the hospital's own DNS, a procedure. */
  public static manual(options: ManualFailoverOptions): IFailover {
    return new ManualFailover(options);
  }

  private constructor() {}
}
