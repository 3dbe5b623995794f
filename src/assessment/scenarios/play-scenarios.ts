import type { Graph } from '../graph';
import { isObject, type Json, type JsonObject, type Stack } from '../model';
import { reachOf } from '../simulation';
import type { System } from '../systems';
import { catalog } from './catalog';
import { type Answer, type Assertion, type Scenario, worstAnswer } from './scenario';
import { Scene } from './scene';

/** How one system comes through one outage. */
export interface Replay {
  readonly scenario: Scenario;
  /** The system's name. */
  readonly system: string;
  /** Broken if one assertion is, unknown if one is. */
  readonly answer: Answer;
  readonly assertions: readonly Assertion[];
}

export interface PlayOptions {
  /** Systems in the shape of the template metadata, for templates that declare none. */
  readonly systems?: Json;
  readonly scenarios?: readonly Scenario[];
  /** The day on which accepted risks must hold, YYYY-MM-DD. Today if left out. */
  readonly today?: string;
}

/** Replays every outage on every system. Systems without an entry point of today have nothing to lose. */
export function playScenarios(
  graph: Graph,
  systems: readonly System[],
  { systems: given, scenarios = catalog, today = new Date().toISOString().slice(0, 10) }: PlayOptions = {},
): Replay[] {
  const stacks = new Map(systems.map((system) => [system, stacksOf(system)]));
  const owned = new Set([...stacks.values()].flatMap((own) => [...own]));
  return systems.flatMap((system) => {
    const isForeign = (stack: Stack) => owned.has(stack) && !stacks.get(system)?.has(stack);
    const scene = new Scene(system, graph, declarationsOf(system, graph, given), today, isForeign);
    return scene.entries.length === 0 ? [] : scenarios.map((scenario) => replay(scenario, scene));
  });
}

function stacksOf({ entryPoints }: System): ReadonlySet<Stack> {
  return new Set(entryPoints.flatMap(({ component }) => reachOf(component)).map(({ resource }) => resource.stack));
}

function replay(scenario: Scenario, scene: Scene): Replay {
  const assertions = scenario.play(scene);
  return {
    scenario,
    system: scene.system.name,
    answer: worstAnswer(assertions.map(({ answer }) => answer)),
    assertions,
  };
}

function declarationsOf({ name, declared }: System, graph: Graph, given?: Json): JsonObject[] {
  const written = graph.assembly.stacks.map(({ template }) => template.metadata['cdk-resilient-ehr']);
  const systems = [...written, given].flatMap((json) =>
    isObject(json) && isObject(json.systems) ? Object.entries(json.systems) : [],
  );
  return systems.flatMap(([path, json]) =>
    declared && isObject(json) && (json.systemName === name || path === name) ? [json] : [],
  );
}
