import { Stack } from 'aws-cdk-lib';
import type { CrossRegionDr } from '../cross-region-dr';
import type { DeclaredReplication } from '../declared-replication';
import { printOutputs } from './printed-outputs';
import type { RunbookStep } from './runbook-text';

/** A stack knows its own file systems: those of the way back are outputs of the primary's. */
const FILE_COMMANDS = ['Files'];
const DESCRIBED = '[Description,OutputValue]';

/** What is left to do while nobody has named the file systems of the recovery Region. */
export function filesNotThere({ landing, primary, recoveryRegion, _files }: CrossRegionDr): RunbookStep[] {
  return [
    {
      title: `Nothing of ${primary.systemName} runs in ${recoveryRegion}, because its file shares ${(_files?.waiting ?? []).join(', ')} were never replicated. Copies of backups are in the vault of ${landing.stack.stackName}; restore them by hand, and wait for ${primary.systemName} where it was`,
    },
  ];
}

/**
 * Commands in which ids of the recovery Region are written out: this text is in both Regions. Those of many shares do not fit into a
 * parameter; then one command prints them from the outputs of the stack of the recovery Region.
 */
export function filesHere(dr: CrossRegionDr, briefly: boolean): RunbookStep[] {
  const names = sharesOf(dr);
  const first = names.find((name) => !dr._declared[name]);
  const print = {
    title: 'Print the commands for files: InspectFiles… and PromoteFiles… of each share',
    command: printOutputs(dr, FILE_COMMANDS, DESCRIBED),
  };
  const steps = names.flatMap((name) => {
    const { inspect, promote } = briefly ? {} : (dr._files?.commands[name] ?? {});
    return dr._declared[name]
      ? declaredHere(name, dr._declared[name], { inspect, promote })
      : [
          {
            title: `Make the file share ${name} writable here`,
            command: promote,
            // once: the runbook has to fit into a parameter
            note:
              name === first
                ? 'It takes minutes, and ends when it can be written to: go on meanwhile. Where it does not end in 15 minutes, interrupt it, and take its part with LOCAL_CONFIGURATION_ONLY'
                : undefined,
          },
        ];
  });
  return briefly && names.length > 0 ? [print, ...steps] : steps;
}

/** What the hospital runs is looked at before it is trusted. */
function declaredHere(
  name: string,
  { means, watchedBy, source, promotion }: DeclaredReplication,
  { inspect, promote }: { inspect?: string; promote?: string },
): RunbookStep[] {
  return [
    {
      title: `See until when the copy of the file share ${name} is complete`,
      command: inspect,
      note: `${means}; watched by ${watchedBy}. The hospital runs it, and nothing here proves that there is a copy`,
    },
    {
      title: `Make the file share ${name} writable here, and mount it`,
      command: promote,
      note: `Declared to take ${promotion[0].duration.toHumanString()} (${source})`,
    },
  ];
}

/** AWS does not say whether a client that mounted a copy may write to it once it is none. */
export function filesTried(dr: CrossRegionDr): RunbookStep[] {
  return sharesOf(dr).length > 0
    ? [
        {
          title:
            'See that the application can write to its files; where it cannot, replace its tasks, which mount them anew',
        },
      ]
    : [];
}

/** Before anything overwrites it: what was written on the lost side after its last copy. */
export function filesToCompare(dr: CrossRegionDr): RunbookStep[] {
  return sharesOf(dr).length > 0
    ? [
        {
          title: `Save from the file shares ${sharesOf(dr).join(', ')} in ${dr.primaryRegion} what changed there after the last copy${lostAndFound(dr)}`,
          note: 'The way back overwrites it',
        },
      ]
    : [];
}

/** Days before users return: files are replicated in the other direction. */
export function filesCaughtUp(dr: CrossRegionDr): RunbookStep[] {
  return sharesOf(dr).length > 0
    ? [
        {
          title: 'Print the commands for files',
          command: printOutputs(dr.primary, FILE_COMMANDS, DESCRIBED),
          note: 'The next steps name them',
        },
        { title: `Overwrite the files in ${dr.primaryRegion} with those of here: MirrorFiles… of each share` },
        {
          title: `See until when they have arrived there: InspectFiles… of each share, outputs of ${Stack.of(dr).stackName}`,
        },
      ]
    : [];
}

/** When nobody writes any more. */
export function filesReturned(dr: CrossRegionDr): RunbookStep[] {
  return sharesOf(dr).length > 0
    ? [
        {
          title: `Stop writing, wait until all files arrived since, and make them writable in ${dr.primaryRegion}: ReturnFiles… of each share`,
          note: 'What had not arrived is lost to it',
        },
      ]
    : [];
}

/** So that a second loss costs no more than the first. */
export function filesResumed(dr: CrossRegionDr): RunbookStep[] {
  return sharesOf(dr).length > 0
    ? [{ title: `Replicate files to ${dr.recoveryRegion} again: ResumeFiles… of each share` }]
    : [];
}

/** Where Amazon EFS puts what a promotion interrupted. */
function lostAndFound(dr: CrossRegionDr): string {
  return sharesOf(dr).some((name) => !dr._declared[name]) ? '. Look in each root for lost+found here' : '';
}

function sharesOf({ _files }: CrossRegionDr): string[] {
  return Object.keys(_files?.commands ?? {});
}
