import { FailureScope } from '../core/failure-scope';
import type { Acceptances } from './acceptances';
import type { EntryJudgement, Finding, ScopeJudgement, UnfinishedJudgement } from './assessment';
import { compareBudgets } from './budgets';
import { canFailAlone, componentFault, type Fault, pairsOf, zoneFault } from './faults';
import { Findings, reasonsOf, ruleOfScope } from './findings';
import type { Component, Graph } from './graph';
import { counterpartOf, dataLoss, type Impact, label, linkLoss, reachOf, regionLoss, Simulation } from './simulation';
import type { EntryPoint, Objective, System } from './systems';
import { estimateOf, isWorse, judge, slowestOf, type Verdict, worst } from './verdict';

/** What must hold in the Region that took over. Its capacity is raised then, so that it is not judged before. */
const AFTER_FAILOVER = [FailureScope.AVAILABILITY_ZONE, FailureScope.DELETION, FailureScope.CORRUPTION];

const UNNAMED_ZONES = ['another zone', 'a third zone'];

/** Plays failures through the entry points of one system. */
export class SystemAssessor {
  private readonly simulations = new Map<string, Simulation>();
  private readonly findings = new Findings();

  public constructor(
    private readonly system: System,
    private readonly graph: Graph,
    private readonly scopes: readonly FailureScope[],
    private readonly acceptances: Acceptances,
  ) {}

  public assess(): UnfinishedJudgement {
    const { name, declared, paths, objectives, health } = this.system;
    const entryPoints = this.system.entryPoints.map((entry) => this.assessEntry(entry));
    return {
      name,
      declared,
      paths,
      objectives,
      health,
      entryPoints,
      findings: this.accept(this.findings.all),
      afterFailover: this.accept(this.findings.afterFailover),
      unknowns: this.findings.unknowns,
      singlePoints: this.findings.singlePoints,
      budgets: compareBudgets(this.system.recoveryBudgets, entryPoints),
      levels: levelsOf(entryPoints),
    };
  }

  private accept(findings: readonly Finding[]): Finding[] {
    return findings.map((finding) => {
      const { scope, resource } = finding;
      const accepted = this.acceptances.cover({ kinds: [scope, ruleOfScope(scope)], resource });
      return accepted ? { ...finding, accepted } : finding;
    });
  }

  private assessEntry(entry: EntryPoint): EntryJudgement {
    const { name, standby } = entry;
    const reach = reachOf(entry.component);
    const judged = this.scopes.filter((scope) => !standby || AFTER_FAILOVER.includes(scope));
    const scopes = judged.map((scope) =>
      scope === FailureScope.CONNECTIVITY ? this.judgeLinks(entry) : this.judgeScope(scope, entry, reach),
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
      this.findings.add(scope, impact, objective, entry);
    }
    return { scope, objective, ...summary(impacts, objective) };
  }

  private impactsOf(scope: FailureScope, entry: EntryPoint, reach: readonly Component[]): Impact[] {
    switch (scope) {
      case FailureScope.COMPONENT:
      case FailureScope.CONTROL_PLANE:
      case FailureScope.AVAILABILITY_ZONE:
      case FailureScope.TWO_AVAILABILITY_ZONES:
        return this.faultsOf(scope, reach).flatMap(([key, fault]) => this.play(key, fault, entry));
      case FailureScope.REGION:
        return regionLoss(entry, reach, this.system, this.graph);
      default: {
        const kept = [reach, this.keptElsewhere(entry)].find((some) => some.some(({ data }) => data !== undefined));
        return kept
          ? kept.flatMap((component) => dataLoss(component, scope, this.system.objectives))
          : [noStore(entry.component)];
      }
    }
  }

  /** Where both Regions serve, the stores of one are replicas that templates of the other one make. */
  private keptElsewhere({ component }: EntryPoint): Component[] {
    const other = counterpartOf(component, this.system);
    return other
      ? reachOf(other.component).filter(({ data }) => data?.replicas.some(({ region }) => region === component.region))
      : [];
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

  private play(key: string, fault: Fault, entry: EntryPoint): readonly Impact[] {
    // capacity is declared for the side that serves
    const capacity = entry.standby ? undefined : this.system.capacity;
    const played = `${key}|${capacity === undefined}`;
    const simulation = this.simulations.get(played) ?? new Simulation(fault, capacity);
    this.simulations.set(played, simulation);
    const { impacts, roots } = simulation.stateOf(entry.component);
    const shows = fault.scope === FailureScope.COMPONENT || fault.scope === FailureScope.AVAILABILITY_ZONE;
    for (const root of shows && !entry.standby ? roots : []) {
      this.findings.addSinglePoint(root, fault.title, entry);
    }
    return impacts;
  }

  private judgeLinks(entry: EntryPoint): ScopeJudgement {
    const scope = FailureScope.CONNECTIVITY;
    const objective = this.system.objectives.scopes[scope];
    const { region, placement } = entry.component;
    const impacts = linkLoss(this.graph.links, region, placement.kind === 'global');
    if (impacts.length === 0) {
      return { scope, verdict: 'UNKNOWN', chain: ['no link to a hospital is defined in these templates'], objective };
    }
    for (const impact of impacts) {
      this.findings.add(scope, impact, objective, entry);
    }
    return { scope, objective, ...summary(impacts, objective) };
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
    ? { verdict: judge(decisive, objective), chain: reasonsOf(decisive), estimate: slowestOf(impacts) }
    : { verdict: 'MEETS', chain: ['nothing that it needs is hurt'] };
}

/** No store in sight is no proof that there is none. */
function noStore(root: Component): Impact {
  const reason = 'these templates show no store behind it';
  const recovery = { steps: [], rpo: { seconds: 0, open: [] }, fix: 'give the templates of its data stores too' };
  return { root, chain: [`${label(root)}: ${reason}`], recovery, undecided: reason };
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
      const verdicts = entryPoints.flatMap(({ scopes, standby }) =>
        standby ? [] : scopes.filter((judged) => judged.scope === scope),
      );
      return [scope, verdicts.length === 0 ? 0 : Math.min(...verdicts.map(({ verdict }) => level[verdict]))];
    }),
  ) as Record<FailureScope, number>;
}
