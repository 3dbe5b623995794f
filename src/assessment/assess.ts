import { FailureScope } from '../core/failure-scope';
import { canFailAlone, componentFault, type Fault, pairsOf, zoneFault } from './faults';
import { type Component, Graph, type NotJudged } from './graph';
import type { Assembly, Json } from './model';
import { dataLoss, type Impact, label, linksIn, reachOf, regionLoss, Simulation } from './simulation';
import { type EntryPoint, type Objective, type Objectives, type System, systemsIn } from './systems';
import { type Estimate, estimateOf, isWorse, judge, type Verdict, worst } from './verdict';

/** One thing that goes wrong, and what to do about it. */
export interface Finding {
  readonly scope: FailureScope;
  readonly verdict: Verdict;
  /** The construct path of the resource to mend. */
  readonly resource: string;
  readonly resourceType: string;
  /** From the fault to the entry point. */
  readonly chain: readonly string[];
  readonly estimate: Estimate;
  readonly objective: Objective;
  readonly fix: string;
  /** Entry points that it hurts. */
  readonly entryPoints: readonly string[];
}

/** How one entry point stands up to one kind of failure. */
export interface ScopeJudgement {
  readonly scope: FailureScope;
  readonly verdict: Verdict;
  /** Reasons of the worst finding, or of the slowest recovery. */
  readonly chain: readonly string[];
  readonly estimate?: Estimate;
  readonly objective: Objective;
}

export interface EntryJudgement {
  readonly name: string;
  readonly standby: boolean;
  readonly scopes: readonly ScopeJudgement[];
}

/** Nothing else does what it does: its loss, or its zone's, stops an entry point. */
export interface SinglePoint {
  readonly resource: string;
  readonly resourceType: string;
  /** The first failure that shows it. */
  readonly reason: string;
  readonly entryPoints: readonly string[];
}

export interface SystemJudgement {
  readonly name: string;
  readonly declared: boolean;
  readonly objectives: Objectives;
  readonly entryPoints: readonly EntryJudgement[];
  /** What misses or is not recoverable, the worst first. */
  readonly findings: readonly Finding[];
  /** What could not be decided, and why. */
  readonly unknowns: readonly Finding[];
  readonly singlePoints: readonly SinglePoint[];
  /** Per scope: 0 nothing recovers it, 1 something does, 2 it meets its objective. Templates alone prove no more than 2 of 4. */
  readonly levels: Readonly<Record<FailureScope, number>>;
}

export interface Assessment {
  readonly systems: readonly SystemJudgement[];
  /** Types without a description: not judged, so not passed. */
  readonly notJudged: readonly NotJudged[];
}

export interface AssessOptions {
  /** Systems in the shape of the template metadata, for templates that declare none. */
  readonly systems?: Json;
}

/** Plays every kind of failure through every system of an assembly. */
export function assess(assembly: Assembly, options: AssessOptions = {}): Assessment {
  const graph = new Graph(assembly);
  const systems = systemsIn(assembly, graph, options.systems);
  return { systems: systems.map((system) => new SystemAssessor(system, graph).assess()), notJudged: graph.notJudged };
}

const UNNAMED_ZONES = ['another zone', 'a third zone'];

/** What a fault did to an entry point. */
interface Outcome {
  readonly impacts: readonly Impact[];
  readonly interruptedBy: readonly Component[];
  readonly title: string;
}

class SystemAssessor {
  private readonly simulations = new Map<string, Simulation>();
  private readonly findings = new Map<string, Finding>();
  private readonly unknowns = new Map<string, Finding>();
  private readonly singlePoints = new Map<string, SinglePoint>();

  public constructor(
    private readonly system: System,
    private readonly graph: Graph,
  ) {}

  public assess(): SystemJudgement {
    const { name, declared, objectives } = this.system;
    const entryPoints = this.system.entryPoints.map((entry) => this.assessEntry(entry));
    const bySeverity = (one: Finding, other: Finding) => (isWorse(one.verdict, other.verdict) ? -1 : 1);
    return {
      name,
      declared,
      objectives,
      entryPoints,
      findings: [...this.findings.values()].sort(bySeverity),
      unknowns: [...this.unknowns.values()],
      singlePoints: [...this.singlePoints.values()],
      levels: levelsOf(entryPoints),
    };
  }

  private assessEntry(entry: EntryPoint): EntryJudgement {
    const { name, standby } = entry;
    if (standby) {
      return { name, standby, scopes: [] };
    }
    const reach = reachOf(entry.component);
    const scopes = Object.values(FailureScope).map((scope) =>
      scope === FailureScope.CONNECTIVITY ? this.judgeLinks() : this.judgeScope(scope, entry, reach),
    );
    return { name, standby, scopes };
  }

  private judgeScope(scope: FailureScope, entry: EntryPoint, reach: readonly Component[]): ScopeJudgement {
    const objective = this.system.objectives.scopes[scope];
    let impacts = this.impactsOf(scope, entry, reach);
    if (scope === FailureScope.TWO_AVAILABILITY_ZONES && verdictOf(impacts, objective) !== 'MEETS') {
      // the way out of the Region is the other answer: the one that leaves less to mend counts
      const left = `two zones of ${entry.component.region ?? 'the Region'} are lost, and users are sent to another Region`;
      const elsewhere = regionLoss(entry, reach, this.system, this.graph, left);
      impacts = isHarder(impacts, elsewhere, objective) ? elsewhere : impacts;
    }
    for (const impact of impacts) {
      this.record(scope, impact, objective, entry);
    }
    return { scope, objective, ...summary(impacts, objective) };
  }

  private impactsOf(scope: FailureScope, entry: EntryPoint, reach: readonly Component[]): Impact[] {
    switch (scope) {
      case FailureScope.COMPONENT:
      case FailureScope.CONTROL_PLANE:
      case FailureScope.AVAILABILITY_ZONE:
      case FailureScope.TWO_AVAILABILITY_ZONES:
        return this.faultsOf(scope, reach).flatMap(([key, fault]) => this.play(key, fault, entry).impacts);
      case FailureScope.REGION:
        return regionLoss(entry, reach, this.system, this.graph);
      default:
        return reach.some(({ data }) => data !== undefined)
          ? reach.flatMap((component) => dataLoss(component, scope, this.system.objectives))
          : [noStore(entry.component)];
    }
  }

  private faultsOf(scope: FailureScope, reach: readonly Component[]): [string, Fault][] {
    if (scope === FailureScope.COMPONENT || scope === FailureScope.CONTROL_PLANE) {
      return reach
        .filter(canFailAlone)
        .map((target) => [`${scope}|${target.id}`, componentFault(target, scope === FailureScope.COMPONENT)]);
    }
    const count = scope === FailureScope.AVAILABILITY_ZONE ? 1 : 2;
    // where fewer zones are known, losing unnamed ones too shows what is undecided, and that nothing is left
    const zones = [...zonesOf(reach), ...UNNAMED_ZONES].slice(0, Math.max(count, zonesOf(reach).length));
    const groups = count === 1 ? zones.map((zone) => [zone]) : pairsOf(zones);
    return groups.map((group) => [`${scope}|${group.join()}`, zoneFault(group)]);
  }

  private play(key: string, fault: Fault, { component, name }: EntryPoint): Outcome {
    const simulation = this.simulations.get(key) ?? new Simulation(fault, this.system.capacity);
    this.simulations.set(key, simulation);
    const { impacts, roots } = simulation.stateOf(component);
    if (fault.scope === FailureScope.COMPONENT || fault.scope === FailureScope.AVAILABILITY_ZONE) {
      for (const root of roots) {
        this.recordSinglePoint(root, fault, name);
      }
    }
    return { impacts, interruptedBy: roots, title: fault.title };
  }

  private recordSinglePoint(root: Component, fault: Fault, entryPoint: string): void {
    const before = this.singlePoints.get(root.id);
    this.singlePoints.set(root.id, {
      resource: root.path,
      resourceType: root.resource.type,
      reason: before?.reason ?? `${fault.title}: nothing else does what ${label(root)} does`,
      entryPoints: [...new Set([...(before?.entryPoints ?? []), entryPoint])],
    });
  }

  private record(scope: FailureScope, impact: Impact, objective: Objective, entry: EntryPoint): void {
    const verdict = judge(impact, objective);
    if (verdict === 'MEETS') {
      return;
    }
    const { root, recovery } = impact;
    const kept = verdict === 'UNKNOWN' ? this.unknowns : this.findings;
    const key = `${scope}|${root.id}|${recovery.fix}`;
    const before = kept.get(key);
    const worse = before === undefined || isWorse(verdict, before.verdict);
    const fresh: Finding = {
      scope,
      verdict,
      resource: root.path,
      resourceType: root.resource.type,
      chain: reasonsOf(impact),
      estimate: estimateOf(impact),
      objective,
      fix: recovery.fix,
      entryPoints: [],
    };
    const entryPoints = [...new Set([...(before?.entryPoints ?? []), entry.name])];
    kept.set(key, { ...(worse ? fresh : before), entryPoints });
  }

  private judgeLinks(): ScopeJudgement {
    const scope = FailureScope.CONNECTIVITY;
    const objective = this.system.objectives.scopes[scope];
    const { verdict, chain, resource, fix } = linksIn(this.graph);
    if (verdict === 'MISSES' && resource && fix) {
      const none = { seconds: 0, open: [] };
      this.findings.set(`${scope}|${resource.id}`, {
        scope,
        verdict,
        resource: resource.path,
        resourceType: resource.type,
        chain,
        estimate: { rto: none, rtoReadOnly: none, rpo: none },
        objective,
        fix,
        entryPoints: this.system.entryPoints.map(({ name }) => name),
      });
    }
    return { scope, verdict, chain, objective };
  }
}

function verdictOf(impacts: readonly Impact[], objective: Objective): Verdict {
  return worst(impacts.map((impact) => judge(impact, objective)));
}

function isHarder(one: readonly Impact[], other: readonly Impact[], objective: Objective): boolean {
  const [verdict, otherVerdict] = [verdictOf(one, objective), verdictOf(other, objective)];
  const bad = (impacts: readonly Impact[]) => impacts.filter((impact) => judge(impact, objective) !== 'MEETS').length;
  return verdict === otherVerdict ? bad(one) > bad(other) : isWorse(verdict, otherVerdict);
}

function summary(
  impacts: readonly Impact[],
  objective: Objective,
): Pick<ScopeJudgement, 'verdict' | 'chain' | 'estimate'> {
  let decisive: Impact | undefined;
  for (const impact of impacts) {
    if (!decisive || isGraver(impact, decisive, objective)) {
      decisive = impact;
    }
  }
  return decisive
    ? { verdict: judge(decisive, objective), chain: reasonsOf(decisive), estimate: estimateOf(decisive) }
    : { verdict: 'MEETS', chain: ['nothing that it needs is hurt'] };
}

/** No store in sight is no proof that there is none. */
function noStore(root: Component): Impact {
  const reason = 'these templates show no store behind it';
  const recovery = { steps: [], rpo: { seconds: 0, open: [] }, fix: 'give the templates of its data stores too' };
  return { root, chain: [`${label(root)}: ${reason}`], recovery, undecided: reason };
}

function reasonsOf({ chain, undecided, blocked }: Impact): readonly string[] {
  const last = undecided ?? blocked;
  return last === undefined || chain.some((reason) => reason.endsWith(last)) ? chain : [...chain, last];
}

function isGraver(one: Impact, other: Impact, objective: Objective): boolean {
  const [verdict, otherVerdict] = [judge(one, objective), judge(other, objective)];
  return verdict === otherVerdict
    ? estimateOf(one).rto.seconds > estimateOf(other).rto.seconds
    : isWorse(verdict, otherVerdict);
}

function zonesOf(reach: readonly Component[]): string[] {
  return [
    ...new Set(reach.flatMap(({ units }) => units.flatMap(({ zone }) => (typeof zone === 'string' ? zone : [])))),
  ].sort();
}

function levelsOf(entryPoints: readonly EntryJudgement[]): Record<FailureScope, number> {
  const level: Record<Verdict, number> = { MEETS: 2, UNKNOWN: 1, MISSES: 1, NOT_RECOVERABLE: 0 };
  return Object.fromEntries(
    Object.values(FailureScope).map((scope) => {
      const verdicts = entryPoints.flatMap(({ scopes }) => scopes.filter((judged) => judged.scope === scope));
      return [scope, verdicts.length === 0 ? 0 : Math.min(...verdicts.map(({ verdict }) => level[verdict]))];
    }),
  ) as Record<FailureScope, number>;
}
