import type { Assembly, Resource } from '../../model';
import { mirrorsOf } from '../storage/buckets';
import { coverageOf, rulesOf } from './coverage';
import { holdsNothingOfItsOwn, STORE_TYPES } from './stores';
import { copiesOf, placeOf } from './vaults';

const indexes = new WeakMap<Assembly, ReadonlyMap<Resource, boolean>>();

/**
 * Whether all that a plan selects are replicas, as in the Region where a system recovers: their records are in two
 * Regions already, and their recovery points are the second set. So are those of a bucket whose mirror in another Region is
 * backed up by a plan that copies, where this one does not.
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
      const second = holdsNothingOfItsOwn(store, assembly) || isSecondSet(store, plan, assembly);
      index.set(plan, (index.get(plan) ?? true) && second);
    }
  }
  return index;
}

function isSecondSet(store: Resource, plan: Resource, assembly: Assembly): boolean {
  const mirrors = store.type === 'AWS::S3::Bucket' ? mirrorsOf(store, assembly) : [];
  return (
    mirrors.length > 0 &&
    !copiesAway(plan) &&
    mirrors.flatMap((mirror) => [...coverageOf(mirror, assembly).plans]).some(copiesAway)
  );
}

function copiesAway(plan: Resource): boolean {
  const regions = rulesOf(plan)
    .flatMap(copiesOf)
    .map((vault) => placeOf(vault).region);
  return regions.some((region) => region !== undefined && region !== plan.region);
}
