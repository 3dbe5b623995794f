import type { Fault } from '../faults';
import type { Component, Unit } from '../graph';
import { FIGURES, NONE, open, type Recovery, recoveryOf, type Step, seconds } from '../recovery';
import type { Capacity } from '../systems';
import { because, distinct, type Impact } from './impact';

/** Whether a component still serves before anything recovers. */
export interface State {
  readonly serves: boolean | 'unknown';
  /** What took it down, if it does not serve. */
  readonly roots: readonly Component[];
  readonly impacts: readonly Impact[];
}

const FINE: State = { serves: true, roots: [], impacts: [] };

/** One fault, played through a graph of components. Every component is played once. */
export class Simulation {
  private readonly states = new Map<Component, State>();

  public constructor(
    private readonly fault: Fault,
    private readonly capacity?: Capacity,
  ) {}

  /** What becomes of a component and everything it needs. */
  public stateOf(component: Component): State {
    const known = this.states.get(component);
    if (known) {
      return known;
    }
    this.states.set(component, FINE); // a circle of needs ends here
    const state = this.play(component);
    this.states.set(component, state);
    return state;
  }

  private play(component: Component): State {
    if (component.role === 'pool') {
      return this.playPool(component);
    }
    const own = this.playUnits(component);
    const members = component.alternatives.length > 0 ? [this.playPool(component)] : [];
    if (component.role === 'entry' && component.dependencies.length === 0 && members.length === 0) {
      const nowhere = this.leadsNowhere(component, 'it leads to nothing that these templates define');
      return { ...nowhere, impacts: [...own.impacts, ...nowhere.impacts] };
    }
    const needed = component.dependencies.map((dependency) => ({ dependency, state: this.stateOf(dependency) }));
    const impacts = needed.flatMap(({ dependency, state }) =>
      state.impacts.map((impact) => because(impact, `${label(component)} needs ${label(dependency)}`)),
    );
    const states = [own, ...members, ...needed.map(({ state }) => state)];
    return {
      serves: worstOf(states),
      roots: [...new Set(states.flatMap(({ roots }) => roots))],
      impacts: distinct([...own.impacts, ...members.flatMap((state) => state.impacts), ...impacts]),
    };
  }

  /** A pool serves while one member does. Its health checks decide how long a lost member still gets traffic. */
  private playPool(pool: Component): State {
    const members = pool.alternatives.map((member) => this.routed(pool, member));
    if (members.length === 0) {
      return this.leadsNowhere(pool, 'nothing in these templates registers with it');
    }
    const serving = members.filter(({ serves }) => serves === true);
    const chosen = serving.length === 0 ? members : members.flatMap((state) => this.besideOthers(pool, state));
    return {
      serves: serving.length > 0 ? true : members.some(({ serves }) => serves === 'unknown') ? 'unknown' : false,
      roots: serving.length > 0 ? [] : [...new Set(members.flatMap(({ roots }) => roots))],
      impacts: distinct(chosen.flatMap(({ impacts }) => impacts)),
    };
  }

  private leadsNowhere(component: Component, reason: string): State {
    return { serves: 'unknown', roots: [], impacts: [this.undecided(component, reason)] };
  }

  private routed(pool: Component, member: Component): State {
    const state = this.stateOf(member);
    const reason = `${label(pool)} routes to ${label(member)}`;
    return { ...state, impacts: state.impacts.map((impact) => because(this.noticed(pool, impact), reason)) };
  }

  /** While another member serves, one that is lost hurts until nothing is routed to it, and one of which nothing is known does not. */
  private besideOthers(pool: Component, state: State): State[] {
    if (state.serves !== false) {
      return state.serves === true ? [state] : [];
    }
    const recovery: Recovery = { steps: [noticing(pool)], rpo: NONE, fix: SOONER };
    return [{ ...state, impacts: state.impacts.slice(0, 1).map(({ chain }) => ({ root: pool, chain, recovery })) }];
  }

  private noticed(pool: Component, impact: Impact): Impact {
    if (impact.undecided !== undefined || !pool.alternatives.includes(impact.root)) {
      return impact;
    }
    // members that are left carry on: then only the health check can be too slow
    const root = impact.recovery.steps.length === 0 ? pool : impact.root;
    const fix = root === pool ? SOONER : impact.recovery.fix;
    return {
      ...impact,
      root,
      recovery: { ...impact.recovery, fix, steps: [noticing(pool), ...impact.recovery.steps] },
    };
  }

  private playUnits(component: Component): State {
    const tally = this.tally(component);
    if (tally.lost.length === 0 && tally.cut.length === 0 && tally.undecided.length === 0) {
      return FINE;
    }
    const cutImpacts = tally.cut.flatMap(({ need, state }) =>
      state.impacts
        .filter(({ root }) => state.roots.includes(root))
        .map((impact) => because(impact, `${label(component)} loses what runs behind ${label(need)}`)),
    );
    if (tally.left > 0) {
      return {
        serves: true,
        roots: [],
        impacts: tally.lost.length > 0 || tally.cut.length > 0 ? [this.survivable(component, tally)] : [],
      };
    }
    if (tally.undecided.length > 0) {
      const [reason] = tally.undecided;
      return { serves: 'unknown', roots: [], impacts: [this.undecided(component, reason), ...cutImpacts] };
    }
    if (tally.cut.length > 0) {
      return {
        serves: false,
        roots: [...new Set(tally.cut.flatMap(({ state }) => state.roots))],
        impacts: distinct(cutImpacts),
      };
    }
    const stranded = this.stranded(component);
    return {
      serves: false,
      roots: [component, ...stranded.flatMap(({ roots }) => roots)],
      impacts: distinct([
        this.gone(component, tally),
        ...stranded.flatMap((state) => this.rootImpacts(state, component)),
      ]),
    };
  }

  /** Units that could start in another zone do not get far if what they need there is gone as well. */
  private stranded(component: Component): State[] {
    const { places = [] } = component.facts;
    const [unit] = component.units;
    const standing = this.fault.zoneLost
      ? places.filter(({ zone }) => unit && this.fault.takes(component, { ...unit, zone, count: 1 }) === 0)
      : [];
    const needs = standing.map((place) =>
      (place.needs ?? []).map((need) => this.stateOf(need)).filter(({ serves }) => serves === false),
    );
    return needs.every((missing) => missing.length > 0) ? [...new Set(needs.flat())] : [];
  }

  private rootImpacts(state: State, component: Component): Impact[] {
    return state.impacts
      .filter(({ root }) => state.roots.includes(root))
      .map((impact) => because(impact, `${label(component)} cannot do without it in any zone that is left`));
  }

  private tally(component: Component): Tally {
    const tally: Tally = { left: 0, lost: [], cut: [], undecided: [] };
    for (const unit of component.units) {
      const taken = this.fault.takes(component, unit);
      if (typeof taken !== 'number') {
        tally.undecided.push(taken.reason);
        continue;
      }
      if (taken > 0 || unit.count === 0) {
        tally.lost.push(unit);
      }
      const count = typeof unit.count === 'number' ? unit.count : 1;
      const remaining = count - taken;
      if (remaining <= 0) {
        continue;
      }
      const cut = (unit.needs ?? [])
        .map((need) => ({ need, state: this.stateOf(need) }))
        .filter(({ state }) => state.serves !== true);
      const down = cut.filter(({ state }) => state.serves === false);
      tally.cut.push(...down);
      const unsure = cut.find(({ state }) => state.serves === 'unknown');
      if (down.length > 0) {
        continue;
      }
      if (unsure || typeof unit.count !== 'number') {
        tally.undecided.push(
          unsure?.state.impacts[0]?.undecided ?? (typeof unit.count === 'number' ? 'unknown' : unit.count.reason),
        );
      } else {
        tally.left += remaining;
      }
    }
    return tally;
  }

  private survivable(component: Component, tally: Tally): Impact {
    const situation = { component, zoneLost: this.fault.zoneLost, survivors: tally.left, lost: tally.lost };
    const chain = [this.fault.title, `${label(component)} keeps ${tally.left} of ${total(component.units)}`];
    const { capacity } = this;
    const carries = capacity?.unit !== component.units[0]?.noun || tally.left >= (capacity?.peak ?? 0);
    if (carries) {
      return { root: component, chain, recovery: recoveryOf(situation) };
    }
    const recovery = recoveryOf({ ...situation, survivors: 0 });
    const fix = `run enough for the peak of ${capacity?.peak} after the loss`;
    return this.guarded({
      root: component,
      chain: [...chain, `fewer than the peak needs`],
      recovery: { ...recovery, fix },
    });
  }

  private gone(component: Component, tally: Tally): Impact {
    const { zoneLost, reclaimed } = this.fault;
    const recovery = recoveryOf({ component, zoneLost, reclaimed, survivors: 0, lost: tally.lost });
    const nowhere = tally.lost.find(({ count }) => count === 0);
    const lost = nowhere ? `has nothing in zone ${nowhere.zone}` : 'loses everything it runs';
    const chain = [this.fault.title, `${label(component)} ${lost}`];
    return this.guarded({ root: component, chain, recovery });
  }

  private undecided(component: Component, reason: string): Impact {
    const recovery: Recovery = { steps: [], rpo: NONE, fix: `give the value, or what is missing: ${reason}` };
    return {
      root: component,
      chain: [this.fault.title, `${label(component)}: ${reason}`],
      recovery,
      undecided: reason,
    };
  }

  /** What has to start something waits until the control plane is back. */
  private guarded(impact: Impact): Impact {
    const { chain, recovery } = impact;
    const step = recovery.steps.find(({ needsControlPlane }) => needsControlPlane);
    if (!step || this.fault.controlPlane) {
      return impact;
    }
    const steps = [FIGURES.controlPlaneBack, ...recovery.steps];
    return { ...impact, chain: [...chain, `nothing new can start: ${step.what}`], recovery: { ...recovery, steps } };
  }
}

const SOONER = 'lower the interval of the health check, or its unhealthy threshold';

/** Until nothing more is routed to what failed. */
function noticing(pool: Component): Step {
  const found = pool.facts.detectionSeconds;
  return {
    what: `${label(pool)} stops routing to what failed`,
    time: typeof found === 'number' ? seconds(found) : open(found?.reason ?? 'the health check is not decided'),
    source: 'template: interval × threshold + timeout',
  };
}

interface Tally {
  left: number;
  readonly lost: Unit[];
  readonly cut: { readonly need: Component; readonly state: State }[];
  readonly undecided: string[];
}

function worstOf(states: readonly State[]): boolean | 'unknown' {
  if (states.some(({ serves }) => serves === false)) {
    return false;
  }
  return states.some(({ serves }) => serves === 'unknown') ? 'unknown' : true;
}

function total(units: readonly Unit[]): number {
  return units.reduce((count, unit) => count + (typeof unit.count === 'number' ? unit.count : 1), 0);
}

/** `ECS service Prod/App/Service`. */
export function label({ noun, path }: Component): string {
  return `${noun} ${path}`;
}
