import type { CrossRegionDr } from '../cross-region-dr';
import type { RunbookStep } from './runbook-text';

/** Until it is taken, the copy of the cache reads, and answers no sign-in. */
export function cacheHere({ _recovery: recovery }: CrossRegionDr): RunbookStep[] {
  const { promoteCall, detachCommand } = recovery?.cache ?? {};
  return promoteCall && detachCommand
    ? [
        {
          title: 'Make the cache write here',
          command: promoteCall.command,
          note: 'Until it does, nobody can sign in where sessions are kept in it',
        },
        {
          title: 'Only where that is refused: detach the copy',
          command: detachCommand,
          note: 'Nothing undoes it. It is a cache of its own then, and the way back is an empty one',
        },
      ]
    : [];
}

/** With both Regions there, in the hour in which users return. */
export function cacheReturned({ primary, primaryRegion }: CrossRegionDr): RunbookStep[] {
  const { reclaimCommand, statusCommand } = primary.cache?.replication ?? {};
  return reclaimCommand && statusCommand
    ? [
        {
          title: `See that the cache of ${primaryRegion} follows: SECONDARY, and associated`,
          command: statusCommand,
          note: 'Where it does not, take the next step all the same: sessions are lost, but without it nobody could sign in there',
        },
        {
          title: `Make the cache write in ${primaryRegion} again`,
          command: reclaimCommand,
          note: 'What was not replicated there yet is lost',
        },
      ]
    : [];
}
