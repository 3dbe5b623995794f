import type { FailureScope } from '../core/failure-scope';
import type { Component, Graph } from './graph';
import type { Resource } from './model';
import { reachOf } from './simulation';
import { DEFAULT_OBJECTIVES, isCritical, isWithin, type System, scopesOf } from './systems';

/** The path of a declaration for whatever no other one claims. */
const EVERYTHING = '*';

/** Which system a resource belongs to. */
export class Ownership {
  private readonly byComponent = new Map<Component, System>();
  private readonly known = new Map<Resource, System | undefined>();
  private readonly critical = new Set<Component>();
  private readonly byPath: ReadonlyMap<string, System>;
  private readonly ofTheRest?: System;

  public constructor(
    private readonly systems: readonly System[],
    private readonly graph: Graph,
  ) {
    this.byPath = new Map(systems.flatMap((system) => system.paths.map((path) => [path, system] as const)));
    this.ofTheRest = this.byPath.get(EVERYTHING);
    for (const system of systems) {
      this.claim(system);
    }
  }

  /** The system whose construct made it, else the first whose entry points lead to it. */
  public systemOf(resource: Resource): System | undefined {
    if (!this.known.has(resource)) {
      this.known.set(resource, this.findSystemOf(resource));
    }
    return this.known.get(resource);
  }

  /**
   * Whether care stops or turns dangerous without it: its own system is that critical, or another one that leads to it. What no
   * system claims may well be needed.
   */
  public careDependsOn(resource: Resource): boolean {
    const component = this.graph.component(resource);
    const system = this.systemOf(resource);
    const serves = !system?.supporting?.some((part) => isWithin(resource.path, part));
    return (serves && isCritical(system?.objectives.tier)) || (component !== undefined && this.critical.has(component));
  }

  /**
   * Seconds in which the system of a resource promises to be back. What no system claims may serve any of them: the most patient one
   * counts, and the default where none is declared.
   */
  public promisedSeconds(resource: Resource, scope: FailureScope): number {
    const declared = this.systems.filter((system) => system.declared);
    const own = this.systemOf(resource);
    const promises = (own ? [own] : declared).map(({ objectives }) => objectives.scopes[scope].rtoSeconds);
    return promises.length > 0 ? Math.max(...promises) : DEFAULT_OBJECTIVES.scopes[scope].rtoSeconds;
  }

  private findSystemOf(resource: Resource): System | undefined {
    const made = scopesOf(resource.path).find((scope) => this.byPath.has(scope)); // the innermost first
    if (made !== undefined) {
      return this.byPath.get(made);
    }
    const component = this.graph.component(resource);
    return (component && this.byComponent.get(component)) ?? this.ofTheRest;
  }

  private claim(system: System): void {
    for (const component of system.entryPoints.flatMap((entry) => reachOf(entry.component))) {
      this.byComponent.set(component, this.byComponent.get(component) ?? system);
      if (isCritical(system.objectives.tier)) {
        this.critical.add(component);
      }
    }
  }
}
