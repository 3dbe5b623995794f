import type { MultiAzClinicalApp } from '../multi-az-clinical-app';
import { ASSUMED_ZONES, standbyNeed } from './static-stability';

/** Let AWS move traffic away from an impaired zone, where the system asks for that. */
export function shiftZones(app: MultiAzClinicalApp): void {
  const { definition, systemName, notifications, compute, ingress, network } = app;
  const { zonalAutoshift, _recoverySide } = definition;
  const { peak, running, unit } = compute.capacity;
  zonalAutoshift?._bind(app, {
    systemName,
    targets: [...ingress, compute].flatMap(({ zonalShift }) => zonalShift ?? []),
    notifications,
    deadLetterQueue: zonalAutoshift._announces ? app._keepUndelivered() : undefined,
    needed: standbyNeed(peak, _recoverySide?.capacityPercent ?? 100),
    running,
    unit,
    runsOnce: compute.runsOnce ?? false,
    zones: network.zoneCount ?? ASSUMED_ZONES,
    feltByUsers: ingress.flatMap((way) => [...(way.outageAlarms ?? way.alarms), ...way.deploymentAlarms]),
  });
}
