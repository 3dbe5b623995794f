import type { Component } from '../graph';

/** Every scope and every outage asks for it again. */
const remembered = new WeakMap<Component, readonly Component[]>();

/** A component and everything it needs, needs of single units included. */
export function reachOf(component: Component): readonly Component[] {
  const reach = remembered.get(component) ?? findReach(component);
  remembered.set(component, reach);
  return reach;
}

function findReach(component: Component): Component[] {
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
