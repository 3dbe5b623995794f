import type { Component, MechanismName, Unit } from '../graph';
import { restoration } from './data-recovery';
import { FIGURES } from './figures';
import type { Recovery, Step } from './step';
import { NONE, open, seconds } from './time';

/** What happened to a component. */
export interface Situation {
  readonly component: Component;
  /** Its zone is gone, or only the unit itself. */
  readonly zoneLost: boolean;
  /** What is left of it. */
  readonly survivors: number;
  readonly lost: readonly Unit[];
  /** It ran on Spot capacity, which is gone for now. */
  readonly reclaimed?: boolean;
}

/** How a kind of component comes back when some of its units are left, and when none is. */
interface Mechanism {
  readonly withSurvivors: (situation: Situation) => Recovery;
  readonly withoutSurvivors: (situation: Situation) => Recovery;
}

/** How a component comes back. */
export function recoveryOf(situation: Situation): Recovery {
  const mechanism = MECHANISMS[situation.component.mechanism];
  return situation.survivors > 0 ? mechanism.withSurvivors(situation) : mechanism.withoutSurvivors(situation);
}

const carriesOn =
  (...steps: Step[]) =>
  (): Recovery => ({ steps, rpo: NONE, fix: 'shorten the time until a loss is noticed' });

const byHandElsewhere = (fix: string, rpo = NONE) => ({
  steps: [FIGURES.humanDecision, FIGURES.buildElsewhere],
  rpo,
  fix,
});

/** Started again by AWS, elsewhere if it may, in place if the zone still stands. */
function restarted(step: Step, fix: string) {
  return ({ component, zoneLost }: Situation): Recovery =>
    component.facts.restarts === 'anywhere' || !zoneLost ? { steps: [step], rpo: NONE, fix } : byHandElsewhere(fix);
}

/** Units that AWS starts elsewhere have somewhere to go only if their subnets reach another zone. */
function startedElsewhere(step: Step, more: string, zones: string) {
  return (situation: Situation): Recovery =>
    situation.reclaimed || (situation.zoneLost && !hasSubnetElsewhere(situation.component))
      ? byHandElsewhere(situation.reclaimed ? more : zones)
      : restarted(step, more)(situation);
}

function hasSubnetElsewhere({ facts, units }: Component): boolean {
  const zones = (facts.places ?? units).map(({ zone }) => zone);
  return zones.some((zone) => typeof zone !== 'string') || new Set(zones).size > 1;
}

function replicated(failover: Step, fix: string): (situation: Situation) => Recovery {
  return ({ component }) => {
    const { automaticFailover, lagSeconds } = component.facts;
    if (automaticFailover === false) {
      return byHandElsewhere(fix, lagSeconds ? seconds(lagSeconds) : NONE);
    }
    const undecided = typeof automaticFailover === 'object' ? [openStep(automaticFailover.reason)] : [];
    return { steps: [failover, ...undecided], rpo: NONE, fix };
  };
}

function openStep(reason: string): Step {
  return { what: 'failover, if it is automatic', time: open(reason), source: 'template' };
}

const READ_REPLICA_FIX = 'set MultiAZ of the read replica to true';

const MECHANISMS: Record<MechanismName, Mechanism> = {
  entry: {
    withSurvivors: carriesOn(FIGURES.clientsResolveAgain),
    withoutSurvivors: () => byHandElsewhere('give it subnets in at least two zones, three for hospitals'),
  },
  pool: {
    withSurvivors: carriesOn(),
    withoutSurvivors: () => byHandElsewhere('register members in at least two zones'),
  },
  containers: {
    withSurvivors: carriesOn(),
    withoutSurvivors: startedElsewhere(
      FIGURES.taskReplacement,
      'run at least two tasks, on capacity that is not Spot only',
      'give the service subnets in at least two zones, and at least two tasks',
    ),
  },
  instances: {
    withSurvivors: carriesOn(),
    withoutSurvivors: startedElsewhere(
      FIGURES.instanceReplacement,
      'run at least two instances, on capacity that is not Spot only',
      'give the group subnets in at least two zones, and at least two instances',
    ),
  },
  instance: {
    withSurvivors: carriesOn(),
    withoutSurvivors: restarted(
      FIGURES.instanceRecovery,
      'put the instance in an Auto Scaling group over at least two zones',
    ),
  },
  function: {
    withSurvivors: carriesOn(FIGURES.lambdaShift),
    withoutSurvivors: () => byHandElsewhere('give the function subnets in at least two zones'),
  },
  nat: {
    withSurvivors: carriesOn(),
    withoutSurvivors: () => byHandElsewhere('make one NAT gateway per zone, and route each zone through its own'),
  },
  endpoint: {
    withSurvivors: carriesOn(FIGURES.clientsResolveAgain),
    withoutSurvivors: () => byHandElsewhere('give the endpoint a subnet in every zone that uses it'),
  },
  managed: {
    withSurvivors: carriesOn(),
    withoutSurvivors: () => byHandElsewhere('give it subnets in at least two zones'),
  },
  attachment: {
    withSurvivors: carriesOn(),
    withoutSurvivors: () => byHandElsewhere('name a subnet of each zone that routes to it in the attachment'),
  },
  link: {
    withSurvivors: carriesOn(FIGURES.tunnelDetection),
    withoutSurvivors: () => byHandElsewhere('add a second link'),
  },
  directory: {
    withSurvivors: replicated(FIGURES.directoryFailover, 'give the directory subnets in two zones'),
    withoutSurvivors: restarted(FIGURES.directoryReplacement, 'give the directory subnets in two zones'),
  },
  aurora: {
    withSurvivors: replicated(FIGURES.auroraFailover, 'keep a reader in another zone, promotion tier 0 or 1'),
    withoutSurvivors: ({ zoneLost }) => {
      const fix = 'add a reader in another zone, of the writer’s size, promotion tier 0 or 1';
      return zoneLost
        ? { steps: [FIGURES.humanDecision, FIGURES.auroraInstanceAgain], rpo: NONE, fix }
        : { steps: [FIGURES.auroraInstanceAgain], rpo: NONE, fix };
    },
  },
  rds: {
    withSurvivors: ({ component }) => ({
      steps: [component.noun === 'Multi-AZ DB cluster' ? FIGURES.rdsClusterFailover : FIGURES.rdsFailover],
      rpo: NONE,
      fix: 'use a Multi-AZ DB cluster or RDS Proxy for a shorter failover',
    }),
    withoutSurvivors: lostInPlace(FIGURES.rdsHostReplacement, 'set MultiAZ to true'),
  },
  'read replica': {
    withSurvivors: replicated(FIGURES.rdsFailover, READ_REPLICA_FIX),
    withoutSurvivors: restarted(FIGURES.rdsHostReplacement, READ_REPLICA_FIX),
  },
  volume: {
    withSurvivors: carriesOn(),
    withoutSurvivors: lostInPlace(
      FIGURES.instanceRecovery,
      'keep the data on a service that spans zones, and back the volume up',
    ),
  },
  efs: {
    withSurvivors: carriesOn(FIGURES.clientsResolveAgain),
    withoutSurvivors: (situation) =>
      situation.component.facts.durableAcrossZones
        ? byHandElsewhere('add a mount target in every zone that uses the file system')
        : lostInPlace(FIGURES.nodeReplacement, 'use a Regional file system: leave AvailabilityZoneName out')(situation),
  },
  fsx: {
    withSurvivors: replicated(FIGURES.fsxFailover, 'use a Multi-AZ deployment type'),
    withoutSurvivors: lostInPlace(FIGURES.fsxSingleServer, 'use a Multi-AZ deployment type, with subnets in two zones'),
  },
  cache: {
    withSurvivors: replicated(FIGURES.cacheFailover, 'turn automatic failover and Multi-AZ on'),
    withoutSurvivors: restarted(
      FIGURES.nodeReplacement,
      'add a replica in another zone, with automatic failover and Multi-AZ on',
    ),
  },
  search: {
    withSurvivors: replicated(FIGURES.brokerFailover, 'turn zone awareness on'),
    withoutSurvivors: restarted(
      FIGURES.nodeReplacement,
      'run data nodes in at least two zones, with zone awareness on',
    ),
  },
  broker: {
    withSurvivors: replicated(FIGURES.brokerFailover, 'use a Multi-AZ deployment mode'),
    withoutSurvivors: (situation) => ({
      ...restarted(FIGURES.nodeReplacement, 'use a Multi-AZ deployment mode, with subnets in two zones')(situation),
      rpo: situation.zoneLost ? open('messages that were not delivered are gone with the broker') : NONE,
    }),
  },
};

/** Data that lives in one zone: AWS mends a broken host, but a lost zone takes the data along. */
function lostInPlace(inPlace: Step, fix: string) {
  return ({ component, zoneLost }: Situation): Recovery =>
    zoneLost ? { ...restoration(component), fix } : { steps: [inPlace], rpo: NONE, fix };
}
