import type * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import type { MultiAzClinicalApp } from '../multi-az-clinical-app';
import type { BoundProbe } from '../probes';
import { UnusualLoad } from './unusual-load';

/** Ask from outside the application, unless nothing runs that could answer. */
export function probe(app: MultiAzClinicalApp): BoundProbe[] {
  const { definition, systemName, network, health, ingress, dataProtection, objectives, compute } = app;
  if (!definition.probes || compute.capacity.running === 0) {
    return [];
  }
  return definition.probes._bind(new Construct(app, 'Probes'), {
    systemName,
    network,
    health,
    ingress,
    dataProtection,
    downtimeTrigger: objectives.downtimeTrigger,
  });
}

/** Fewer requests than usual mean nothing where usually there are none. */
export function unusualLoad(app: MultiAzClinicalApp): cloudwatch.Alarm[] {
  const { definition, ingress } = app;
  if (!definition.watchUnusualLoad || definition._recoverySide) {
    return [];
  }
  const scope = new Construct(app, 'UnusualLoad');
  return ingress.flatMap(({ applicationLoadBalancer: loadBalancer }, index) =>
    loadBalancer ? new UnusualLoad(scope, `WayIn${index + 1}`, loadBalancer).alarms : [],
  );
}

/** Alarms on how fast the errors come that the target of availability allows. */
export function pursueAvailability(app: MultiAzClinicalApp): void {
  const { definition, systemName, notifications } = app;
  const { availabilityTarget: target } = definition;
  if (!target) {
    return;
  }
  const scope = new Construct(app, 'AvailabilityTarget');
  app.ingress.forEach(({ applicationLoadBalancer: loadBalancer }, index) => {
    if (loadBalancer) {
      target._bind(scope, { systemName, notifications, loadBalancer, wayIn: index + 1 });
    }
  });
}
