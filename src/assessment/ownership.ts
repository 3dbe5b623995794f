import type { Component, Graph } from './graph';
import type { Resource } from './model';
import { isCritical, isWithin, type System } from './systems';

/** Which system a resource belongs to. */
export class Ownership {
  private readonly byComponent = new Map<Component, System>();
  private readonly byPath: readonly { readonly path: string; readonly system: System }[];

  public constructor(
    systems: readonly System[],
    private readonly graph: Graph,
  ) {
    this.byPath = systems
      .flatMap((system) => system.paths.map((path) => ({ path, system })))
      .sort((one, other) => other.path.length - one.path.length); // the innermost first, `*` last
    for (const system of systems) {
      for (const { component } of system.entryPoints) {
        this.claim(component, system);
      }
    }
  }

  /** The system whose construct made it, else the first whose entry points lead to it. */
  public systemOf(resource: Resource): System | undefined {
    const made = this.byPath.find(({ path }) => isWithin(resource.path, path));
    if (made) {
      return made.system;
    }
    const component = this.graph.component(resource);
    return component && this.byComponent.get(component);
  }

  /** Whether care stops or turns dangerous without it. What no system claims may well be needed. */
  public careDependsOn(resource: Resource): boolean {
    return isCritical(this.systemOf(resource)?.objectives.tier);
  }

  private claim(component: Component, system: System): void {
    const open = [component];
    for (let next = open.pop(); next; next = open.pop()) {
      if (!this.byComponent.has(next)) {
        this.byComponent.set(next, system);
        open.push(...next.dependencies, ...next.alternatives, ...next.units.flatMap(({ needs }) => needs ?? []));
      }
    }
  }
}
