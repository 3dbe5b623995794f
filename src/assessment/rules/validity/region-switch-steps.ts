import { entryOf, itemsOf, type Value } from '../../model';

/** Steps of a workflow, and those inside of its parallel steps. */
export function stepsIn(steps: Value): Value[] {
  if (steps.kind === 'unknown') {
    return [steps]; // whatever is asked of it is unknown: it has no end
  }
  return itemsOf(steps).flatMap((step) => [
    step,
    ...stepsIn(entryOf(entryOf(entryOf(step, 'ExecutionBlockConfiguration'), 'ParallelConfig'), 'Steps')),
  ]);
}
