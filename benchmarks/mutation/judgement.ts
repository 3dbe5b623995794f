import { assess } from '../../src/assessment/assess';
import { Graph } from '../../src/assessment/graph';
import { readAssembly } from '../../src/assessment/model';
import { playScenarios } from '../../src/assessment/scenarios';
import { systemsIn } from '../../src/assessment/systems';

/** Every verdict, finding, broken rule and answer of a scenario on an assembly, as comparable texts. */
export function judgementOf(directory: string): ReadonlySet<string> {
  const assembly = readAssembly([directory]);
  const found = new Set<string>();
  const { systems, rules } = assess(assembly);
  for (const system of systems) {
    for (const { name, scopes } of system.entryPoints) {
      for (const { scope, verdict } of scopes) found.add(`verdict ${system.name} ${name} ${scope} ${verdict}`);
    }
    for (const { scope, resource, verdict } of system.findings) found.add(`finding ${scope} ${resource} ${verdict}`);
    for (const { scope, resource, verdict } of system.afterFailover) {
      found.add(`after failover ${scope} ${resource} ${verdict}`);
    }
    for (const { scope, resource } of system.unknowns) found.add(`unknown ${scope} ${resource}`);
    for (const { resource } of system.singlePoints) found.add(`single point ${resource}`);
  }
  for (const { id, resource } of rules.failed) found.add(`rule ${id} ${resource} fails`);
  for (const { id, resource } of rules.unknown) found.add(`rule ${id} ${resource} is undecided`);
  const graph = new Graph(assembly);
  for (const { scenario, system, assertions } of playScenarios(graph, systemsIn(assembly, graph))) {
    for (const { text, answer, resources } of assertions) {
      found.add(
        `scenario ${scenario.id} ${system} ${text}: ${answer}${answer === 'holds' ? '' : ` ${resources.join()}`}`,
      );
    }
  }
  return found;
}

/** What a judgement says that another did not. */
export function news(judgement: ReadonlySet<string>, before: ReadonlySet<string>): string[] {
  return [...judgement].filter((text) => !before.has(text));
}
