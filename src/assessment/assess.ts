import { FailureScope } from '../core/failure-scope';
import { Acceptances } from './acceptances';
import type { Assessment, RuleJudgements, RuleScope, UnfinishedJudgement } from './assessment';
import { Graph } from './graph';
import type { Assembly, Json } from './model';
import { noticesOf } from './notices';
import { Ownership } from './ownership';
import { SystemAssessor } from './system-assessor';
import { type System, systemsIn } from './systems';

const NO_RULES: RuleJudgements = { checked: 0, failed: [], unknown: [] };

export interface AssessOptions {
  /** Systems in the shape of the template metadata; they add to, and win over, what templates declare. */
  readonly systems?: Json;
  /** What to judge: failure scopes, and `DEPLOYMENT` for rules about what does not deploy. Everything if left out. */
  readonly scopes?: readonly RuleScope[];
  /** Whether the rules are checked too. True if left out. */
  readonly rules?: boolean;
  /** Whether outages that happened are replayed too. False if left out. */
  readonly scenarios?: boolean;
  /** The day on which accepted risks must hold, YYYY-MM-DD. Today if left out. */
  readonly today?: string;
  /** Told before each part of the work: what it is, and how much is done of how much. */
  readonly onProgress?: (what: string, done: number, total: number) => void;
}

/** Plays every kind of failure through every system of an assembly, and checks every rule. */
export function assess(assembly: Assembly, options: AssessOptions = {}): Assessment {
  const {
    rules = true,
    scenarios = false,
    today = new Date().toISOString().slice(0, 10),
    onProgress = () => {},
  } = options;
  const judged: readonly RuleScope[] = options.scopes ?? [...Object.values(FailureScope), 'DEPLOYMENT'];
  const scopes = Object.values(FailureScope).filter((scope) => judged.includes(scope));
  const graph = new Graph(assembly);
  const systems = systemsIn(assembly, graph, options.systems);
  const acceptances = new Map(systems.map((system) => [system, new Acceptances(system.acceptedRisks, today)]));
  const acceptancesOf = (system: System) => acceptances.get(system) ?? new Acceptances([], today);

  const judgements = systems.map((system, index): UnfinishedJudgement => {
    onProgress(`system ${system.name}`, index, systems.length);
    return new SystemAssessor(system, graph, scopes, acceptancesOf(system)).assess();
  });
  onProgress('rules', systems.length, systems.length);
  const ownership = new Ownership(systems, graph);
  const checked = rules ? ruleModule().judgeRules(assembly, judged, ownership, acceptancesOf) : NO_RULES;
  // after the rules: only now it is known what accepted risks cover
  const complete = judgements.map((judgement, index) => ({
    ...judgement,
    acceptedRisks: acceptancesOf(systems[index]).judged,
  }));
  return {
    systems: complete,
    rules: checked,
    replays: scenarios ? scenarioModule().playScenarios(graph, systems, { systems: options.systems, today }) : [],
    notices: complete.flatMap(noticesOf),
    notJudged: graph.notJudged,
  };
}

function scenarioModule(): typeof import('./scenarios') {
  return require('./scenarios') as typeof import('./scenarios');
}

/** Hundreds of small files, which take longer to load than most templates to judge: they are loaded when they are wanted. */
function ruleModule(): typeof import('./rule-judgements') {
  return require('./rule-judgements') as typeof import('./rule-judgements');
}
