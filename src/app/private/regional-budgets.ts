import { Duration } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import {
  FailureScope,
  type HealthProfile,
  RecoveryAutomation,
  type RecoveryBudget,
  type RecoveryStep,
  type ResilienceObjectives,
} from '../../core';
import { Problems } from '../../core/private/fail';
import type { StoreRecovery } from '../../data';
import type { IngressConfig } from '../ingress-ref';
import { ADDRESS_TTL } from './load-balancer-outage';

const HEALTH_CHECKS = {
  application: 'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html',
  network: 'https://docs.aws.amazon.com/elasticloadbalancing/latest/network/target-group-health-checks.html',
};

/** The load balancer's own address in the lost zone has to be forgotten as well. */
const ZONE_LEAVES_DNS: RecoveryStep = {
  description: 'Clients let go of the address of the load balancer in the lost zone',
  duration: ADDRESS_TTL,
  automation: RecoveryAutomation.AUTOMATIC,
  source:
    'TTL of a load balancer: https://docs.aws.amazon.com/elasticloadbalancing/latest/userguide/how-elastic-load-balancing-works.html',
};

/** What recovery inside a Region follows from. */
export interface RegionalDesign {
  readonly health: HealthProfile;
  readonly ingress: IngressConfig[];
  readonly objectives: ResilienceObjectives;
  /** What each store claims, and compute where something of it has to start. */
  readonly stores: StoreRecovery[][];
}

/** Compute what failures inside the Region take to recover from; stop where that is more than the objectives allow. */
export function requireRegionalObjectives(scope: Construct, design: RegionalDesign): RecoveryBudget[] {
  const budgets = regionalBudgets(design);
  const problems = new Problems(scope, 'ObjectivesNotMet');
  for (const budget of budgets) {
    const { rto, rpo } = design.objectives.forScope(budget.scope);
    const seconds = budget.untilReadable.reduce((sum, { duration }) => sum + duration.toSeconds(), 0);
    const steps = budget.untilReadable.map(({ description }) => description).join('; then ');
    problems.require(
      seconds <= rto.toSeconds(),
      `losing one ${budget.scope} takes ${seconds} seconds to recover from, more than the RTO of ${rto.toHumanString()}: ${steps}`,
    );
    problems.require(
      budget.recoveryPoint.toSeconds() <= rpo.toSeconds(),
      `losing one ${budget.scope} may lose ${budget.recoveryPoint.toHumanString()}, more than the RPO of ${rpo.toHumanString()}`,
    );
  }
  problems.throwIfAny();
  return budgets;
}

/**
 * What losing one task, or one zone, takes: noticing it, while stores fail over by themselves. Nothing is started where
 * what is left carries the load; compute that has to start something claims that as a store does. A scope with a store that claims nothing, or no time, has no budget: it is unknown.
 */
function regionalBudgets({ health, ingress, stores }: RegionalDesign): RecoveryBudget[] {
  const slowest = slowestProbe(health, ingress);
  return [FailureScope.COMPONENT, FailureScope.AVAILABILITY_ZONE].flatMap((scope) => {
    const claims = stores.map((claimed) => claimed.find((recovery) => recovery.scope === scope));
    const known = claims.filter((claim): claim is TimedRecovery => claim?.recoveryTime !== undefined);
    return known.length === claims.length ? [budget(scope, slowest, known)] : [];
  });
}

type TimedRecovery = StoreRecovery & { readonly recoveryTime: Duration };

/** How a load balancer notices. */
interface Probe {
  readonly health: HealthProfile;
  readonly source: string;
}

/** Every way in has to notice: the one that takes longest counts. */
function slowestProbe(health: HealthProfile, ingress: IngressConfig[]): Probe {
  const probes = ingress.map(
    (way): Probe => ({
      health: way.health ?? health,
      source: way.networkLoadBalancer ? HEALTH_CHECKS.network : HEALTH_CHECKS.application,
    }),
  );
  const seconds = (probe: Probe) => probe.health.detectionTime.toSeconds();
  return probes.reduce((slowest, probe) => (seconds(probe) > seconds(slowest) ? probe : slowest));
}

function budget(scope: FailureScope, { health, source }: Probe, stores: TimedRecovery[]): RecoveryBudget {
  const detection: RecoveryStep = {
    description: `The load balancer notices and stops using what was lost: ${health.unhealthyThreshold} probes every ${health.interval.toHumanString()}, the last after ${health.timeout.toHumanString()}`,
    duration: health.detectionTime,
    automation: RecoveryAutomation.AUTOMATIC,
    source,
  };
  return {
    scope,
    untilReadable: [
      detection,
      ...slowestStore(health.detectionTime, stores),
      ...(scope === FailureScope.AVAILABILITY_ZONE ? [ZONE_LEAVES_DNS] : []),
    ],
    untilWritable: [],
    recoveryPoint: Duration.seconds(Math.max(0, ...stores.map((store) => store.recoveryPoint.toSeconds()))),
  };
}

/** They begin to recover when the load balancer begins to notice; only what takes longer counts. */
function slowestStore(detection: Duration, stores: TimedRecovery[]): RecoveryStep[] {
  const [slowest] = [...stores].sort((a, b) => b.recoveryTime.toSeconds() - a.recoveryTime.toSeconds());
  const rest = slowest ? slowest.recoveryTime.toSeconds() - detection.toSeconds() : 0;
  if (rest <= 0) {
    return [];
  }
  return [
    {
      description: `${slowest.mechanism}: ${slowest.recoveryTime.toHumanString()}, of which the rest after that`,
      duration: Duration.seconds(rest),
      automation: RecoveryAutomation.AUTOMATIC,
      source: slowest.source,
    },
  ];
}
