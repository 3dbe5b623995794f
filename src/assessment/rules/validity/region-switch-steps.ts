import { entryOf, itemsOf, type Value } from '../../model';

/** Steps of a workflow, and those inside of its parallel steps. */
export function stepsIn(steps: Value): Value[] {
  return itemsOf(steps).flatMap((step) => [
    step,
    ...stepsIn(entryOf(entryOf(entryOf(step, 'ExecutionBlockConfiguration'), 'ParallelConfig'), 'Steps')),
  ]);
}
