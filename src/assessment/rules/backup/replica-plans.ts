import type { Assembly, Resource } from '../../model';
import { coverageOf } from './coverage';
import { holdsNothingOfItsOwn, STORE_TYPES } from './stores';

const indexes = new WeakMap<Assembly, ReadonlyMap<Resource, boolean>>();

/**
 * Whether all that a plan selects are replicas, as in the Region where a system recovers: their records are in two
 * Regions already, and their recovery points are the second set.
 */
export function backsUpReplicasOnly(plan: Resource, assembly: Assembly): boolean {
  let index = indexes.get(assembly);
  if (!index) {
    index = indexPlans(assembly);
    indexes.set(assembly, index);
  }
  return index.get(plan) ?? false;
}

function indexPlans(assembly: Assembly): Map<Resource, boolean> {
  const index = new Map<Resource, boolean>();
  for (const store of assembly.resourcesOf(...STORE_TYPES)) {
    for (const plan of coverageOf(store, assembly).plans) {
      index.set(plan, (index.get(plan) ?? true) && holdsNothingOfItsOwn(store, assembly));
    }
  }
  return index;
}
