import type { Component, Graph, Replica } from '../graph';
import { datastoreMembers, unknown } from '../model';
import { bestInterval, FIGURES, NONE, open, type Recovery, type Step, seconds, sum } from '../recovery';
import { type DeclaredCopy, type EntryPoint, isWithin, type System } from '../systems';
import type { Impact } from './impact';
import { asMeasured } from './measured';
import { reachOf } from './reach';
import { type RegionSwitch, regionSwitchFor } from './region-switch';
import { missingSecrets } from './secrets';
import { label } from './simulation';
import { missingLink } from './standby-link';
import { redirection } from './traffic';

/** What becomes of an entry point when its Region is lost: who answers instead, and with what data. */
export function regionLoss(
  entry: EntryPoint,
  reach: readonly Component[],
  system: System,
  graph: Graph,
  lost = `Region ${entry.component.region ?? 'of the deployment'} is lost`,
): Impact[] {
  const { component } = entry;
  const other = counterpartOf(component, system);
  const plan = other && regionSwitchFor(component, other, graph);
  // only users have to be sent elsewhere: workers of the other Region run already
  const redirected = other && component.role === 'entry' && !plan?.movesUsers;
  const switchOver = redirected ? redirection(component, other.component, graph) : [];
  const stores = reach.filter(({ data, region }) => data !== undefined && region === component.region);
  const caches = reach.filter(({ role, region }) => role === 'cache' && region === component.region);
  const blind = reach.filter(({ role, alternatives }) => role === 'pool' && alternatives.length === 0);
  return [
    asMeasured(entryLoss(component, other?.component, switchOver, lost, plan), system.objectives),
    ...stores.map((store) => {
      const loss = storeLoss(store, switchOver, lost, system);
      return asMeasured(
        plan && isPromoted(loss, store, plan) ? promotedBy(loss, plan, component) : loss,
        system.objectives,
      );
    }),
    ...caches.flatMap((cache) => cacheLoss(cache, switchOver, lost, graph)),
    ...blind.map((pool) => unseen(pool, lost)),
    ...(other ? missingSecrets(other.component, component.region, graph, lost) : []),
    ...(other ? missingLink(entry, other.component, graph, lost) : []),
  ];
}

/** What registers at run time, or elsewhere, may keep data that nothing here shows. */
function unseen(pool: Component, lost: string): Impact {
  const reason = 'nothing in these templates registers with it';
  const recovery: Recovery = { steps: [], rpo: NONE, fix: 'give the templates of what registers with it too' };
  return { root: pool, chain: [lost, `${label(pool)}: ${reason}`], recovery, undecided: reason };
}

/** What answers in another Region when an entry point is lost. */
export function counterpartOf(component: Component, system: System): EntryPoint | undefined {
  return system.entryPoints.find(
    (candidate) =>
      candidate.component.region !== component.region &&
      candidate.component.resource.type === component.resource.type &&
      sameKind(candidate.component, component),
  );
}

function sameKind(one: Component, other: Component): boolean {
  const kind = ({ resource }: Component) => {
    const value = resource.property('Type');
    return value.kind === 'known' ? value.value : 'application';
  };
  return one.role !== 'entry' || kind(one) === kind(other);
}

function entryLoss(
  component: Component,
  other: Component | undefined,
  switchOver: readonly Step[],
  lost: string,
  plan?: RegionSwitch,
): Impact {
  if (component.data && component.role === 'store') {
    return { root: component, chain: [lost], recovery: { steps: [], rpo: NONE, fix: 'keep a copy in another Region' } };
  }
  if (!other) {
    const fix = 'run a standby of it in another Region';
    const recovery: Recovery = { steps: [FIGURES.humanDecision, FIGURES.regionRebuild], rpo: NONE, fix };
    return { root: component, chain: [lost, `nothing of another Region answers for ${label(component)}`], recovery };
  }
  const running = reachOf(other).filter(
    ({ role, isRegional, units }) => role === 'compute' && (isRegional || units.length > 0),
  );
  const start = running.length > 0 || plan?.startsCapacity ? [] : [FIGURES.instanceReplacement];
  const fix = 'fail over by health check: Route 53 failover records, ARC Region switch or Global Accelerator';
  const impact: Impact = {
    root: component,
    chain: [lost, `${label(other)} answers instead`],
    recovery: { steps: [...start, ...switchOver], rpo: NONE, fix },
  };
  return plan ? byPlan(impact, plan, [...start, ...switchOver]) : impact;
}

/** A plan does in its order what somebody would do by hand. What it does not do comes after it. */
function byPlan(
  impact: Impact,
  { plan, steps, readSteps, blocked, undecided }: RegionSwitch,
  after: readonly Step[],
): Impact {
  const fix = blocked
    ? 'give each step that needs both Regions an ungraceful setting, and run functions in the Region that takes over'
    : 'run steps side by side, send users over before the promotion, and ask for one approval';
  return {
    root: plan,
    chain: [impact.chain[0], `${label(plan)} is carried out`, ...impact.chain.slice(1)],
    recovery: {
      steps: [...steps, ...after],
      readSteps: readSteps && [...readSteps, ...after],
      rpo: impact.recovery.rpo,
      fix,
    },
    blocked,
    undecided,
  };
}

/** A cluster without instances cannot be promoted before it has one, which no plan gives it. */
function isPromoted({ recovery }: Impact, store: Component, plan: RegionSwitch): boolean {
  const steps: readonly Step[] = recovery.steps;
  return plan.promotes(store) && !steps.includes(FIGURES.auroraHeadlessInstance);
}

/** The plan's time counts once, where users come in; what a copy lacks counts for each store. */
function promotedBy(loss: Impact, plan: RegionSwitch, entry: Component): Impact {
  if (loss.root === entry) {
    return byPlan(loss, plan, []);
  }
  const chain = [...loss.chain, `${label(plan.plan)} promotes it`];
  return { ...loss, chain, recovery: { ...loss.recovery, steps: [], readSteps: [] } };
}

function storeLoss(store: Component, switchOver: readonly Step[], lost: string, system: System): Impact {
  const { declaredCopies = [], objectives } = system;
  const data = store.data;
  const replicas = (data?.replicas ?? []).filter(({ region }) => typeof region === 'object' || region !== store.region);
  const outcomes = replicas.map((replica) => fromReplica(store, replica, switchOver, lost));
  const decided = outcomes.find(({ undecided }) => undecided === undefined);
  const declared = declaredCopies.find(({ path }) => isWithin(store.path, path));
  return (
    decided ??
    outcomes[0] ??
    (declared ? asDeclared(store, declared, switchOver, lost) : fromCopies(store, lost, objectives.measuredCopy))
  );
}

/** One that follows must be promoted before it takes writes. One that does not starts empty, and holds no record alone. */
function cacheLoss(cache: Component, switchOver: readonly Step[], lost: string, graph: Graph): Impact[] {
  const copies = datastoreMembers(cache.resource, graph.assembly).filter(({ region }) => region !== cache.region);
  return copies.map((resource) => {
    const region = resource.region ?? unknown('the Region is chosen at deployment');
    const component = graph.component(resource);
    return fromReplica(cache, { kind: 'elasticache global', region, component, resource }, switchOver, lost);
  });
}

/** Figures that miss an objective miss it, whoever runs the copy. Those that meet it are somebody's word, and prove nothing. */
function asDeclared(store: Component, declared: DeclaredCopy, switchOver: readonly Step[], lost: string): Impact {
  const { means, source, recoveryPointSeconds, promotionSeconds } = declared;
  const word = `${means} is declared (${source}), and no template shows it`;
  const promotion: Step = {
    what: `the copy kept by ${means} is made writable`,
    time: open(word, promotionSeconds),
    source: `declared: ${source}`,
  };
  return {
    root: store,
    chain: [lost, `${label(store)} is gone`, `a copy in another Region is declared: ${means}`],
    recovery: {
      steps: [FIGURES.humanDecision, promotion, ...switchOver],
      readSteps: switchOver,
      rpo: open(word, recoveryPointSeconds),
      fix: 'rehearse it, and keep the evidence beside this report: a template cannot prove it',
    },
  };
}

function fromReplica(store: Component, replica: Replica, switchOver: readonly Step[], lost: string): Impact {
  const undecided =
    typeof replica.region === 'object' && replica.region.reason !== 'the Region is chosen at deployment'
      ? replica.region.reason
      : undefined;
  const where = replica.component ? label(replica.component) : `the copy that ${replica.resource.path} sets up`;
  return {
    root: replica.kind === 'aurora global without instances' ? (replica.component ?? store) : store,
    chain: [lost, `${label(store)} is gone`, `${where} has its data (${replica.kind})`],
    recovery: replicaRecovery(replica, switchOver),
    undecided,
  };
}

function replicaRecovery(replica: Replica, switchOver: readonly Step[]): Recovery {
  const failover = (step: Step, rpo: number, fix: string): Recovery => ({
    steps: [FIGURES.humanDecision, step, ...switchOver],
    readSteps: switchOver,
    rpo: seconds(rpo),
    fix,
  });
  switch (replica.kind) {
    case 'aurora global':
      return failover(FIGURES.auroraGlobalFailover, replica.enforcedSeconds ?? 60, 'rehearse the managed failover');
    case 'aurora global without instances':
      return {
        steps: [FIGURES.humanDecision, FIGURES.auroraHeadlessInstance, FIGURES.auroraGlobalFailover, ...switchOver],
        readSteps: [FIGURES.humanDecision, FIGURES.auroraHeadlessInstance, ...switchOver],
        rpo: seconds(replica.enforcedSeconds ?? 60),
        fix: 'give the secondary cluster an instance: it cannot serve without one, and the Region may have no capacity left',
      };
    case 'rds read replica':
      return {
        ...failover(FIGURES.readReplicaPromotion, 0, 'alarm on the replica’s lag'),
        rpo: open('the lag of the replica: alarm on it'),
      };
    case 'rds source':
      return { steps: [FIGURES.clientRedirect], rpo: NONE, fix: 'let readers fall back to the source' };
    case 'dynamodb global':
      return { steps: [FIGURES.clientRedirect], rpo: seconds(10), fix: 'redirect clients by health check' };
    case 'dynamodb global with strong consistency':
    case 'dsql peer':
      return { steps: [FIGURES.clientRedirect], rpo: seconds(0), fix: 'redirect clients by health check' };
    case 's3 with time control':
      // 99.9 % of objects within 15 minutes; most within seconds
      return { steps: [FIGURES.clientRedirect], rpo: seconds(900), fix: 'alarm on OperationMissedThreshold' };
    case 's3':
      return {
        steps: [FIGURES.clientRedirect],
        rpo: open('replication without time control has no bound: measure it'),
        fix: 'turn Replication Time Control on',
      };
    case 'efs':
      return { ...failover(FIGURES.efsFailover, 900, 'rehearse it') };
    case 'elasticache global':
      return failover(FIGURES.cacheGlobalFailover, 0, 'rehearse it'); // a cache holds no record alone
  }
}

function fromCopies(store: Component, lost: string, measuredCopy: number | undefined): Impact {
  const { region } = store;
  const kept = [...(store.data?.own ?? []), ...(store.data?.backups ?? [])];
  const series = kept.filter(({ copies }) =>
    copies.some((copy) => typeof copy.region === 'string' && copy.region !== region),
  );
  const unsure = kept.flatMap(({ copies }) => copies.map((copy) => copy.region)).find((r) => typeof r === 'object');
  const fix = 'replicate it to another Region, or copy its recovery points there';
  if (series.length === 0) {
    const recovery: Recovery = { steps: [], rpo: NONE, unrecoverable: 'no copy exists outside the Region', fix };
    const undecided = typeof unsure === 'object' ? unsure.reason : undefined;
    return { root: store, chain: [lost, `${label(store)} is gone, and so is every copy`], recovery, undecided };
  }
  const copies = series
    .flatMap((one) => one.copies)
    .filter((copy) => typeof copy.region === 'string' && copy.region !== region);
  const arrival = measuredCopy === undefined ? open('time to copy: measure it') : seconds(measuredCopy);
  const following = copies.filter(({ continuous }) => continuous === true);
  const rpo = following.length > 0 ? bestInterval(following) : sum([bestInterval(copies), arrival]);
  return {
    root: store,
    chain: [lost, `${label(store)} is gone`, `copies of ${series[0].resource.path} are left in another Region`],
    recovery: { steps: [FIGURES.humanDecision, FIGURES.regionRebuild, FIGURES.restore], rpo, fix },
  };
}
