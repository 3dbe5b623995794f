import type { Component } from '../graph';

/** A component and everything it needs, needs of single units included. */
export function reachOf(component: Component): Component[] {
  const reached = new Set<Component>();
  const open = [component];
  for (let next = open.pop(); next; next = open.pop()) {
    if (!reached.has(next)) {
      reached.add(next);
      open.push(...next.dependencies, ...next.alternatives, ...next.units.flatMap(({ needs }) => needs ?? []));
    }
  }
  return [...reached];
}
