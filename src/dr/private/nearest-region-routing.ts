import type {
  ActiveRoutingOptions,
  FailoverBindOptions,
  IActiveRouting,
  RegionDepartureCommands,
} from '../failover-ref';
import { RegionDeparture } from './region-departure';

/**
 * Latency records in both Regions, each with a health check and a latch of its own. Not weights: a client that asks for the address again
 * would be sent to one Region and then the other, faster than a table replicates, and not find what it wrote.
 */
export class NearestRegionRouting implements IActiveRouting {
  public constructor(
    private readonly bound: FailoverBindOptions,
    private readonly automatic: boolean,
    private readonly failureThreshold: number,
  ) {}

  public serveBoth(options: ActiveRoutingOptions): RegionDepartureCommands {
    const { systemName, primaryRegion, primaryScope, routes, health } = this.bound;
    const { recoveryRoutes, recoveryScope, primaryNotifications } = options;
    for (const route of [...routes, ...recoveryRoutes]) {
      route.serveNearestUsers();
    }
    const { latch, reclaimCommand } = new RegionDeparture(recoveryScope, {
      systemName,
      destination: primaryRegion,
      latchScope: primaryScope,
      notifications: primaryNotifications,
      routes: recoveryRoutes,
      health,
      automatic: this.automatic,
      failureThreshold: this.failureThreshold,
    });
    return { leaveCommand: latch.command(1), returnCommand: latch.command(0), reclaimCommand };
  }
}
