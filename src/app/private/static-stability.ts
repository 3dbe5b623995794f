import type { Construct } from 'constructs';
import { fail } from '../../core/private/fail';
import { warn } from '../../core/private/warnings';
import type { ComputeBindOptions } from '../compute-ref';

/** Capacity that needs no change when a zone is lost. */
export interface StableCapacity {
  /** Units that carry the load asked for. */
  readonly needed: number;
  /** Units that run all the time. */
  readonly running: number;
}

/** Zones assumed where the number is only known at deployment: two ask for the most capacity. */
export const ASSUMED_ZONES = 2;

/**
 * The capacity of static stability: what is left after losing one of `zones` zones still carries the load, without
 * launching anything. 30 units over 3 zones take 45; over 2 zones they take 60.
 *
 * @see https://docs.aws.amazon.com/whitepapers/latest/aws-fault-isolation-boundaries/static-stability.html
 */
export function stableCapacity(peak: number, zones: number, capacityPercent: number): StableCapacity {
  if (zones < 2) {
    fail(undefined, 'TooFewZones', `surviving the loss of a zone takes at least 2 zones, got ${zones}`);
  }
  const needed = standbyNeed(peak, capacityPercent);
  return { needed, running: Math.ceil(needed / (zones - 1)) * zones };
}

/** The zones to compute with. Where they are only known at deployment, the number that takes the most. */
export function zonesOf(scope: Construct, { network }: ComputeBindOptions): number {
  if (network.zoneCount === undefined) {
    warn(
      scope,
      'unknownZones',
      `the number of Availability Zones is only known at deployment, so capacity is computed for ${ASSUMED_ZONES}, which takes the most; declare the zones of the network to run fewer`,
    );
  }
  return network.zoneCount ?? ASSUMED_ZONES;
}

/** Units that carry the share of the peak that runs all the time. */
export function standbyNeed(peak: number, capacityPercent: number): number {
  return Math.ceil((peak * capacityPercent) / 100);
}
